"""Measures and gaps are counted from what happened, on both databases, and outlast the conversations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bot.bootstrap import Services
from bot.conversation.reply import Kind, Reply
from bot.storage import turn_records
from bot.storage.conversations import begin, finish_erasure, request_erasure
from bot.storage.inbox import Said, accept
from bot.storage.outbox import add_reply, rate
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.staff_side import measures
from bot.storage.staff_side.measures import counts_by_week, latency_at
from tests.integration.console_serving import ServedConsole, serving_console
from tests.integration.gateway_serving import a_reply
from tests.integration.workshop_serving import workshop_services

UTC_ZONE = ZoneInfo("UTC")
MONDAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 4, 12, 0, tzinfo=UTC)


def say(services: Services, conversation: str, text: str, reply: Reply, at: datetime, **inspection: object) -> int:
    with services.database.write() as session:
        accepted = accept(session, conversation, Said(f"c{at.timestamp()}{text}", "text", text), at)
        entry = add_reply(session, conversation, reply, accepted.id, at)
        row = session.get_one(InboundMessage, accepted.id)
        turn_records.add(session, row, [reply], inspection, at + timedelta(seconds=0.4), 1.0)
    return entry.number


def new(services: Services, at: datetime, channel: str = "web", test: bool = False) -> str:
    with services.database.write() as session:
        begun = begin(session, channel, at)
        session.execute(update(Conversation).where(Conversation.id == begun.id).values(is_test=test))
    return begun.id


def gap(subject: str) -> Reply:
    return a_reply("It does not say.", topics=("not_in_article",), kind=Kind.NOT_COVERED, record={"gaps": [subject]})


@pytest.fixture
def services(database_url: str, tmp_path: Path) -> Iterator[Services]:
    made = workshop_services(tmp_path, database_url=database_url)
    yield made
    made.database.close()


def fill(services: Services) -> str:
    one, two = new(services, NOON), new(services, NOON + timedelta(days=1), "sms")
    entry = say(services, one, "does it hurt", a_reply("No.", topics=("needle_pain",)), NOON)
    with services.database.write() as session:
        rate(session, one, entry, True, NOON)
    say(services, one, "where can I park", gap("location"), NOON, asked="age")
    say(services, two, "is there parking", gap("location"), NOON + timedelta(days=1), asked="age")
    answer = a_reply("Ask first.", tier="urgent", kind=Kind.OUTCOME)
    say(services, two, "no", answer, NOON + timedelta(days=1), answered="age")
    tried = new(services, NOON, test=True)
    say(services, tried, "does it hurt", a_reply("No.", topics=("needle_pain",)), NOON)
    return one


def count(services: Services, now: datetime = NOON + timedelta(days=3)) -> dict[tuple[str, str, str], int]:
    with services.database.write() as session:
        measures.count_days(session, now, UTC_ZONE)
    with services.database.read() as session:
        found = counts_by_week(session, MONDAY, MONDAY + timedelta(days=6))
    return {(c.channel, c.name, c.key): c.count for c in found}


def test_what_happened_is_counted_by_channel_without_the_tests_of_staff(services: Services):
    fill(services)

    found = count(services)

    assert {
        ("web", "conversations", ""): 1,
        ("sms", "conversations", ""): 1,
        ("web", "messages", ""): 2,
    }.items() <= found.items()
    assert {
        ("web", "topic", "needle_pain"): 1,
        ("sms", "tier", "urgent"): 1,
        ("web", "rated", "helpful"): 1,
    }.items() <= found.items()
    assert {
        ("sms", "asked", "age"): 1,
        ("sms", "answered", "age"): 1,
        ("web", "asked", "age"): 1,
    }.items() <= found.items()
    assert ("web", "answered", "age") not in found and 2 == found["web", "latency", "0.5"]
    assert found == count(services)


def test_counts_of_days_that_are_over_outlast_the_conversations(services: Services):
    one = fill(services)
    before = count(services)

    with services.database.write() as session:
        request_erasure(session, one, NOON + timedelta(days=3))
        finish_erasure(session, one)

    assert before == count(services)


def test_half_of_the_answers_came_within_the_step_that_reaches_half():
    steps = {"0.25": 4, "0.5": 4, "1": 1, "more": 1}

    assert ("0.5", "more", "0.25") == (latency_at(0.5, steps), latency_at(0.95, steps), latency_at(0.4, steps))
    assert "" == latency_at(0.5, {})


@pytest.fixture
def console(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServedConsole]:
    monkeypatch.setattr("bot.console.context.utc_now", lambda: NOON + timedelta(days=3))
    monkeypatch.setattr("bot.console.routes.gaps.now_of", lambda _: NOON + timedelta(days=3))
    monkeypatch.setattr("bot.console.routes.measures.now_of", lambda _: NOON + timedelta(days=3))
    fill(services)
    with serving_console(services) as served:
        yield served


def test_the_pages_show_the_counts_with_links_and_as_csv(console: ServedConsole):
    tester = console.staff("tester")

    page = tester.get("/measures").text

    assert "<svg" in page and "/review?since=2026-11-02&amp;until=2026-11-08" in page
    assert "2026-11-02,web,messages,,2" in tester.get("/measures.csv").text
    assert "2026-11-02,sms," not in tester.get("/measures.csv?channel=web").text
    assert "2026-11-02,web,messages,,1" in tester.get("/measures.csv?tests=on").text


def test_gaps_are_shown_by_subject_and_by_meaning_and_as_csv(console: ServedConsole):
    assert 403 == console.staff("tester").get("/gaps/meaning").status_code
    editor = console.staff("editor")

    assert ">2<" in editor.get("/gaps").text
    assert 'href="/content/clinic?subject=location#answer-location"' in editor.get("/gaps").text
    assert ">2<" in editor.get("/gaps?days=²").text
    assert "where can I park" in editor.get("/gaps/meaning").text
    lines = editor.get("/gaps.csv").text.splitlines()
    assert 2 == len(lines) and "location,2,2,0" in lines[1]
