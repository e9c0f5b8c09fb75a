"""Beginning, finding, ending and erasing conversations."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from bot.storage import shared_work
from bot.storage.base import table_of
from bot.storage.prepared import Prepared
from bot.storage.schema.conversation_tables import (
    Assessment,
    ContactRequest,
    Conversation,
    Feedback,
    Gap,
    InboundMessage,
    OutboundMessage,
)
from bot.storage.schema.every_table import METADATA
from bot.storage.sealing.sealed import destroy_key

KEY_BYTES = 24


_table = table_of(Conversation)
# Statements of every message are made once: SQLAlchemy takes longer to put one together than SQLite to run it.
_TOUCH = Prepared(update(_table).where(_table.c.id == bindparam("conversation")).values(last_seen=bindparam("now")))
_NEXT_ENTRIES = Prepared(
    update(_table)
    .where(_table.c.id == bindparam("conversation"), _table.c.erase_requested.is_(None))
    .values(last_entry=_table.c.last_entry + bindparam("many", type_=Integer))
    .returning(_table.c.last_entry)
)
_FIND_OPEN = select(Conversation).where(
    Conversation.key_hash == bindparam("key_hash"),
    Conversation.ended.is_(None),
    Conversation.erase_requested.is_(None),
    Conversation.last_seen >= bindparam("seen_after"),
)
_ENTER = Prepared(
    update(_table)
    .where(
        _table.c.key_hash == bindparam("known_hash"),
        _table.c.ended.is_(None),
        _table.c.erase_requested.is_(None),
        _table.c.last_seen >= bindparam("seen_after"),
    )
    .values(last_seen=bindparam("now"), last_entry=_table.c.last_entry + 1)
    .returning(_table.c.id, _table.c.last_entry)
)
_STANDING = Prepared(select(_table.c.last_entry, _table.c.ended).where(_table.c.id == bindparam("conversation")))


@dataclass(frozen=True)
class Begun:
    """A new conversation, and the key that opens it: 192 random bits, known to the visitor's cookie alone."""

    id: str
    key: str


def new_id() -> str:
    """An id that nobody guesses, and that `bot conversations export` does not take for an option: without a hyphen."""
    return secrets.token_urlsafe(16).replace("-", "_")


def begin(
    session: Session, channel: str, now: datetime, visitor: str | None = None, consent_version: str | None = None
) -> Begun:
    """Begin a conversation under an id that opens nothing and a key that is not kept.

    Args:
        session: A write session.
        channel: Where the visitor writes from.
        now: The time.
        visitor: Whose conversation it is, when the visitor had one before.
        consent_version: Which text about what is kept the visitor is shown.
    """
    begun = Begun(new_id(), secrets.token_urlsafe(KEY_BYTES))
    session.add(
        Conversation(
            id=begun.id,
            visitor=visitor or begun.id,
            channel=channel,
            key_hash=hash_key(begun.key),
            created=now,
            last_seen=now,
            last_entry=0,
            consent_version=consent_version,
        )
    )
    session.flush()
    return begun


def hash_key(key: str) -> str:
    """What is kept of a key. It is random and long, so a plain hash cannot be searched."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_open(session: Session, key: str, seen_after: datetime) -> Conversation | None:
    """The conversation that `key` opens, unless it was ended, erased or left alone too long."""
    return session.scalar(_FIND_OPEN, {"key_hash": hash_key(key), "seen_after": seen_after})


def enter(session: Session, key: str, seen_after: datetime, now: datetime) -> tuple[str, int] | None:
    """Note that the visitor was here and has something to say.

    The id of the conversation that `key` opens, as `find_open`, and the number of the entry to come, as `next_entries`.
    """
    values = {"known_hash": hash_key(key), "seen_after": seen_after, "now": now}
    row = _ENTER.first(session.connection(), values)
    return (row.id, row.last_entry) if row is not None else None


def standing(session: Session, conversation_id: str) -> tuple[int, bool]:
    """The number of a conversation's newest entry, and whether it is open; 0 and False when there is none."""
    row = _STANDING.first(session.connection(), {"conversation": conversation_id})
    return (row.last_entry, row.ended is None) if row is not None else (0, False)


def kept(session: Session, conversation_id: str) -> Conversation | None:
    """A conversation by its id, unless it is being erased."""
    found = session.get(Conversation, conversation_id)
    return found if found is not None and found.erase_requested is None else None


def touch(session: Session, conversation_id: str, now: datetime) -> None:
    """Note that the visitor was here."""
    _TOUCH.run(session.connection(), {"conversation": conversation_id, "now": now})


def end(session: Session, conversation_id: str, now: datetime) -> None:
    """Close a conversation for good; the visitor has started over."""
    shared_work.tell(session, shared_work.ENTRIES, conversation_id)
    session.execute(update(Conversation).where(Conversation.id == conversation_id).values(ended=now))


def next_entries(session: Session, conversation_id: str, many: int = 1) -> range | None:
    """The numbers of the next entries, or None when the conversation is gone or may not be written to.

    The row stays locked until the transaction ends, so entries become visible in the order of their numbers.
    """
    ids = {"conversation": conversation_id, "many": many}
    last: int | None = _NEXT_ENTRIES.value(session.connection(), ids)
    return None if last is None else range(last - many + 1, last + 1)


def conversations_of(session: Session, visitor: str) -> list[str]:
    """All conversations of a visitor, those started over included."""
    return list(session.scalars(select(Conversation.id).where(Conversation.visitor == visitor)))


def kept_about(session: Session, visitor: str) -> dict[str, int]:
    """How much of each sort is kept about a visitor."""
    conversations = conversations_of(session, visitor)

    def count(table: type[Any]) -> int:
        query = select(func.count()).select_from(table).where(table.conversation_id.in_(conversations))
        return session.scalar(query) or 0

    return {
        "conversations": len(conversations),
        "messages": count(InboundMessage),
        "replies": count(OutboundMessage),
        "open_questions": count(Gap),
        "assessments": count(Assessment),
        "feedback": count(Feedback),
        "contact_requests": count(ContactRequest),
    }


def shut_for_erasure(session: Session, conversation_id: str, now: datetime) -> None:
    """Destroy the key of all that was said, and let nobody read or write there any more; quick, however long it is."""
    shared_work.tell(session, shared_work.ENTRIES, conversation_id)
    destroy_key(session, conversation_id)
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(erase_requested=now, ended=now, last_entry=0)
    )


def request_erasure(session: Session, conversation_id: str, now: datetime) -> None:
    """Delete all that was said, its key first; the bare conversation stays until Rasa has forgotten it too."""
    shut_for_erasure(session, conversation_id, now)
    _delete_parts(session, conversation_id)


def delete_all(session: Session, conversation_id: str) -> None:
    """Delete a conversation with all its parts at once; only where no Rasa works on this database."""
    _delete_parts(session, conversation_id)
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))


def _delete_parts(session: Session, conversation_id: str) -> None:
    destroy_key(session, conversation_id)
    for table in reversed(METADATA.sorted_tables):
        if "conversation_id" in table.columns:
            session.execute(delete(table).where(table.c.conversation_id == conversation_id))


def awaiting_erasure(session: Session) -> list[str]:
    """Conversations that Rasa has not yet forgotten."""
    return list(session.scalars(select(Conversation.id).where(Conversation.erase_requested.is_not(None))))


def finish_erasure(session: Session, conversation_id: str) -> None:
    """Delete the last row of a conversation."""
    # A message that was in flight may have made a key once more.
    destroy_key(session, conversation_id)
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))
