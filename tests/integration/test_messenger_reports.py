"""What Twilio took and a carrier lost: reported under the message's own key, and shown to staff as not delivered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from bot.conversation.reply import Button
from bot.storage.staff_side.undelivered import not_delivered
from tests.integration.gateway_serving import a_reply, wait_until
from tests.integration.messenger_stubs import twilio
from tests.integration.messenger_stubs.serving import Exchange, exchange


@pytest.fixture(params=["sms", "whatsapp"])
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, request.param) as running:
        running.rasa.answer = lambda body: [a_reply("It may.", buttons=(Button("Yes", "say:yes"),))]
        running.person.say("Does it help?")
        running.person.wait_for(2)
        yield running


def losses(talk: Exchange) -> list[tuple[Any, ...]]:
    with talk.served.services.database.read() as session:
        return [tuple(row) for row in not_delivered(session, datetime.now(UTC) - timedelta(days=1))]


def report(talk: Exchange, number: int, url: str = "", **fields: str) -> httpx.Response:
    """What Twilio tells of one of our messages, at the address that came with it."""
    url = url or talk.platform.sent[number]["StatusCallback"]
    form = twilio.report(talk.person.sender, **fields)
    body, headers = twilio.signed(url, form)
    parts = urlsplit(url)
    return httpx.post(f"{talk.served.url}{parts.path}?{parts.query}", content=body, headers=headers)


def test_a_message_that_a_carrier_lost_is_shown_as_not_delivered(talk: Exchange) -> None:
    answer = report(talk, 1, MessageStatus="undelivered", ErrorCode="30007")

    assert 200 == answer.status_code
    wait_until(lambda: [(talk.person.name, "failed", "carrier_refused", 1)] == losses(talk))
    talk.person.say("Are you there?")
    assert "It may." in talk.person.wait_for(3)[2]


def test_the_same_report_counts_once_and_progress_is_no_loss(talk: Exchange) -> None:
    for status in ("queued", "sent", "delivered", "read"):
        assert 200 == report(talk, 1, MessageStatus=status).status_code
    for _ in range(2):
        report(talk, 0, MessageSid="SM" + "a" * 32, MessageStatus="failed", ErrorCode="30003")

    wait_until(lambda: [(talk.person.name, "failed", "phone_unreachable", 1)] == losses(talk))


def test_a_report_under_a_key_that_is_not_ours_or_unsigned_changes_nothing(talk: Exchange) -> None:
    good = talk.platform.sent[1]["StatusCallback"]
    head, key = good.split("=", 1)
    number, part, _ = key.split(".")
    wrong = [
        f"{head}={number}.{part}.{'x' * 32}",
        f"{head}={number}",
        f"{head}=",
        f"{head}=999999.0.x",
        f"{head}=x.y.z",
    ]

    statuses = {report(talk, 1, url, MessageStatus="failed").status_code for url in wrong}
    body, headers = twilio.signed(good, twilio.report(talk.person.sender, MessageStatus="failed"), "another-token")
    forged = httpx.post(f"{talk.person.url}?{urlsplit(good).query}", content=body, headers=headers)
    moved = report(talk, 0, good, MessageStatus="failed", AccountSid="AC" + "f" * 32)

    talk.person.say("Are you there?")
    talk.person.wait_for(3)
    assert ({200}, 403, b"", 200) == (statuses, forged.status_code, forged.content, moved.status_code)
    assert [] == losses(talk)


def test_a_report_about_an_erased_chat_is_forgotten(talk: Exchange) -> None:
    url = talk.platform.sent[1]["StatusCallback"]
    talk.person.say("delete my data")
    talk.person.wait_for(3)

    report(talk, 1, url, MessageStatus="failed")
    talk.person.say("Hello again")

    talk.person.wait_for(5)
    assert [] == losses(talk)
