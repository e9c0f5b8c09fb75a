"""Who points at one of the things that a question of the check lists means the list, and no button below it."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat


@pytest.mark.parametrize("text", ["yes, the last one", "the second one", "first", "the third one please"])
def test_pointing_at_a_danger_sign_of_the_list_is_an_emergency(chat: Chat, text: str) -> None:
    """And neither the button "No", which stands second, nor "Why do you ask?", which stands last."""
    chat.checking(**ADULT)

    (reply,) = chat.says(text, "affirm")

    assert (Kind.EMERGENCY, "emergency") == (reply.kind, reply.tier)


def test_pointing_at_one_of_a_list_tells_of_that_one(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")
    assert "history" == chat.question

    chat.says("the third one", decision="refuse")

    assert ("yes", "history") == (chat.facts["cancer_past"], chat.question)


def test_the_last_of_the_choices_is_no_button_below_them(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "yes")

    chat.says("the last one", decision="refuse")

    assert "yes" == chat.facts["known_aneurysm"]


def test_the_last_question_again_points_at_no_list(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no")

    chat.says("the last question again", "go_back")

    assert "nerves" == chat.question
