"""A prepared statement does what SQLAlchemy does with the same statement, on every database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.storage import conversations, inbox
from bot.storage.base import table_of
from bot.storage.database import Database
from bot.storage.prepared import Prepared
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.schema.turn_tables import TurnRecord
from tests.sealing import a_database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_inbound, _conversation, _records = table_of(InboundMessage), table_of(Conversation), table_of(TurnRecord)


def a_message(conversation_id: str, entry: int = 1) -> dict[str, Any]:
    return {
        "conversation_id": conversation_id,
        "entry": entry,
        "client_message_id": f"client-{entry}",
        "kind": "text",
        "sealed_text": b"sealed",
        "sealed_payload": None,
        "received_at": NOW,
        "state": "pending",
        "attempts": 0,
    }


def a_record(conversation_id: str, inbound_id: int) -> dict[str, Any]:
    words = ("intent", "label", "decision", "asked", "answered", "action", "model", "content")
    numbers = ("confidence", "known", "waiting_ms", "nlu_ms", "actions_ms")
    return {
        **dict.fromkeys(words, "ä"),
        **dict.fromkeys(numbers),
        "inbound_id": inbound_id,
        "conversation_id": conversation_id,
        "at": NOW,
        "channel": "web",
        "is_test": True,
        "kind": "answer",
        "tier": None,
        "topics": ["cost", "side effects"],
        "rules": [],
        "is_fallback": False,
        "is_clarify": True,
        "is_failed": False,
        "total_ms": 12.5,
    }


def test_every_kind_of_value_comes_back_as_sqlalchemy_gives_it(database: Database) -> None:
    everything = select(_records).where(_records.c.conversation_id == bindparam("conversation"))
    with database.write() as session:
        owner, connection = conversations.begin(session, "web", NOW).id, session.connection()
        number = Prepared(insert(_inbound).returning(_inbound.c.id)).value(connection, a_message(owner))
        Prepared(insert(_records)).run(connection, a_record(owner, number))
        by_sqlalchemy = connection.execute(everything, {"conversation": owner}).one()
        found = Prepared(everything).first(connection, {"conversation": owner})

    assert tuple(found) == tuple(by_sqlalchemy)
    assert (found.at, found.is_test, found.topics) == (NOW, True, ["cost", "side effects"])


def test_what_has_no_name_is_found_by_its_place(database: Database) -> None:
    statement = Prepared(select(func.count(), func.max(_inbound.c.entry)).where(_inbound.c.entry > bindparam("number")))
    with database.write() as session:
        owner, connection = conversations.begin(session, "web", NOW).id, session.connection()
        Prepared(insert(_inbound)).run(connection, a_message(owner, 1), a_message(owner, 2))
        assert statement.value(connection, {"number": 0}) == 2
        assert tuple(statement.first(connection, {"number": 1})) == (1, 2)
        assert inbox.waiting_count(session, owner) == 2


def test_rows_that_are_not_there_are_none(database: Database) -> None:
    statement = Prepared(select(_inbound.c.id).where(_inbound.c.entry == bindparam("number")))
    with database.read() as session:
        assert statement.first(session.connection(), {"number": 7}) is None
        assert statement.value(session.connection(), {"number": 7}) is None
        assert list(statement.all(session.connection(), {"number": 7})) == []


def test_a_change_returns_what_it_changed_and_knows_its_own_constants(database: Database) -> None:
    settle = Prepared(
        update(_inbound)
        .where(_inbound.c.entry == bindparam("number"), _inbound.c.state == "pending")
        .values(state=bindparam("new_state"))
        .returning(_inbound.c.entry)
    )
    with database.write() as session:
        owner, connection = conversations.begin(session, "web", NOW).id, session.connection()
        Prepared(insert(_inbound)).run(connection, a_message(owner, 1), a_message(owner, 2))
        assert settle.value(connection, {"number": 2, "new_state": "done"}) == 2
        assert settle.first(connection, {"number": 2, "new_state": "done"}) is None


def test_a_failure_is_sqlalchemys_and_does_not_tell_the_values(database: Database) -> None:
    for is_asked_back in (True, False):
        statement = Prepared(insert(_inbound).returning(_inbound.c.id) if is_asked_back else insert(_inbound))
        with pytest.raises(IntegrityError) as failed, database.write() as session:
            owner, connection = conversations.begin(session, "web", NOW).id, session.connection()
            for _ in range(2):
                statement.all(connection, a_message(owner)) if is_asked_back else statement.run(
                    connection, a_message(owner)
                )
        told_of_the_statement = str(failed.value).partition("[SQL")[2]
        assert told_of_the_statement and "client-1" not in told_of_the_statement
    with database.read() as session:
        assert session.connection().execute(select(_conversation.c.id)).all() == [], "it was rolled back"


def test_a_time_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="a time needs its zone"), database.write() as session:
        owner = conversations.begin(session, "web", NOW).id
        row = a_message(owner) | {"received_at": NOW.replace(tzinfo=None)}
        Prepared(insert(_inbound)).run(session.connection(), row)


def test_sqlite_finds_what_waits_and_what_a_conversation_said_without_looking_at_all_messages(tmp_path: Path) -> None:
    database = a_database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    of_one = "WHERE conversation_id = 'x'"
    wanted = {
        f"SELECT DISTINCT conversation_id FROM inbound_message WHERE {inbox.IS_WAITING}": "ix_inbound_message_waiting",
        f"SELECT entry FROM inbound_message {of_one} AND entry > 3": "sqlite_autoindex_inbound_message_",
        f"SELECT entry FROM outbound_message {of_one} AND entry > 3": "sqlite_autoindex_outbound_message_",
        f"DELETE FROM inbound_message {of_one}": "sqlite_autoindex_inbound_message_",
        f"DELETE FROM outbound_message {of_one}": "sqlite_autoindex_outbound_message_",
    }
    with database.read() as session:
        for statement, index in wanted.items():
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
            assert index in str(plan), statement
    database.close()
