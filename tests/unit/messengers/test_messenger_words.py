"""What the gateway itself says, whatever has happened: kind, the provider first, and where to get help."""

from __future__ import annotations

import pytest

from bot.conversation.answering import notices
from bot.conversation.answering.apology import apology
from bot.conversation.answering.opening import opening
from bot.conversation.content import Content
from bot.conversation.reply import Reply
from bot.conversation.wording.consult import suggests_provider_first

REASONS = ("failed", "unavailable", "too_many")


def said(content: Content, name: str) -> Reply:
    if name == "opening":
        return opening(content)
    if name == "summary":
        return notices.summary(content, "https://chat.clinic.example/chat/summary/link?t=1")
    return apology(content, name) if name in REASONS else notices.notice(content, name)


@pytest.mark.parametrize("name", ["opening", "summary", *REASONS, *notices.KEYS])
def test_every_word_of_the_gateways_own_sends_to_the_provider_and_names_the_emergency_number(
    content: Content, name: str
) -> None:
    reply = said(content, name)

    assert suggests_provider_first(reply.consult_first)
    assert content.clinic.emergency_number in reply.text
