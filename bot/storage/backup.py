"""Backups whose words and keys lie apart, so that erasing a conversation reaches backups made before.

The words (`words-….db` or `.dump`) may be kept as often and as long as the clinic likes. The keys (`keys.json`) are
replaced by each backup and never kept twice: a conversation erased since has none there, and is noise in every older
file of words. The master key is in neither; it is in the file of secrets.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

from bot.atomic_file import write_whole
from bot.storage import conversations
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.tracker_tables import TrackerTurn
from bot.storage.sealing.sealed import ConversationKeyRow

KEYS_FILE = "keys.json"
_FORMAT = 1
_SQLITE = "sqlite:///"


class BackupFailed(Exception):
    """A backup or restore cannot be made; the text says why and what to do."""


@dataclass(frozen=True)
class Restored:
    """What came of a restore, in conversations: there again; erased since the backup; given up for want of a key."""

    conversations: int
    erased_since: int
    given_up: int = 0


def back_up(database: Database, folder: Path, now: datetime) -> Path:
    """Write the words into a new file and the keys over the last ones; returns the file of words.

    Raises:
        BackupFailed: when it cannot be made; the last backup is left as it was.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_sqlite = database.url.startswith(_SQLITE)
    words = folder / f"words-{now:%Y%m%dT%H%M%SZ}.{'db' if is_sqlite else 'dump'}"
    draft = words.with_suffix(".part")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        if is_sqlite:
            _copy_sqlite(Path(database.url.removeprefix(_SQLITE)), draft)
        else:
            # Rows of keys stay behind; the table itself is needed by the restore.
            _run_tool(
                "pg_dump", database.url, "--format=custom", "--exclude-table-data=conversation_key", f"--file={draft}"
            )
        # After the words: what began meanwhile has a key too many, and nothing has one too few.
        _write_keys(database, folder / KEYS_FILE)
        draft.rename(words)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(f"The backup could not be written: {error}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return words


def restore(database: Database, words: Path, keys: Path, *, gives_up: bool = False) -> Restored:
    """Bring a backup into an empty database, and leave out what was erased since it was made.

    Args:
        database: Empty, or a file that is not there yet.
        words: The file of words.
        keys: The newest file of keys.
        gives_up: Whether conversations whose master key is lost are left out as well, instead of refused.

    Raises:
        BackupFailed: when the database is not empty, a file cannot be used, or a master key is missing; nothing is
            written then.
    """
    wrapped = _read_keys(keys)
    if not words.is_file():
        raise BackupFailed(f"There is no file {words}.")
    lost = {name for name, (master, _) in wrapped.items() if not database.vault.knows(master)}
    if lost and not gives_up:
        raise BackupFailed(
            f"{len(lost)} conversation(s) of the backup are sealed under a master key that BOT_SECRET_FILE lacks: put "
            "the file of secrets that belongs to it there. If it is lost, --give-up restores all but these."
        )
    if database.url.startswith(_SQLITE):
        _restore_sqlite(database, words, Path(database.url.removeprefix(_SQLITE)))
    else:
        _require_empty(database)
        _run_tool("pg_restore", database.url, "--no-owner", "--exit-on-error", "--single-transaction", str(words))
        _bring_up_to_date(database, words)
    with database.write() as session:
        return _put_keys_back(session, wrapped, lost)


def _restore_sqlite(database: Database, words: Path, target: Path) -> None:
    if target.exists():
        raise BackupFailed(f"{target} exists: stop the service and move the file and those beside it away first.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
    except OSError as error:
        raise BackupFailed(f"{target} cannot be written ({error.strerror}): correct BOT_DATABASE_URL.") from error
    try:
        _copy_sqlite(words, target)
        _bring_up_to_date(database, words)
    except sqlite3.Error as error:
        target.unlink()
        raise BackupFailed(f"{words} is no backup of ours: {error}.") from error
    except BackupFailed:
        database.close()
        target.unlink()
        raise


def _bring_up_to_date(database: Database, words: Path) -> None:
    try:
        database.migrate()
    except CommandError as error:
        raise BackupFailed(
            f"{words} is of a newer version than this one ({error}): restore it with that one."
        ) from error


def _put_keys_back(session: Session, wrapped: Mapping[str, tuple[str, bytes]], lost: set[str]) -> Restored:
    known = set(session.scalars(select(Conversation.id)))
    talked = known | set(session.scalars(select(TrackerTurn.conversation_id).distinct()))
    session.execute(delete(ConversationKeyRow))
    rows = [
        {"conversation_id": name, "master": master, "wrapped": key}
        for name, (master, key) in wrapped.items()
        if name in talked - lost
    ]
    if rows:
        session.execute(insert(ConversationKeyRow), rows)
    erased = talked - wrapped.keys()
    for conversation_id in erased | (talked & lost):
        conversations.delete_all(session, conversation_id)
    return Restored(len(known - erased - lost), len(erased & known), len(known & lost))


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own copy of a database in use, without the rows of keys and without traces of them."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("DELETE FROM conversation_key")
        copy.commit()
        copy.execute("VACUUM")


def _write_keys(database: Database, path: Path) -> None:
    with database.read() as session:
        rows = session.execute(
            select(ConversationKeyRow.conversation_id, ConversationKeyRow.master, ConversationKeyRow.wrapped)
        ).all()
    keys = {name: [master, base64.b64encode(bytes(wrapped)).decode()] for name, master, wrapped in rows}
    write_whole(path, json.dumps({"format": _FORMAT, "keys": keys}), 0o600)


def _read_keys(path: Path) -> dict[str, tuple[str, bytes]]:
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError("another format")
        return {name: (master, base64.b64decode(key)) for name, (master, key) in content["keys"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFailed(f"{path} is not the {KEYS_FILE} of a backup; it lies beside the files of words.") from error


def _require_empty(database: Database) -> None:
    with database.engine.connect() as connection:
        if inspect(connection).has_table("conversation"):
            raise BackupFailed(
                "The database is not empty: name a new one in BOT_DATABASE_URL, or drop this one's tables."
            )


def _run_tool(name: str, url: str, *arguments: str) -> None:
    """PostgreSQL's own program; the password goes by the environment, for arguments are seen by every user."""
    if shutil.which(name) is None:
        raise BackupFailed(f"{name} is missing: install PostgreSQL's client programs (Debian: postgresql-client).")
    parts = make_url(url)
    password = parts.password or parts.query.get("password")
    environment = {**os.environ, "PGPASSWORD": str(password)} if password else None
    # With its options: without `sslmode`, say, a patient's words might travel in the clear.
    without = URL.create(
        "postgresql", parts.username, None, parts.host, parts.port, parts.database, parts.query
    ).difference_update_query(["password"])
    target = f"--dbname={without.render_as_string()}"
    done = subprocess.run([name, target, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupFailed(f"{name} failed: {done.stderr.strip()[-500:]}")
