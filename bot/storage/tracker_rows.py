"""Reading and writing turns of the dialogue's memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from bot.storage.base import table_of
from bot.storage.prepared import Prepared
from bot.storage.schema.tracker_tables import TrackerTurn
from bot.storage.sealing.sealed import keyring_of, place_of

_table = table_of(TrackerTurn)
# Statements of every message are made once (`bot.storage.conversations`).
_NEWEST_FIRST = Prepared(
    select(*(_table.c[name] for name in ("id", "number", "count", "begins", "sealed")))
    .where(_table.c.conversation_id == bindparam("conversation"))
    .order_by(_table.c.number.desc())
    .limit(bindparam("most"))
)
_LAST = Prepared(
    select(_table.c.id)
    .where(_table.c.conversation_id == bindparam("conversation"))
    .order_by(_table.c.number.desc())
    .limit(1)
)
_INSERT = Prepared(insert(_table).returning(_table.c.id))


@dataclass(frozen=True)
class Position:
    """Where a conversation's memory ends.

    Attributes:
        row: The id of its last row; never used twice, so equal ids mean an unchanged memory.
        events: How many events there are in all.
        turns: How many turns since the last one that reading may begin at, that one included.
    """

    row: int
    events: int
    turns: int


@dataclass(frozen=True)
class Turns:
    """The last turns of a conversation, oldest first, from one that reading may begin at."""

    position: Position
    contents: list[dict[str, Any]]


def last_row(connection: Connection, conversation_id: str) -> int | None:
    """The id of a conversation's last row."""
    row: int | None = _LAST.value(connection, {"conversation": conversation_id})
    return row


def read_turns(session: Session, conversation_id: str, in_view: int) -> Turns | None:
    """The last turns, at least `in_view` of them where there are as many; None when there is no memory.

    Raises:
        SealBroken: when they cannot be opened.
    """
    found = {"conversation": conversation_id, "most": 2 * in_view}
    rows = _NEWEST_FIRST.all(session.connection(), found)
    if not rows:
        return None
    begins = [place for place, row in enumerate(rows) if row.begins]
    # The newest beginning that leaves enough in view, else the oldest that was read.
    first = next((place for place in begins if place + 1 >= in_view), begins[-1] if begins else len(rows) - 1)
    key = keyring_of(session).key(session.connection(), conversation_id)
    contents = [
        key.open(place_of("tracker_turn", "sealed", row.number), bytes(row.sealed))
        for row in reversed(rows[: first + 1])
    ]
    since = begins[0] + 1 if begins else len(rows)
    return Turns(Position(rows[0].id, rows[0].number + rows[0].count, since), contents)


def add_turn(
    session: Session, conversation_id: str, at: Position | None, count: int, content: dict[str, Any], *, begins: bool
) -> Position:
    """Write a turn behind the others.

    Raises:
        IntegrityError: when another process has written one in the same place.
        SealBroken: when the conversation's key cannot be opened.
    """
    number = at.events if at else 0
    key = keyring_of(session).key_to_seal(session.connection(), conversation_id)
    row = {
        "conversation_id": conversation_id,
        "number": number,
        "count": count,
        "begins": begins,
        "sealed": key.seal(place_of("tracker_turn", "sealed", number), content),
    }
    row_id: int = _INSERT.value(session.connection(), row)
    return Position(row_id, number + count, 1 if begins or at is None else at.turns + 1)


def delete_turns(session: Session, conversation_id: str) -> None:
    """Delete the memory of a conversation. Only under Rasa's own lock, else it is written back."""
    session.execute(delete(TrackerTurn).where(TrackerTurn.conversation_id == conversation_id))


def conversations_with_memory(session: Session) -> list[str]:
    """All conversations that have a memory."""
    return list(session.scalars(select(TrackerTurn.conversation_id).distinct()))
