"""A backup comes back whole, alone it is noise, and what was erased since it was made stays erased."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, text

from bot import cli
from bot.secret_file import load_secrets
from bot.storage import backup, conversations, inbox, record
from bot.storage.backup import KEYS_FILE, BackupFailed, back_up, restore
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.sealing.sealed import ConversationKeyRow
from tests.sealing import a_database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """A database with a service on it, and the empty one of another day."""
    if request.param == "sqlite":
        databases = a_database(f"sqlite:///{tmp_path}/a.db"), a_database(f"sqlite:///{tmp_path}/b.db")
        databases[0].migrate()
        yield databases
    else:
        if shutil.which("pg_dump") is None:
            pytest.skip("pg_dump is not installed")
        url = request.getfixturevalue("postgres_url")
        server = create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            for name in ("one", "two"):
                connection.execute(text(f"CREATE DATABASE {name}"))
        one, two = (make_url(url).set(database=name).render_as_string() for name in ("one", "two"))
        databases = a_database(one), a_database(two)
        databases[0].migrate()
        yield databases
        for database in databases:
            database.close()
        with server.connect() as connection:
            for name in ("one", "two"):
                connection.execute(text(f"DROP DATABASE {name}"))
        server.dispose()
    for database in databases:
        database.close()


def say(database: Database, words: str) -> str:
    with database.write() as session:
        conversation = conversations.begin(session, "web", NOW).id
        inbox.accept(session, conversation, inbox.Said("client-id-1", "text", words), NOW)
    return conversation


def said(database: Database, conversation: str) -> list[str]:
    with database.read() as session:
        return [entry.content["text"] for entry in record.entries_after(session, conversation, 0)]


def test_a_backup_comes_back_whole_but_for_what_was_erased_since(
    pair: tuple[Database, Database], tmp_path: Path
) -> None:
    database, other = pair
    kept, erased = say(database, "kept words"), say(database, "words to be erased")
    words = back_up(database, tmp_path / "backup", NOW)
    with database.write() as session:
        conversations.request_erasure(session, erased, NOW)
        conversations.finish_erasure(session, erased)
    later = back_up(database, tmp_path / "backup", NOW.replace(hour=13))

    done = restore(other, words, tmp_path / "backup" / KEYS_FILE)

    assert (1, 1) == (done.conversations, done.erased_since)
    assert ["kept words"] == said(other, kept)
    assert [] == said(other, erased)
    assert say(other, "and it goes on")
    assert words.exists() and later.exists()


def test_the_words_alone_hold_no_key_and_no_word(pair: tuple[Database, Database], tmp_path: Path) -> None:
    database, _ = pair
    conversation = say(database, "plantedword")
    with database.read() as session:
        key = bytes(session.scalars(select(ConversationKeyRow.wrapped)).one())

    words = back_up(database, tmp_path / "backup", NOW)

    assert key not in words.read_bytes() and b"plantedword" not in words.read_bytes()
    assert conversation in json.loads((words.parent / KEYS_FILE).read_text())["keys"]
    assert {0o600} == {path.stat().st_mode & 0o777 for path in words.parent.iterdir()}
    assert {words.name, KEYS_FILE} == {path.name for path in words.parent.iterdir()}


def test_a_database_in_use_is_never_restored_over(pair: tuple[Database, Database], tmp_path: Path) -> None:
    database, _ = pair
    conversation = say(database, "kept words")
    words = back_up(database, tmp_path / "backup", NOW)

    with pytest.raises(BackupFailed):
        restore(database, words, words.parent / KEYS_FILE)

    assert ["kept words"] == said(database, conversation)


def test_files_that_are_no_backup_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    target = a_database(f"sqlite:///{tmp_path}/b.db")
    (tmp_path / "nonsense").write_text("nonsense" * 1000)
    (tmp_path / KEYS_FILE).write_text('{"format": 1, "keys": {}}')

    for words, keys in (("nonsense", KEYS_FILE), ("missing", KEYS_FILE), ("nonsense", "nonsense")):
        with pytest.raises(BackupFailed):
            restore(target, tmp_path / words, tmp_path / keys)
        assert not (tmp_path / "b.db").exists()


def test_a_backup_of_a_newer_version_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    newer, target = a_database(f"sqlite:///{tmp_path}/a.db"), a_database(f"sqlite:///{tmp_path}/b.db")
    newer.migrate()
    with newer.changing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    words = back_up(newer, tmp_path / "backup", NOW)

    with pytest.raises(BackupFailed, match="newer version"):
        restore(target, words, tmp_path / "backup" / KEYS_FILE)

    assert [] == list(tmp_path.glob("b.db*"))


def test_keys_that_cannot_be_written_leave_the_last_backup_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = a_database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    back_up(database, tmp_path / "backup", NOW)
    before = {path.name: path.read_bytes() for path in (tmp_path / "backup").iterdir()}

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupFailed, match="No space left"):
        back_up(database, tmp_path / "backup", NOW + timedelta(days=1))

    assert before == {path.name: path.read_bytes() for path in (tmp_path / "backup").iterdir()}


@pytest.mark.parametrize("name", ["50% off", "a#b"])
def test_a_database_in_a_file_with_an_odd_name_is_backed_up(tmp_path: Path, name: str) -> None:
    database = a_database(f"sqlite:///{tmp_path}/{name}.db")
    database.migrate()
    conversation = say(database, "kept words")
    words = back_up(database, tmp_path / "backup", NOW)
    target = a_database(f"sqlite:///{tmp_path}/again.db")

    restore(target, words, words.parent / KEYS_FILE)

    assert ["kept words"] == said(target, conversation)


def test_a_server_is_asked_with_its_options_and_its_password_is_no_argument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "pg_restore"
    tool.write_text(f'#!/bin/sh\necho "$PGPASSWORD" "$@" > {tmp_path}/asked\nexit 3\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / "words.dump").touch()
    (tmp_path / KEYS_FILE).write_text('{"format": 1, "keys": {}}')
    monkeypatch.setattr(backup, "_require_empty", lambda database: None)
    database = a_database("postgresql+psycopg://me:hunter2@db.test:5433/chat?sslmode=verify-full&sslrootcert=/ca.pem")

    with pytest.raises(BackupFailed):
        restore(database, tmp_path / "words.dump", tmp_path / KEYS_FILE)

    password, target, *_ = (tmp_path / "asked").read_text().split()
    assert "hunter2" == password
    assert "--dbname=postgresql://me@db.test:5433/chat?sslmode=verify-full&sslrootcert=%2Fca.pem" == target


def test_a_database_that_is_away_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://me@127.0.0.1:1/chat")
    monkeypatch.setenv("BOT_SECRET_FILE", f"{tmp_path}/secrets.json")
    monkeypatch.setenv("BOT_DATABASE_PATIENCE", "0")
    load_secrets(tmp_path / "secrets.json")
    (tmp_path / "words.dump").touch()
    (tmp_path / KEYS_FILE).write_text('{"format": 1, "keys": {}}')

    commands = (
        ["backup", f"{tmp_path}/b"],
        ["restore", f"{tmp_path}/words.dump"],
        ["keys", "check"],
        ["staff", "list"],
    )
    for command in commands:
        assert 1 == cli.main(command)
        (line,) = (line for line in capsys.readouterr().err.splitlines() if not line.startswith("The settings"))
        assert "BOT_DATABASE_URL" in line


def test_the_commands_back_up_and_restore_an_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.bootstrap import read_settings
    from bot.storage.database import open_database

    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path}/a.db")
    monkeypatch.setenv("BOT_SECRET_FILE", f"{tmp_path}/secrets.json")
    installed = open_database(read_settings())
    installed.migrate()
    say(installed, "kept words")
    assert 0 == cli.main(["backup", f"{tmp_path}/backup"])
    words = next(path for path in (tmp_path / "backup").iterdir() if path.name.startswith("words-"))

    assert 1 == cli.main(["restore", str(words)])
    assert "move the file" in capsys.readouterr().err
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path}/again.db")
    assert 0 == cli.main(["restore", str(words)])

    again = open_database(read_settings())
    with again.read() as session:
        assert ["kept words"] == [row.text for row in session.scalars(select(InboundMessage))]
    again.close()
    installed.close()


def test_a_restore_without_its_master_key_writes_nothing_until_the_words_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = a_database(f"sqlite:///{tmp_path}/a.db")
    database.migrate()
    say(database, "words under a key that is lost")
    words = back_up(database, tmp_path / "backup", NOW)
    database.close()
    again, secrets = tmp_path / "again.db", tmp_path / "secrets.json"
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{again}")
    monkeypatch.setenv("BOT_SECRET_FILE", str(secrets))

    assert 1 == cli.main(["restore", str(words)])
    assert "no such file" in capsys.readouterr().err
    assert not secrets.exists() and not again.exists()

    load_secrets(secrets)
    assert 1 == cli.main(["restore", str(words)])
    assert "1 conversation(s)" in capsys.readouterr().err
    assert not again.exists()

    assert 0 == cli.main(["restore", str(words), "--give-up"])
    assert "0 conversations restored" in (said := capsys.readouterr().out) and "1 whose key is lost" in said
