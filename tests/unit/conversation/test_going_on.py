"""Few words after something that the article leaves open, or after all that it says."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, said_by


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("morning if possible", "chitchat/greet"),
        ("what about the same day", "ask_not_in_article/hours"),
        ("how do i do it then", "ask_session_what_happens"),
        ("so can you arrange that for me", "ask_benefits_general"),
        ("is there someone who does", "ask_practitioner_licensed"),
    ],
)
def test_few_words_without_a_subject_go_on_about_what_was_left_open(chat: Chat, text: str, heard: str) -> None:
    chat.says("can i book for tuesday", "ask_not_in_article/booking")

    (reply,) = chat.says(text, heard)

    assert (Kind.NOT_COVERED, ("booking",)) == (reply.kind, chat.state.gaps)


@pytest.mark.parametrize(
    ("text", "heard", "topic"),
    [
        ("where is it", "ask_not_in_article/location", "location"),
        ("how much is it", "ask_not_in_article/cost", "cost"),
        ("are you open that day", "ask_not_in_article/hours", "hours"),
    ],
)
def test_a_question_of_its_own_after_it_is_answered_as_such(chat: Chat, text: str, heard: str, topic: str) -> None:
    chat.says("can i book for tuesday", "ask_not_in_article/booking")

    chat.says(text, heard)

    assert (topic,) == chat.state.gaps


@pytest.mark.parametrize("text", ["ok thanks for that", "no not that"])
def test_small_talk_after_it_stays_small_talk(chat: Chat, text: str) -> None:
    chat.says("can i book for tuesday", "ask_not_in_article/booking")

    (reply,) = chat.says(text, "chitchat/thanks")

    assert Kind.CHITCHAT is reply.kind


def test_who_asks_what_else_is_told_that_this_was_all_and_not_the_same_once_more(chat: Chat) -> None:
    chat.says("side effects?", "ask_side_effects")

    (reply,) = chat.says("what else", "more")

    assert reply.text in said_by(chat, "more_nothing")


@pytest.mark.parametrize("text", ["then cancel it please", "ok call it off", "please cancel"])
def test_a_visit_that_was_spoken_of_is_what_is_to_be_cancelled(chat: Chat, text: str) -> None:
    chat.says("my name is down for thursday, can you see it", "remark/look_me_up")

    (reply,) = chat.says(text, "cancel")

    assert ("cancellation",) == chat.state.gaps
    assert Kind.NOT_COVERED is reply.kind


def test_where_no_visit_was_spoken_of_to_cancel_is_to_leave_it_there(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("cancel", "cancel")

    assert reply.text in said_by(chat, "cancel_nothing")


def test_who_can_after_what_was_left_open_is_asked_of_that(chat: Chat) -> None:
    chat.says("can you put me down for monday", "ask_not_in_article/booking")

    (reply,) = chat.says("so who can then", "ask_who_can_benefit")

    assert reply.text in said_by(chat, "who_knows")


@pytest.mark.parametrize(
    ("text", "label"),
    [("so why do it", "remark/why"), ("why would anyone have it", "remark/why"), ("why bother", "why_ask")],
)
def test_who_asks_why_one_should_have_it_is_told_what_it_is_good_for(chat: Chat, text: str, label: str) -> None:
    chat.says("does it work better than nothing", "ask_not_in_article/evidence")

    (reply,) = chat.says(text, label)

    assert "benefits_general" == reply.topic


@pytest.mark.parametrize("text", ["during race season too?", "even at my age?", "what about with a tattoo there"])
def test_a_detail_nobody_wrote_of_is_said_to_be_left_open_and_not_asked_for_again(chat: Chat, text: str) -> None:
    chat.says("how often do i come", "ask_sessions_needed")

    (reply,) = chat.says(text)

    assert Kind.NOT_COVERED is reply.kind


@pytest.mark.parametrize(
    "text", ["I don't have one", "but I haven't got a regular doctor", "we don't have a doctor here"]
)
def test_who_has_no_provider_to_ask_is_not_told_that_this_is_fine(chat: Chat, text: str) -> None:
    chat.says("why do you keep saying that", "remark/enough_of_provider")

    (reply,) = chat.says(text, "deny")

    assert reply.text in said_by(chat, "find_doctor")


def test_within_the_check_to_have_none_is_an_answer(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    chat.says("I don't have one", "deny")

    assert asked != chat.question


@pytest.mark.parametrize(
    "text", ["I want to book a session for my sciatica", "can i make an appointment for a disc", "it hurts, book me"]
)
def test_who_wants_to_book_is_answered_about_that_whatever_it_is_for(chat: Chat, text: str) -> None:
    chat.says(text, "ask_condition_sciatica")

    assert ("booking",) == chat.state.gaps


def test_booking_that_is_only_spoken_of_is_no_wish_to_book(chat: Chat) -> None:
    (reply,) = chat.says("do i have to ask my doctor before i book", "ask_consult_provider")

    assert "consult_provider" == reply.topic


def test_how_to_get_started_asks_for_a_visit_once_something_was_answered(chat: Chat) -> None:
    chat.says("what are the benefits", "ask_benefits_general")

    (reply,) = chat.says("sounds good, how do I get started", "help", decision="offer")

    assert ("booking",) == chat.state.gaps
    assert Kind.NOT_COVERED is reply.kind


@pytest.mark.parametrize("text", ["how long did they train", "by whom then?"])
def test_a_few_unclear_words_after_an_answer_are_about_that_where_they_may_be(chat: Chat, text: str) -> None:
    chat.says("are they licensed", "ask_practitioner_licensed")

    (reply,) = chat.says(
        text, "ask_session_length", others=("ask_practitioner_licensed",), decision="offer", confidence=0.45
    )

    assert ("practitioner_licensed",) == reply.topics


@pytest.mark.parametrize(("likely", "said"), [(0.35, "no_answer_found_one"), (0.2, "no_answer_found")])
def test_a_question_whose_topics_are_far_fetched_is_said_to_have_no_answer_that_was_found(
    chat: Chat, likely: float, said: str
) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("and if one breaks, what then", "ask_session_length", decision="offer", confidence=likely)

    assert reply.text in said_by(chat, said)
    assert Kind.CLARIFY is reply.kind


def test_a_clear_question_after_what_was_left_open_is_answered(chat: Chat) -> None:
    chat.says("headaches?", "ask_not_in_article/other_conditions")

    (reply,) = chat.says("how does it do it", "ask_how_it_works", confidence=0.97)

    assert ("how_it_works",) == reply.topics


@pytest.mark.parametrize(("text", "label"), [("what are those", "not_sure"), ("is that the biggest one", "affirm")])
def test_a_question_is_no_answer_where_none_is_waited_for(chat: Chat, text: str, label: str) -> None:
    chat.says("how does it work", "ask_how_it_works")

    (reply,) = chat.says(text, label)

    assert reply.text in said_by(chat, "no_answer_found")
