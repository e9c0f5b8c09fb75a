"""Words that are too few, an echo, or a number of nothing, and visits taken for made: each gets a way on."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, said_by


@pytest.mark.parametrize(
    "text",
    [
        "i need a note for work",
        "say something nice to me please now",
        "purple monkey",
        "price list",
        "is my chair to blame",
    ],
)
def test_who_asks_or_says_too_little_is_asked_for_other_words(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "not_understood")


def test_a_question_that_is_not_understood_within_the_check_is_no_bad_answer(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, again = chat.says("which ones matter most?")

    assert said.text in said_by(chat, "no_answer_in_check")
    assert (Kind.QUESTION, "nerves") == (again.kind, chat.question)


@pytest.mark.parametrize("text", ["ok maybe later. thanks anyway", "can we do the rest another time", "not now sorry"])
def test_the_check_can_be_put_off(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "cancel_check")
    assert chat.state.check is None


def test_a_number_beyond_what_was_offered_is_met_with_what_there_is(chat: Chat) -> None:
    chat.says("what is it", "ask_what_is_acupuncture")
    offered = len(chat.state.offered)

    (reply,) = chat.says(str(offered + 1))

    assert reply.text in said_by(chat, "which_one")


def test_who_insists_is_answered_about_the_same_again(chat: Chat) -> None:
    chat.says("do you take medicare", "ask_not_in_article/insurance")

    (reply,) = chat.says("yes but do you take it", "ask_not_in_article/cost", decision="offer", confidence=0.3)

    assert Kind.NOT_COVERED is reply.kind
    assert ["insurance"] == reply.record["gaps"]


@pytest.mark.parametrize(
    "text", ["great, see you tomorrow", "ok i come monday at 9", "thanks, i'll be there this afternoon"]
)
def test_who_takes_a_visit_for_made_is_told_that_none_is(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "chitchat/goodbye")

    assert reply.text in said_by(chat, "books_nothing")


@pytest.mark.parametrize("text", ["bye", "see you", "i come from ohio", "maybe tomorrow i will know more"])
def test_a_parting_without_a_day_is_no_visit(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "chitchat/goodbye")

    assert reply.text in said_by(chat, "goodbye")


def test_an_echo_of_the_answer_is_not_answered_again(chat: Chat) -> None:
    chat.says("what would i feel", "ask_sensation")

    (echo,) = chat.says("ooh tingly", "ask_sensation")
    (asked,) = chat.says("oh is it tingly?", "ask_sensation")

    assert echo.text in said_by(chat, "acknowledge")
    assert Kind.ANSWER is asked.kind


@pytest.mark.parametrize("text", ["can you see her", "she can come?"])
def test_to_see_somebody_is_the_check_and_no_matter_of_who_treats(chat: Chat, text: str) -> None:
    chat.says("my daughter is sore", "chitchat/user_pain")

    (reply,) = chat.says(text, "ask_not_in_article/practitioner_choice")

    assert Kind.QUESTION is reply.kind


@pytest.mark.parametrize("label", [(), ("chitchat/acknowledge",)])
def test_who_tells_something_within_the_check_is_heard_and_asked_again(chat: Chat, label: tuple[str, ...]) -> None:
    chat.checking(**ADULT)

    said, again = chat.says("i'll tell my midwife", *label)

    assert said.text in said_by(chat, "told_in_check")
    assert (Kind.QUESTION, "nerves") == (again.kind, chat.question)
