"""What patients said is sealed: unreadable without the keys, unmovable, and gone for good with its key."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from bot.conversation.reply import Button, Kind, Reply
from bot.secret_file import add_master_key, drop_master_keys, load_secrets
from bot.settings import SettingsError
from bot.storage import conversations, inbox, keys, outbox, record
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import Assessment, Choice, InboundMessage, OutboundMessage
from bot.storage.sealing.sealed import ConversationKeyRow, SealedRow, keyring_of, sealed_attributes
from bot.storage.sealing.vault import ConversationKey, KeyMaterial, SealBroken, Vault
from tests.sealing import a_database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORD = "PLANTEDWORD"
REPLY = Reply(
    Kind.CLARIFY,
    f"About {WORD}?",
    "Please ask your healthcare provider first.",
    buttons=(Button(f"Yes {WORD}", f"say:{WORD}"),),
    record={"assessment": {"tier": "urgent", "answers": {"age": WORD}}, "contact": {"reason": WORD}},
)


@pytest.fixture
def database(tmp_path: Path) -> Any:
    found = a_database(f"sqlite:///{tmp_path}/a.db")
    found.migrate()
    yield found
    found.close()


def a_conversation(database: Database, number: int = 1) -> str:
    with database.write() as session:
        conversation = conversations.begin(session, "web", NOW).id
        said = inbox.Said(f"client-id-{number}", "text", f"I have {WORD}", f"payload {WORD}")
        message = inbox.accept(session, conversation, said, NOW)
        outbox.add_reply(session, conversation, REPLY, message.id, NOW)
    return conversation


def test_words_are_plain_to_the_code_and_noise_in_the_files(database: Database, tmp_path: Path) -> None:
    conversation = a_conversation(database)

    with database.read() as session:
        entries = record.entries_after(session, conversation, 0)
        assessment = session.scalars(select(Assessment)).one()
        choice = session.scalars(select(Choice)).one()
    database.tidy()

    assert [f"I have {WORD}", f"About {WORD}?"] == [entries[0].content["text"], entries[1].content["reply"]["text"]]
    assert ({"age": WORD}, f"say:{WORD}") == (assessment.answers, choice.payload)
    assert not any(WORD.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_no_table_keeps_words_in_the_open(database: Database) -> None:
    a_conversation(database)
    with database.read() as session:
        for table in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all():
            for row in session.execute(text(f"SELECT * FROM {table}")):
                assert WORD not in repr(tuple(row)), table


def test_a_changed_value_is_sealed_anew_and_an_unchanged_one_is_left_alone(database: Database) -> None:
    conversation = a_conversation(database)
    with database.write() as session:
        row = session.scalars(select(InboundMessage)).one()
        before = row.sealed_payload
        row.text = "other words"
    with database.read() as session:
        row = session.scalars(select(InboundMessage)).one()

    assert ("other words", f"payload {WORD}", before) == (row.text, row.payload, row.sealed_payload)
    assert conversation == row.conversation_id


def test_nothing_can_be_moved_to_another_row_column_or_conversation(database: Database) -> None:
    first, second = a_conversation(database, 1), a_conversation(database, 2)
    with database.write() as session:
        rows = {row.conversation_id: row for row in session.scalars(select(InboundMessage))}
        moved = {
            "sealed_text": rows[second].sealed_text,
            "sealed_payload": rows[first].sealed_text,
        }
        for column, value in moved.items():
            session.execute(
                text(f"UPDATE inbound_message SET {column} = :v WHERE conversation_id = :c"), {"v": value, "c": first}
            )
        session.execute(
            text("UPDATE inbound_message SET entry = 9 WHERE conversation_id = :c"),
            {"c": second},
        )
    with database.read() as session:
        found = list(session.scalars(select(InboundMessage)))
        assert 2 == len(found)
        for row in found:
            with pytest.raises(SealBroken):
                assert row.text
            with pytest.raises(SealBroken):
                assert row.payload


def test_erasing_destroys_the_key_so_that_a_copy_is_noise_too(database: Database, tmp_path: Path) -> None:
    conversation = a_conversation(database)
    with sqlite3.connect(tmp_path / "copy.db") as copy, sqlite3.connect(tmp_path / "a.db") as original:
        original.backup(copy)
        copy.execute("DELETE FROM conversation_key")  # as in a backup, whose keys are kept apart
    with database.write() as session:
        conversations.request_erasure(session, conversation, NOW)
        assert not session.scalars(select(ConversationKeyRow)).all()

    older = a_database(f"sqlite:///{tmp_path}/copy.db")
    with older.read() as session:
        row = session.scalars(select(InboundMessage)).one()
        with pytest.raises(SealBroken):
            assert row.text
    older.close()


def test_a_failure_to_open_is_a_database_failure_and_no_value_error() -> None:
    key = ConversationKey("one", b"k" * 32)

    with pytest.raises(SealBroken) as raised:
        key.open("table.column", b"\x01" + b"nonsense" * 5)

    assert not isinstance(raised.value, ValueError)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x, max_size=3), max_leaves=8)
)
def test_any_value_comes_back_as_it_was(value: Any) -> None:
    key = ConversationKey("one", b"k" * 32)

    assert value == key.open("here", key.seal("here", value))


def test_words_that_no_encoding_has_come_back(database: Database) -> None:
    key = ConversationKey("\ud800", b"k" * 32)

    assert "\ud800\0" == key.open("here", key.seal("here", "\ud800\0"))


def vault_of(path: Path) -> Vault:
    return Vault.of_file(path)


def test_a_new_master_key_reseals_all_keys_and_running_processes_follow(tmp_path: Path) -> None:
    secrets, url = tmp_path / "secrets.json", f"sqlite:///{tmp_path}/a.db"
    load_secrets(secrets)
    running, rotating = Database(url, vault_of(secrets)), Database(url, vault_of(secrets))
    running.migrate()
    first = a_conversation(running)

    old = load_secrets(secrets).data_keys[0].id
    new = add_master_key(secrets).id
    assert 1 == keys.rewrap(rotating)
    assert 1 == drop_master_keys(secrets, new)

    with running.read() as session:
        assert {new} == set(session.scalars(select(ConversationKeyRow.master)))
        assert f"I have {WORD}" == record.entries_after(session, first, 0)[0].content["text"]
    second = a_conversation(running, 2)
    with rotating.read() as session:
        assert f"I have {WORD}" == record.entries_after(session, second, 0)[0].content["text"]
    assert old != new
    running.close()
    rotating.close()


def test_without_the_master_key_the_start_is_refused_with_a_remedy(tmp_path: Path) -> None:
    secrets, url = tmp_path / "secrets.json", f"sqlite:///{tmp_path}/a.db"
    database = Database(url, vault_of(secrets))
    database.migrate()
    conversation = a_conversation(database)
    keys.require_keys(database, secrets)

    secrets.unlink()
    database = Database(url, vault_of(secrets))

    with pytest.raises(SettingsError, match="restore the file"):
        keys.require_keys(database, secrets)
    assert [conversation] == keys.give_up(database)
    keys.require_keys(database, secrets)
    database.close()


def test_every_sealed_attribute_has_its_column() -> None:
    for mapper in InboundMessage.registry.mappers:
        if issubclass(mapper.class_, SealedRow):
            names = {attribute.column for attribute in sealed_attributes(mapper.class_)}
            assert names and names <= set(mapper.columns.keys())


def test_many_keys_can_be_fetched_at_once(database: Database) -> None:
    all_of_them = [a_conversation(database, number) for number in range(3)]
    with database.read() as session:
        keyring_of(session).prefetch(session.connection(), [*all_of_them, "unknown"])
        texts = [row.reply_json["text"] for row in session.scalars(select(OutboundMessage))]

    assert [f"About {WORD}?"] * 3 == texts


def test_a_vault_reads_its_secrets_when_they_are_needed() -> None:
    read: list[int] = []

    def load() -> KeyMaterial:
        read.append(1)
        return KeyMaterial({"one": b"1" * 32}, b"i" * 32)

    vault = Vault(load)
    assert not read
    master, wrapped = vault.wrap("conversation", b"k" * 32)

    assert b"k" * 32 == vault.unwrap("conversation", master, wrapped)
    with pytest.raises(SealBroken):
        vault.unwrap("another", master, wrapped)
    with pytest.raises(SealBroken):
        vault.unwrap("conversation", "two", wrapped)
