"""An answer of the check that was not meant: what is put right by words, and what stands."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.suitability.interview_state import SOMEONE_ELSE
from tests.conversing import ADULT, Chat, said_by


@pytest.mark.parametrize(
    ("text", "fact"),
    [("sorry I meant yes", "yes"), ("oops, hit no by mistake, meant yes", "yes"), ("i meant no", "no")],
)
def test_the_answer_before_is_replaced_by_what_was_meant(chat: Chat, text: str, fact: str) -> None:
    chat.checking().answers("yes" if fact == "no" else "no")
    assert "age" == chat.question

    chat.says(text, "correct_answer")

    assert ("age", fact) == (chat.question, chat.facts[SOMEONE_ELSE])


@pytest.mark.parametrize("text", ["sorry pressed wrong, I meant no", "oops wrong button", "i hit yes by accident"])
def test_an_alarm_that_a_slip_brought_up_is_followed_by_its_question(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).says("yes")

    (reply,) = chat.says(text, "correct_answer")

    assert (Kind.QUESTION, "nerves") == (reply.kind, chat.question)


def test_a_correction_of_nothing_leaves_an_alarm_standing(chat: Chat) -> None:
    chat.checking(**ADULT).says("yes")

    (reply,) = chat.says("no wait it is not that bad", "correct_answer")

    assert reply.text in said_by(chat, "alarm_if_wrong")


def test_a_slip_followed_by_what_was_meant_is_mended_at_once(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "yes")

    chat.says("oh wait I misread, none of them", "correct_answer")

    assert ("infection_risk", "no") == (chat.question, chat.facts["cancer_now"])


def test_saying_that_an_answer_was_wrong_is_told_how_to_change_it(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says("i said no already", "correct_answer")

    assert said.text in said_by(chat, "check_correct")
    assert "nerves" == chat.question


def test_a_yes_called_wrong_is_the_no_it_should_have_been(chat: Chat) -> None:
    """Where it is asked which one, a plain "no" contradicts the yes before and leaves it in doubt."""
    chat.checking(**ADULT).answers("no", "no", "yes")

    chat.says("oh no that was wrong, it's no", "correct_answer")

    assert ("infection_risk", "no") == (chat.question, chat.facts["pregnant"])
