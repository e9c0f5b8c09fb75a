"""A joke is acknowledged, and takes no alarm back."""

from __future__ import annotations

import pytest

from tests.conversing import Chat, finding, said_by

JOKES = ("just kidding", "haha joking", "it was only a joke")


@pytest.mark.parametrize("text", JOKES)
def test_a_joke_is_acknowledged(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "acknowledge")


@pytest.mark.parametrize("text", JOKES)
def test_after_an_alarm_it_is_acknowledged_and_the_alarm_stands(chat: Chat, text: str) -> None:
    chat.says("numb between my legs since today", findings=(finding("saddle_numbness"),))

    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "alarm_joke")
    assert chat.state.alarm is not None


def test_after_a_wish_to_die_the_crisis_line_is_named_again(chat: Chat) -> None:
    chat.says("i want to die", findings=(finding("suicidal"),))

    (reply,) = chat.says("just kidding")

    assert "988" in reply.text
