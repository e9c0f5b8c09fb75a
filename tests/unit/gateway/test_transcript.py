"""A conversation as a text file: read somewhere else, later, and without the page it came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.conversation.answering.opening import opening
from bot.gateway.transcript import reply_text, transcript_text
from bot.storage.record import Entry
from tests.conversing import Chat, shipped


def of_the_opening(link: str) -> str:
    """A transcript that holds the opening message alone, of a clinic whose privacy notice is at `link`."""
    content = replace(shipped(), clinic=replace(shipped().clinic, privacy_link=link))
    at = datetime(2026, 1, 15, 3, 30, tzinfo=UTC)
    entry = Entry(1, "bot", at, {"reply": opening(content).to_dict()})
    zone = ZoneInfo("America/Los_Angeles")
    return transcript_text(content.clinic, [entry], zone=zone, public_url="https://chat.clinic.example")


def test_times_are_those_of_the_clinic() -> None:
    assert "2026-01-14 19:30 PST  Assistant:" in of_the_opening("/privacy")


def test_the_privacy_notice_has_its_whole_address() -> None:
    assert " https://chat.clinic.example/privacy" in of_the_opening("/privacy")
    assert " https://clinic.example/privacy" in of_the_opening("https://clinic.example/privacy")


def test_choices_do_not_read_like_more_of_the_list_above_them() -> None:
    question = Chat().checking(for_someone_else="no", minor="no").says("why", "why_ask")[-1]

    *before, choices = reply_text(question.to_dict()).splitlines()

    assert before[-1].startswith("- ")
    assert not choices.startswith("- ")
    assert all(button.title in choices for button in question.buttons)
