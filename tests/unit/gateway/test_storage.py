"""The database: both kinds of it, migrations both ways, and Rasa's table left alone."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from bot.conversation.reply import Button, Kind, Reply
from bot.observing.logs import error_place
from bot.storage import choices, conversations, inbox, outbox, record
from bot.storage.database import Database, migration_config
from bot.storage.schema.conversation_tables import Base
from tests.sealing import a_database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = inbox.Said("client-id-1", "text", "Does it hurt?")


def begin(database: Database) -> str:
    with database.write() as session:
        return conversations.begin(session, "web", NOW).id


def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, Base.metadata)


def test_migrations_come_back_and_leave_rasas_table_alone(database: Database) -> None:
    with database.write() as session:
        session.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255))"))

    with database.changing() as connection:
        command.downgrade(migration_config(connection, database.vault), "base")
    with database.engine.connect() as connection:
        left = set(inspect(connection).get_table_names())
    database.migrate()

    assert {"events", "alembic_version"} == left
    assert begin(database)


def test_every_constraint_and_index_has_a_name_of_ours(database: Database) -> None:
    with database.engine.connect() as connection:
        looker = inspect(connection)
        names = [looker.get_pk_constraint(table)["name"] for table in Base.metadata.tables]
        for table in Base.metadata.tables:
            names += [found["name"] for found in looker.get_foreign_keys(table)]
            names += [found["name"] for found in looker.get_unique_constraints(table)]
            names += [found["name"] for found in looker.get_indexes(table)]

    assert all(name and name[:3] in ("pk_", "fk_", "uq_", "ix_") for name in names), names


def test_a_message_is_stored_once_whoever_sends_it_at_the_same_time(database: Database) -> None:
    conversation = begin(database)
    accepted: list[inbox.Accepted] = []

    def send() -> None:
        with database.write() as session:
            accepted.append(inbox.accept(session, conversation, SAID, NOW))

    senders = [threading.Thread(target=send) for _ in range(10)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert 10 == len(accepted)
    assert 1 == len({found.id for found in accepted})
    assert 1 == sum(found.is_new for found in accepted)


def test_entries_of_many_writers_get_numbers_that_only_grow(database: Database) -> None:
    conversation = begin(database)

    def send(number: int) -> None:
        with database.write() as session:
            inbox.accept(session, conversation, inbox.Said(f"client-{number}", "text", str(number)), NOW)

    senders = [threading.Thread(target=send, args=(number,)) for number in range(12)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    with database.read() as session:
        assert list(range(1, 13)) == [entry.number for entry in record.entries_after(session, conversation, 0)]


def test_a_message_is_settled_only_once(database: Database) -> None:
    conversation = begin(database)
    with database.write() as session:
        inbox.accept(session, conversation, SAID, NOW)
    with database.write() as session:
        row = inbox.take_next(session, conversation)
    assert row is not None

    with database.write() as session:
        first = inbox.settle(session, row.id, inbox.State.DONE, NOW)
        second = inbox.settle(session, row.id, inbox.State.DONE, NOW)

    assert (True, False) == (first, second)


def test_a_message_left_in_processing_is_taken_again(database: Database) -> None:
    conversation = begin(database)
    with database.write() as session:
        inbox.accept(session, conversation, SAID, NOW)
    for attempt in (1, 2):
        with database.write() as session:
            row = inbox.take_next(session, conversation)
            assert row is not None and row.attempts == attempt

    with database.read() as session:
        assert [conversation] == inbox.waiting_conversations(session)


def test_only_a_message_that_nothing_waits_before_is_taken_when_it_is_accepted(database: Database) -> None:
    conversation = begin(database)
    with database.write() as session:
        first = inbox.accept(session, conversation, SAID, NOW, takes_up=True)
        second = inbox.accept(session, conversation, inbox.Said("client-id-2", "text", "and"), NOW, takes_up=True)
    assert first.taken is not None and second.taken is None
    assert (first.id, SAID.text, 1) == (first.taken.id, first.taken.text, first.taken.attempts)

    with database.write() as session:
        again = inbox.take_next(session, conversation)
        assert again is not None and (first.id, 2) == (again.id, again.attempts)
        assert inbox.settle(session, first.id, inbox.State.DONE, NOW)
        after = inbox.take_next(session, conversation)
        assert after is not None and (second.id, 1) == (after.id, after.attempts)


def test_no_more_messages_wait_than_may_but_one_sent_again_is_known(database: Database) -> None:
    conversation = begin(database)
    with database.write() as session:
        first = inbox.accept(session, conversation, SAID, NOW, most_waiting=1)
    with pytest.raises(inbox.TooManyWaiting), database.write() as session:
        inbox.accept(session, conversation, inbox.Said("client-id-2", "text", "and"), NOW, most_waiting=1)
    with database.write() as session:
        again = inbox.accept(session, conversation, SAID, NOW, most_waiting=1)

    assert (first.id, first.entry, False) == (again.id, again.entry, again.is_new)


def test_what_open_pages_are_told_at_once_is_what_they_would_read(database: Database) -> None:
    conversation = begin(database)
    buttons = (Button("Cost", "label:cost"),)
    reply = Reply(Kind.CLARIFY, "Which?", "Please ask your provider first.", buttons=buttons, rules=("r1",))
    again = Reply(Kind.ANSWER, "Or this.", "Please ask your provider first.", buttons=buttons)
    with database.write() as session:
        said = inbox.accept(session, conversation, SAID, NOW, takes_up=True)
        typed = record.entries_after(session, conversation, 0)
        inbox.settle(session, said.id, inbox.State.DONE, NOW)
        told = outbox.add_replies(session, conversation, [reply, again], said.id, NOW, said.entry)
    with database.read() as session:
        answered = record.entries_after(session, conversation, said.entry)

    assert said.shown is not None
    assert json.dumps([said.shown.to_dict()]) == json.dumps([entry.to_dict() for entry in typed])
    assert [reply.text, again.text] == [entry.content["reply"]["text"] for entry in told]
    assert json.dumps([entry.to_dict() for entry in told]) == json.dumps([entry.to_dict() for entry in answered])


def test_a_choice_belongs_to_its_conversation(database: Database) -> None:
    mine, other = begin(database), begin(database)
    reply = Reply(
        Kind.CLARIFY, "Which?", "Please ask your healthcare provider first.", buttons=(Button("Cost", "label:cost"),)
    )
    with database.write() as session:
        outbox.add_reply(session, mine, reply, None, NOW)
    with database.read() as session:
        shown = record.entries_after(session, mine, 0)[0].content["reply"]["buttons"][0]

    with database.read() as session:
        found = choices.find_choice(session, mine, shown["id"])
        assert found is not None and found.payload == "label:cost"
        assert choices.find_choice(session, other, shown["id"]) is None


def test_a_conversation_opens_by_its_key_until_it_is_left_alone_too_long(database: Database) -> None:
    with database.write() as session:
        begun = conversations.begin(session, "web", NOW)

    with database.read() as session:
        opened = conversations.find_open(session, begun.key, NOW - timedelta(hours=1))
        assert opened is not None and opened.created == NOW
        assert conversations.find_open(session, begun.key, NOW + timedelta(hours=1)) is None
        assert conversations.find_open(session, begun.id, NOW - timedelta(hours=1)) is None


def test_words_that_databases_stumble_over_are_kept(database: Database) -> None:
    conversation = begin(database)
    words = "'; DROP TABLE conversation; -- \\ 👩🏽‍⚕️ כאב %s {}"
    with database.write() as session:
        inbox.accept(session, conversation, inbox.Said("client-id-1", "text", words), NOW)

    with database.read() as session:
        assert words == record.entries_after(session, conversation, 0)[0].content["text"]


def test_erasing_leaves_the_bare_conversation_until_rasa_has_forgotten_it(database: Database) -> None:
    conversation, other = begin(database), begin(database)
    with database.write() as session:
        for owner in (conversation, other):
            inbox.accept(session, owner, SAID, NOW)
    with database.write() as session:
        conversations.request_erasure(session, conversation, NOW)

    with database.read() as session:
        assert [conversation] == conversations.awaiting_erasure(session)
        assert [] == record.entries_after(session, conversation, 0)
        assert 1 == len(record.entries_after(session, other, 0))
    with database.write() as session, pytest.raises(inbox.ConversationClosed):
        inbox.accept(session, conversation, SAID, NOW)
    with database.write() as session:
        conversations.finish_erasure(session, conversation)
    with database.read() as session:
        assert [] == conversations.awaiting_erasure(session)


def test_what_was_erased_is_not_left_in_the_files(tmp_path: Path) -> None:
    database = a_database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    conversation = begin(database)
    with database.write() as session:
        inbox.accept(session, conversation, inbox.Said("client-id-1", "text", "SECRETWORD " * 200), NOW)

    with database.write() as session:
        conversations.request_erasure(session, conversation, NOW)
    database.tidy()
    database.close()

    assert not any(b"SECRETWORD" in path.read_bytes() for path in tmp_path.iterdir())


def test_what_is_logged_of_a_database_error_does_not_quote_what_was_said(database: Database) -> None:
    with pytest.raises(DBAPIError) as raised, database.write() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "SECRETWORD"})

    place = error_place(raised.value)

    assert raised.type.__name__ == place["error"]
    assert "SECRETWORD" not in repr(place)
