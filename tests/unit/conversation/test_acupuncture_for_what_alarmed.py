"""Right after an alarm: what acupuncture does for pain is no reply to whether it helps the sign that was told."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding


@pytest.mark.parametrize(
    "text",
    [
        "could acupuncture help that",
        "would needles be any good for my foot",
        "can you fix it",
        "will acupuncture help",
        "would needles touch that",
        "could you guys do something for it",
    ],
)
@pytest.mark.parametrize(("fact", "help_is"), [("saddle_numbness", "911"), ("suicidal", "988")])
def test_who_asks_if_it_helps_what_alarmed_is_sent_to_help(chat: Chat, fact: str, help_is: str, text: str) -> None:
    chat.says("something bad", findings=(finding(fact),))

    (reply,) = chat.says(text, "ask_benefits_general")

    assert Kind.CHITCHAT is reply.kind
    assert help_is in reply.text


@pytest.mark.parametrize("text", ["what are the benefits", "does it help the lower back", "what does it do for stress"])
def test_what_it_does_in_general_is_answered(chat: Chat, text: str) -> None:
    chat.says("something bad", findings=(finding("saddle_numbness"),))

    (reply,) = chat.says(text, "ask_benefits_general")

    assert (Kind.ANSWER, "benefits_general") == (reply.kind, reply.topic)


def test_it_is_answered_once_something_else_was_talked_of(chat: Chat) -> None:
    chat.says("something bad", findings=(finding("saddle_numbness"),))
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says("will acupuncture help", "ask_benefits_general")

    assert Kind.ANSWER is reply.kind
