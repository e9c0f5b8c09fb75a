"""A conversation as staff read it: turn by turn, with what was made of each message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.reply import Reply
from bot.storage.record import UNREADABLE
from bot.storage.schema.conversation_tables import Choice, Conversation, Feedback, InboundMessage, OutboundMessage
from bot.storage.schema.turn_tables import TurnInspection, TurnRecord
from bot.storage.sealing.sealed import prefetch_keys, readable
from bot.storage.staff_side.undelivered import Delivery, deliveries_of


@dataclass(frozen=True)
class Told:
    """One reply.

    Attributes:
        reply: As it was stored; its buttons carry ids instead of payloads.
        helpful: How the patient rated it, if at all.
        delivery: How far it has come to the patient's messenger; None on the website.
    """

    entry: int
    at: datetime
    reply: dict[str, Any]
    helpful: bool | None
    delivery: Delivery | None = None

    def as_reply(self) -> Reply:
        """As a value, for what renders replies. A button's payload is its id then."""
        buttons = [{"title": b["title"], "payload": b["id"]} for b in self.reply.get("buttons", ())]
        return Reply.from_dict({**self.reply, "buttons": buttons})


@dataclass(frozen=True)
class Turn:
    """What a patient said and what came of it; the opening message is a turn without `said`.

    Attributes:
        inbound_id: Names the turn.
        said: The words, or a pressed button's title.
        record: None while it waits, and for turns of before records were kept.
        inspection: `bot.rasa_server.inspection`; {} when there is none.
    """

    inbound_id: int | None = None
    entry: int = 0
    at: datetime | None = None
    kind: str = ""
    said: str = ""
    state: str = "done"
    told: tuple[Told, ...] = ()
    record: TurnRecord | None = None
    inspection: dict[str, Any] = field(default_factory=dict)

    @property
    def is_pressed(self) -> bool:
        """Whether a button was pressed."""
        return self.kind == "button"


def turns_of(session: Session, conversation_id: str) -> list[Turn]:
    """All turns in order; [] when there is no such conversation or nothing of it may be shown any more."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or conversation.erase_requested is not None:
        return []
    prefetch_keys(session, [conversation_id])
    said = _rows(session, InboundMessage, conversation_id)
    told = session.execute(
        select(OutboundMessage, Feedback.helpful)
        .outerjoin(Feedback, Feedback.outbound_id == OutboundMessage.id)
        .where(OutboundMessage.conversation_id == conversation_id)
        .order_by(OutboundMessage.entry)
    )
    delivered = deliveries_of(session, conversation_id)
    replies: dict[int | None, list[Told]] = {}
    for row, helpful in told:
        if (reply := readable(row, "reply_json")) is not None:
            made = Told(row.entry, row.created, reply, helpful, delivered.get(row.id))
            replies.setdefault(row.in_reply_to, []).append(made)
    records = {row.inbound_id: row for row in _rows(session, TurnRecord, conversation_id)}
    inspected = _rows(session, TurnInspection, conversation_id)
    inspections = {row.inbound_id: readable(row, "inspection") or {} for row in inspected}
    opening = [Turn(told=tuple(replies[None]))] if None in replies else []
    return opening + [
        Turn(
            inbound_id=row.id,
            entry=row.entry,
            at=row.received_at,
            kind=row.kind,
            said=readable(row, "text") or UNREADABLE,
            state=row.state,
            told=tuple(replies.get(row.id, ())),
            record=records.get(row.id),
            inspection=inspections.get(row.id, {}),
        )
        for row in sorted(said, key=lambda row: row.entry)
    ]


def offered_choice(session: Session, conversation_id: str, title: str) -> str | None:
    """The id of the newest button with that title; None when none was offered."""
    prefetch_keys(session, [conversation_id])
    rows = session.execute(
        select(Choice, OutboundMessage.entry)
        .join(OutboundMessage, OutboundMessage.id == Choice.outbound_id)
        .where(Choice.conversation_id == conversation_id)
        .order_by(OutboundMessage.entry.desc())
    )
    return next((choice.id for choice, _ in rows if choice.title == title), None)


def _rows(session: Session, table: type[Any], conversation_id: str) -> list[Any]:
    return list(session.scalars(select(table).where(table.conversation_id == conversation_id)))
