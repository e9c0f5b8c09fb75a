"""The check spoken of while none is under way, and few words that lean on what was said before."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding, said_by


@pytest.mark.parametrize(
    "text",
    ["how long does the check take?", "how many questions does your check have", "ok but is this the last question"],
)
def test_who_asks_how_long_the_check_is_is_told_and_offered_it(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "steer_check/how_many_left")

    assert reply.text in said_by(chat, "check_how_long", "12")
    assert ["Yes, check it", "Not now"] == [button.title for button in reply.buttons]


def test_the_check_offered_so_begins_with_a_yes(chat: Chat) -> None:
    chat.says("how long does the check take?", "ask_session_length")

    chat.says("yes", "affirm")

    assert "who" == chat.question


@pytest.mark.parametrize(
    "text", ["how long is a visit", "how long before I check with my doctor", "what test do I need"]
)
def test_what_only_sounds_like_the_check_is_not_taken_for_it(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_session_length")

    assert Kind.ANSWER is reply.kind


@pytest.mark.parametrize(
    "text", ["no I don't want to be checked", "I really don't need the check", "stop offering the check"]
)
def test_who_wants_no_check_is_left_in_peace(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, decision="refuse")

    assert reply.text in said_by(chat, "cancel_nothing")
    assert () == reply.buttons


@pytest.mark.parametrize("text", ["5 months", "since march", "about 20 weeks now", "in my third trimester"])
def test_how_long_it_has_been_so_keeps_the_offer_of_the_check(chat: Chat, text: str) -> None:
    chat.says("I'm pregnant", findings=(finding("pregnant"),))

    (reply,) = chat.says(text, "remark/tells_more")

    assert reply.text in said_by(chat, "check_offered_again")
    assert "check" == (chat.state.asked or {})["kind"]


def test_whether_something_told_matters_is_for_the_check(chat: Chat) -> None:
    chat.says("I get dizzy easily", "ask_side_effects")

    (reply,) = chat.says("would that matter")

    assert reply.text in said_by(chat, "check_offered_told")


@pytest.mark.parametrize("text", ["and lower back?", "what about my back then", "ok but does it help lower back pain"])
def test_the_back_asked_for_after_another_part_is_what_the_article_is_about(chat: Chat, text: str) -> None:
    chat.says("and hips?", "ask_not_in_article/other_conditions")

    (reply,) = chat.says(text, "ask_not_in_article/other_conditions")

    assert (Kind.ANSWER, "who_can_benefit") == (reply.kind, reply.topic)


def test_why_it_is_not_told_is_answered_with_the_reason(chat: Chat) -> None:
    chat.says("what does it cost", "ask_not_in_article/cost")

    (reply,) = chat.says("why can't you just tell me the price", "ask_not_in_article/cost")

    assert reply.text in said_by(chat, "why_open")


def test_a_grown_up_who_would_come_alone_is_not_told_of_children(chat: Chat) -> None:
    (reply,) = chat.says("I'm 19, can I come without my parents", "ask_not_in_article/children")

    assert "child" not in reply.text


def test_the_article_on_safety_is_said_to_be_of_people_in_general_to_who_told_of_something(chat: Chat) -> None:
    chat.says("can i have it while pregnant", "check_suitability", findings=(finding("pregnant"),))

    answer, general, question = chat.says("is it dangerous for the baby", "ask_is_it_safe")

    assert "pregnancy" in general.text
    assert (Kind.ANSWER, Kind.QUESTION) == (answer.kind, question.kind)


@pytest.mark.parametrize(
    "text", ["continue the check", "ok I'm back, let's go on with the questions", "resume my check"]
)
def test_a_stopped_check_is_gone_on_with_where_it_stood(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no", minor="no").answers("no", "stop")
    assert "" == chat.question

    chat.says(text, "cancel", decision="offer")

    assert "sudden" == chat.question
