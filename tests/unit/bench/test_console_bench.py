"""`bot bench console` fills the tables as they are now, and every question finds something to do there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.bench import console
from bot.storage.schema.conversation_tables import InboundMessage, OutboundMessage

EVENTS = 2_000


def test_a_filled_database_holds_the_events_and_is_asked_every_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "ROUNDS", 1)
    said: list[str] = []

    with console.filled(f"sqlite:///{tmp_path}/bench.db", tmp_path, EVENTS, said.append) as database:
        with database.read() as session:
            kept = [session.scalar(select(func.count()).select_from(t)) for t in (InboundMessage, OutboundMessage)]
            found = {name: ask(session) for name, ask in console.questions(EVENTS // 8).items()}
        asked = console.measure(database, EVENTS)

    assert [EVENTS // 2] * 2 == kept and said[0].startswith(f"{EVENTS} events in ")
    assert all(found.values()), found
    assert set(found) == {row.name for row in asked}
    table = console.as_table(EVENTS, {"SQLite": asked}).splitlines()
    assert len(found) == len(table) - 4 and "SQLite: median ms" in table[2]
