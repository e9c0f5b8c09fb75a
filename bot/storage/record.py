"""The record of a conversation as the visitor sees it: messages and replies in one order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.storage.base import table_of
from bot.storage.prepared import Prepared
from bot.storage.schema.conversation_tables import Feedback, InboundMessage, OutboundMessage
from bot.storage.sealing.sealed import keyring_of, place_of
from bot.storage.sealing.vault import SealBroken

# For the clinic's staff; the page has no use for them.
NOT_SHOWN = ("rules", "record")
# So many entries are sent at once: a conversation grows for as long as somebody writes, and one request for all of it
# would hold up everybody else.
SHOWN = 400
# Stands for words that were changed in the database.
UNREADABLE = "…"


# More than any conversation has.
MANY = 2**30
# Every open page asks for them with every message: the statements are made once (`bot.storage.conversations`).
_inbound, _outbound = table_of(InboundMessage), table_of(OutboundMessage)
_SAID = Prepared(
    select(
        *(_inbound.c[name] for name in ("entry", "received_at", "client_message_id", "kind", "state", "sealed_text"))
    ).where(
        _inbound.c.conversation_id == bindparam("conversation"),
        _inbound.c.entry > bindparam("after"),
        _inbound.c.entry <= bindparam("last"),
    )
)
_TOLD = Prepared(
    select(
        *(_outbound.c[name] for name in ("entry", "created", "sealed_reply")),
        _inbound.c.entry.label("answered"),
        table_of(Feedback).c.helpful,
    )
    .select_from(
        _outbound.outerjoin(_inbound, _inbound.c.id == _outbound.c.in_reply_to).outerjoin(
            table_of(Feedback), table_of(Feedback).c.outbound_id == _outbound.c.id
        )
    )
    .where(
        _outbound.c.conversation_id == bindparam("conversation"),
        _outbound.c.entry > bindparam("after"),
        _outbound.c.entry <= bindparam("last"),
    )
)


@dataclass(frozen=True)
class Entry:
    """One line of the record.

    Attributes:
        number: Grows within the conversation; a client resumes after the last one it has.
        sender: "patient" or "bot".
        content: Plain JSON values, fit to be sent to the visitor.
    """

    number: int
    sender: str
    at: datetime
    content: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """As it crosses to the client."""
        return {"id": self.number, "from": self.sender, "at": self.at.isoformat(timespec="seconds"), **self.content}


def entry_of_message(number: int, received: datetime, client_id: str, kind: str, state: str, text: str | None) -> Entry:
    """A visitor's message as an entry; `text` is None when it cannot be read."""
    words = UNREADABLE if text is None else text
    return Entry(number, "patient", received, {"client_id": client_id, "kind": kind, "text": words, "state": state})


def entry_of_reply(
    number: int, created: datetime, answered: int | None, helpful: bool | None, reply: Mapping[str, Any]
) -> Entry:
    """A stored reply as an entry; `answered` is the number of the message it replies to."""
    shown = {name: value for name, value in reply.items() if name not in NOT_SHOWN}
    return Entry(number, "bot", created, {"in_reply_to": answered, "helpful": helpful, "reply": shown})


def entries_after(session: Session, conversation_id: str, after: int, most: int = MANY) -> list[Entry]:
    """The entries after a number, in order, at most so many."""
    connection, ids = session.connection(), {"conversation": conversation_id, "after": after, "last": after + most}
    said, told = _SAID.all(connection, ids), _TOLD.all(connection, ids)
    if not said and not told:
        return []
    opened = _opener(session, conversation_id)
    entries = []
    for row in said:
        text = opened("inbound_message", "sealed_text", row.entry, row.sealed_text)
        entries.append(entry_of_message(row.entry, row.received_at, row.client_message_id, row.kind, row.state, text))
    for row in told:
        reply = opened("outbound_message", "sealed_reply", row.entry, row.sealed_reply)
        if reply is None:
            continue  # The rest of the conversation is not lost to one reply that cannot be read.
        entries.append(entry_of_reply(row.entry, row.created, row.answered, row.helpful, reply))
    return sorted(entries, key=lambda entry: entry.number)


def _opener(session: Session, conversation_id: str) -> Callable[[str, str, int, bytes], Any]:
    """Opens the sealed words of a conversation's entries; None for those that cannot be opened."""
    try:
        key = keyring_of(session).key(session.connection(), conversation_id)
    except SealBroken:
        return lambda *_: None

    def opened(table: str, column: str, entry: int, sealed: bytes) -> Any:
        try:
            return key.open(place_of(table, column, entry), bytes(sealed))
        except SealBroken:
            return None

    return opened
