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
        "can you tell me if acupuncture is safe for me",
        "how can i tell whether acupuncture would be safe for my mum",
    ],
)
def test_whether_it_is_safe_for_somebody_in_particular_is_for_the_check(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_is_it_safe")

    assert Kind.QUESTION is reply.kind
    assert chat.question


@pytest.mark.parametrize(
    "text",
    [
        "is acupuncture safe",
        "tell me if acupuncture is safe",
        "is it safe for most people",
        "is it ok for me to lie down",
        "is it good for my back",
    ],
)
def test_whether_it_is_safe_in_general_is_answered(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_is_it_safe")

    assert (Kind.ANSWER, "") == (reply.kind, chat.question)


@pytest.mark.parametrize(
    ("text", "grown"),
    [
        ("check if my son can have it", False),
        ("check whether my wife is ok to have acupuncture", True),
        ("see if my dad can do it", True),
    ],
)
def test_a_check_wished_for_somebody_else_does_not_ask_who_it_is_for(chat: Chat, text: str, *, grown: bool) -> None:
    chat.says(text, "check_suitability")

    assert ("yes", "nerves" if grown else "age") == (chat.facts["for_someone_else"], chat.question)
