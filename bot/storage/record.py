"""The record of a conversation as the visitor sees it: messages and replies in one order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.tables import Feedback, InboundMessage, OutboundMessage
from bot.storage.vault import SealBroken

# For the clinic's staff; the page has no use for them.
NOT_SHOWN = ("rules", "record")
# So many entries are sent at once: a conversation grows for as long as somebody writes, and one request for all of it
# would hold up everybody else.
SHOWN = 400
# Stands for words that were changed in the database.
UNREADABLE = "…"


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


def entries_after(session: Session, conversation_id: str, after: int, most: int = 2**30) -> list[Entry]:
    """The entries after a number, in order, at most so many."""
    said = session.execute(
        select(InboundMessage).where(
            InboundMessage.conversation_id == conversation_id,
            InboundMessage.entry > after,
            InboundMessage.entry <= after + most,
        )
    ).scalars()
    entries = [
        Entry(
            row.entry,
            "patient",
            row.received_at,
            {"client_id": row.client_message_id, "kind": row.kind, "text": _words(row), "state": row.state},
        )
        for row in said
    ]
    told = session.execute(
        select(OutboundMessage, InboundMessage.entry, Feedback.helpful)
        .outerjoin(InboundMessage, InboundMessage.id == OutboundMessage.in_reply_to)
        .outerjoin(Feedback, Feedback.outbound_id == OutboundMessage.id)
        .where(
            OutboundMessage.conversation_id == conversation_id,
            OutboundMessage.entry > after,
            OutboundMessage.entry <= after + most,
        )
    )
    for row, answered, helpful in told:
        try:
            reply = row.reply_json
        except SealBroken:
            continue  # The rest of the conversation is not lost to one reply that cannot be read.
        shown = {name: value for name, value in reply.items() if name not in NOT_SHOWN}
        content = {"in_reply_to": answered, "helpful": helpful, "reply": shown}
        entries.append(Entry(row.entry, "bot", row.created, content))
    return sorted(entries, key=lambda entry: entry.number)


def _words(row: InboundMessage) -> str:
    try:
        return row.text
    except SealBroken:
        return UNREADABLE
