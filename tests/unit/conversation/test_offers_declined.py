"""A check that was offered and declined is not offered again until something new is told."""

from __future__ import annotations

import pytest

from bot.conversation.choices import START_CHECK
from bot.conversation.reply import Kind, Reply
from tests.conversing import Chat, finding, said_by

WARFARIN, HEART = finding("anticoagulant"), finding("implanted_device")


def declined(chat: Chat, text: str = "no thanks") -> Chat:
    chat.says("i take warfarin", "check_suitability", findings=(WARFARIN,))
    chat.says(text, "deny")
    return chat


def offers(replies: tuple[Reply, ...]) -> bool:
    return any(button.payload == START_CHECK for reply in replies for button in reply.buttons)


@pytest.mark.parametrize("text", ["no thanks", "no don't start the check, just tell me", "forget the check"])
def test_a_declined_check_is_offered_under_no_following_answer(chat: Chat, text: str) -> None:
    declined(chat, text)

    for label in ("ask_side_effects", "ask_who_can_benefit", "chitchat/user_pain", "ask_condition_sciatica"):
        assert not offers(chat.says("what about this", label))


def test_whether_it_is_safe_is_answered_with_what_was_told_and_without_the_offer(chat: Chat) -> None:
    answer, of_people = declined(chat).says("is it safe", "ask_is_it_safe")

    assert Kind.ANSWER is answer.kind
    assert of_people.text in said_by(chat, "said_of_people_in_general_declined", "a blood thinner")


def test_something_new_that_matters_is_a_reason_to_offer_it_again(chat: Chat) -> None:
    replies = declined(chat).says("i have a pacemaker as well", "check_suitability", findings=(HEART,))

    assert offers(replies)
    assert not chat.state.declined


def test_a_question_beside_the_no_is_answered(chat: Chat) -> None:
    chat.says("i take warfarin", "check_suitability", findings=(WARFARIN,))

    replies = chat.says("no thanks. does it hurt", "ask_needle_pain")

    assert ("needle_pain",) == replies[0].topics
    assert chat.state.declined


def test_who_wishes_for_the_check_after_all_gets_it(chat: Chat) -> None:
    declined(chat).says("ok check me", "check_suitability")

    assert chat.question
    assert not chat.state.declined


def test_no_worries_declines_nothing(chat: Chat) -> None:
    chat.says("i take warfarin", "check_suitability", findings=(WARFARIN,))

    (reply,) = chat.says("no worries. do the effects last", "ask_long_term")

    assert ("long_term",) == reply.topics
    assert not chat.state.declined


def test_the_check_begun_is_stopped_by_who_does_without_it(chat: Chat) -> None:
    chat.says("i bruise easily, is that a problem", "check_suitability", findings=(finding("bleeding_disorder"),))

    chat.says("no to the check, just tell me", "check_suitability")

    assert not chat.question


@pytest.mark.parametrize("text", ["never mind, stop", "can we stop now please", "ok stop the questions"])
def test_a_plain_stop_ends_the_check_whatever_it_is_like(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no", minor="no")

    chat.says(text, "red_flag/urgent", confidence=0.9)

    assert not chat.question
    assert chat.state.asked is None


def test_a_pain_that_does_not_stop_is_no_stop(chat: Chat) -> None:
    chat.checking(for_someone_else="no", minor="no")

    chat.says("it never stops, day and night", "red_flag/urgent", confidence=0.97)

    assert chat.question or chat.state.asked or chat.state.alarm
