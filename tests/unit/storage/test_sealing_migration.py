"""A database of an earlier version is sealed as it is brought up to date, and opened again on the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from bot.storage import conversations, inbox, record, tracker_rows
from bot.storage.database import Database, migration_config
from tests.sealing import a_database

BEFORE = [
    "INSERT INTO conversation (id, visitor, channel, key_hash, created, last_seen, last_entry)"
    " VALUES ('c1', 'c1', 'web', 'h', '2026-03-01 12:00:00', '2026-03-01 12:00:00', 2)",
    "INSERT INTO inbound_message (id, conversation_id, entry, client_message_id, kind, text, payload, received_at,"
    " state, attempts) VALUES (1, 'c1', 1, 'm1', 'text', 'It''s PLANTEDWORD', NULL, '2026-03-01 12:00:00', 'done', 1)",
    "INSERT INTO outbound_message (id, conversation_id, entry, reply_json, in_reply_to, created)"
    """ VALUES (1, 'c1', 2, '{"kind": "answer", "text": "PLANTEDWORD?"}', 1, '2026-03-01 12:00:00')""",
    "INSERT INTO choice (id, conversation_id, outbound_id, title, payload)"
    " VALUES ('ch', 'c1', 1, 'PLANTEDWORD', 'PLANTEDWORD')",
    "INSERT INTO assessment (id, conversation_id, tier, rules, version, answers, at)"
    """ VALUES (1, 'c1', 'urgent', '[]', 'v', '{"a": "PLANTEDWORD"}', '2026-03-01 12:00:00')""",
    "INSERT INTO contact_request (id, conversation_id, details, at)"
    """ VALUES (1, 'c1', '{"a": "PLANTEDWORD"}', '2026-03-01 12:00:00')""",
    "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), type_name VARCHAR(255), timestamp FLOAT,"
    " intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)",
    "INSERT INTO events VALUES (1, 'c1', 'user', 1.0, 'hello', NULL, '"
    + json.dumps({"event": "user", "timestamp": 1.0, "text": "PLANTEDWORD"})
    + "')",
]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = ("inbound_message", "outbound_message", "choice", "assessment", "contact_request", "events")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Empty, without tables."""
    found = a_database(database_url)
    yield found
    found.close()


def migrate(database: Database, to: str) -> None:
    with database.changing() as connection:
        change = command.upgrade if to in ("0004", "head") else command.downgrade
        change(migration_config(connection, database.vault), {"back": "0004"}.get(to, to))


def everything(database: Database) -> str:
    with database.read() as session:
        return repr([tuple(row) for table in TABLES for row in session.execute(text(f"SELECT * FROM {table}"))])


def test_what_lay_open_is_sealed_and_can_be_opened_again(database: Database) -> None:
    migrate(database, "0004")
    is_postgres = database.engine.dialect.name == "postgresql"
    with database.write() as session:
        for statement in BEFORE:
            statement = statement.replace("id INTEGER PRIMARY", "id SERIAL PRIMARY") if is_postgres else statement
            session.execute(text(statement.replace(":", "\\:")))
        if is_postgres:
            session.execute(text("SELECT setval('events_id_seq', 1)"))
    before = everything(database)

    database.migrate()

    assert "PLANTEDWORD" in before and "PLANTEDWORD" not in everything(database)
    with database.read() as session:
        entries = record.entries_after(session, "c1", 0)
        turns = tracker_rows.read_turns(session, "c1", 20)
    assert "It's PLANTEDWORD" == entries[0].content["text"]
    assert "PLANTEDWORD?" == entries[1].content["reply"]["text"]
    assert turns is not None and "PLANTEDWORD" == turns.contents[0]["events"][0]["text"]

    migrate(database, "back")

    assert 7 == everything(database).count("PLANTEDWORD") == before.count("PLANTEDWORD")


def test_the_way_back_leaves_empty_what_was_erased_with_its_key(database: Database) -> None:
    database.migrate()
    with database.write() as session:
        one = conversations.begin(session, "web", NOW).id
        inbox.accept(session, one, inbox.Said("client-id-1", "text", "PLANTEDWORD"), NOW)
    with database.write() as session:
        session.execute(text("DELETE FROM conversation_key"))

    migrate(database, "back")

    with database.read() as session:
        assert [""] == list(session.scalars(text("SELECT text FROM inbound_message")))


def test_no_plain_word_is_left_in_sqlites_files(tmp_path: Path) -> None:
    database = a_database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    migrate(database, "back")
    with database.write() as session:
        for statement in (BEFORE[0], *(s for s in BEFORE if s.startswith("INSERT INTO inbound"))):
            session.execute(text(statement.replace(":", "\\:")))

    database.migrate()
    database.close()

    assert not any(b"PLANTEDWORD" in path.read_bytes() for path in tmp_path.iterdir())
