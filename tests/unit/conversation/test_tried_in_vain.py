"""What was tried and failed is heard; nothing is looked up for each thing that is named."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat

THERAPIES = ("ask_not_in_article/massage_chiropractic", "ask_complementary_therapies")


@pytest.mark.parametrize(
    "text",
    [
        "Tried chiro, PT, injections. Nothing lasts.",
        "chiropractor, physio: nothing worked so far",
        "physio and a brace didn't help much",
        "exercises, massage, no luck",
    ],
)
def test_who_names_what_failed_is_heard_and_offered_what_it_is_about(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, *THERAPIES)

    assert reply.kind in (Kind.CHITCHAT, Kind.CLARIFY)
    assert not reply.record.get("gaps")


def test_what_somebody_has_tells_of_several_things_and_asks_of_none(chat: Chat) -> None:
    (reply,) = chat.says("I've had an office job and a bad chair all my life", "ask_ergonomics_posture", THERAPIES[1])

    assert Kind.ANSWER != reply.kind


@pytest.mark.parametrize(
    "text",
    [
        "physio didn't help, would this",
        "massage did nothing, so what about both together?",
        "I'm worried it does not go with physio and that it hurts",
        "I want to know about massage and physio",
    ],
)
def test_who_asks_about_several_things_is_answered_about_each(chat: Chat, text: str) -> None:
    reply = chat.says(text, *THERAPIES)[0]

    assert reply.kind in (Kind.ANSWER, Kind.NOT_COVERED)
