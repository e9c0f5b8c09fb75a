"""A question whether it is safe or good: in general the article answers it, for somebody in particular the check does."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat


@pytest.mark.parametrize(
    "text",
    [
        "ok but is acupuncture safe for me",
        "would it be dangerous for someone my age",
        "is acupuncture risky for a man of 70",
        "is it ok for me to have acupuncture",
    ],
)
def test_whether_it_is_safe_for_somebody_in_particular_is_for_the_check(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_is_it_safe")

    assert Kind.QUESTION is reply.kind
    assert chat.question


@pytest.mark.parametrize(
    "text",
    ["is acupuncture safe", "is it safe for most people", "is it ok for me to lie down", "is it good for my back"],
)
def test_whether_it_is_safe_in_general_is_answered(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_is_it_safe")

    assert (Kind.ANSWER, "") == (reply.kind, chat.question)
