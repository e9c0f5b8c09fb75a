"""Master keys over the whole database: whether all are there, and sealing conversations' keys under a new one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, func, select, update

from bot.settings import SettingsError
from bot.storage.database import Database
from bot.storage.sealing.sealed import ConversationKeyRow

BATCH = 500


def unknown_master_keys(database: Database) -> dict[str, int]:
    """Master keys that the file of secrets does not hold, and how many conversations each has sealed."""
    with database.read() as session:
        query = select(ConversationKeyRow.master, func.count()).group_by(ConversationKeyRow.master)
        return {master: count for master, count in session.execute(query) if not database.vault.knows(master)}


def require_keys(database: Database, path: Path) -> None:
    """Refuse to serve beside words that cannot be read.

    Raises:
        SettingsError: when a master key is missing.
    """
    missing = unknown_master_keys(database)
    if missing:
        count = sum(missing.values())
        raise SettingsError(
            [
                f"{path} lacks the key to {count} conversation(s) in the database: restore the file it belongs to. "
                "If that file is lost, so are their words: `bot keys give-up` deletes them, and the assistant starts."
            ]
        )


def rewrap(database: Database) -> int:
    """Seal all conversations' keys under the current master key; how many that were. It may run beside the service."""
    table, done = ConversationKeyRow, 0
    database.vault.refresh()
    current = database.vault.current
    while True:
        with database.write() as session:
            query = select(table.conversation_id, table.master, table.wrapped).where(table.master != current)
            rows = session.execute(query.limit(BATCH)).all()
            for conversation_id, master, wrapped in rows:
                key = database.vault.unwrap(conversation_id, master, wrapped)
                new_master, rewrapped = database.vault.wrap(conversation_id, key)
                session.execute(
                    update(table)
                    .where(table.conversation_id == conversation_id, table.master == master)
                    .values(master=new_master, wrapped=rewrapped)
                )
        done += len(rows)
        if len(rows) < BATCH:
            return done


def give_up(database: Database) -> list[str]:
    """Delete the keys that nothing can open any more; returns the conversations that are to be erased."""
    missing = list(unknown_master_keys(database))
    with database.write() as session:
        found = list(
            session.scalars(select(ConversationKeyRow.conversation_id).where(ConversationKeyRow.master.in_(missing)))
        )
        session.execute(delete(ConversationKeyRow).where(ConversationKeyRow.master.in_(missing)))
    return found
