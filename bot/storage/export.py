"""What is kept about a person, as plain values: for the patient who asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage import consents, record, tracker_rows
from bot.storage.schema.conversation_tables import (
    Assessment,
    ContactRequest,
    Conversation,
    Feedback,
    Gap,
    InboundMessage,
    OutboundMessage,
)
from bot.storage.schema.messenger_tables import MessengerContact, MessengerDelivery
from bot.storage.schema.review_tables import ConversationComment, ConversationTag, SafetyAlert, ShareLink
from bot.storage.schema.turn_tables import ConversationSummary, TurnInspection, TurnRecord
from bot.storage.sealing.sealed import prefetch_keys

# More turns than any conversation has.
_ALL = 1_000_000
_NOT_OF_A_TURN = frozenset({"inbound_id", "conversation_id", "channel", "is_test"})
# Each part of an export: its table, and what it holds of each row. Which member of staff did it is never among it.
PARTS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "assessments": (Assessment, ("tier", "rules", "version", "answers", "at")),
    "open_questions": (Gap, ("subject", "at")),
    "contact_requests": (ContactRequest, ("details", "at", "status", "handled")),
    "ratings": (Feedback, ("helpful", "at")),
    "understood": (TurnRecord, tuple(c.name for c in TurnRecord.__table__.columns if c.name not in _NOT_OF_A_TURN)),
    "understood_in_full": (TurnInspection, ("inspection",)),
    "danger_signs": (SafetyAlert, ("tier", "rules", "first", "at", "count", "acknowledged", "notice")),
    "review": (
        ConversationSummary,
        (
            *("started", "last", "turns", "tier", "lowest", "fallbacks", "clarifies", "failures"),
            *("helpful", "unhelpful", "reviewed", "flagged"),
        ),
    ),
    "shown_to_guests": (ShareLink, ("kind", "note", "created", "expires", "revoked", "opened")),
    "messenger": (MessengerContact, ("channel", "last_heard", "stopped")),
    "deliveries": (MessengerDelivery, ("state", "parts_sent", "attempts", "reason", "at")),
    "tags": (ConversationTag, ("tag",)),
    "comments": (ConversationComment, ("text", "at")),
}
# What staff wrote may speak of others too: somebody has to read it before it is handed out.
OF_STAFF = ("tags", "comments")
# What has a place of its own in an export, by table.
_ELSEWHERE = ("inbound_message", "outbound_message", "tracker_turn")
# What is kept and left out, by table, and why; a part of every export.
LEFT_OUT = {
    "conversation_key": "the key that the words are sealed with: whoever has it and a copy of the database reads them",
    "choice": "what a button does inside the program; its title stands with the reply that offered it",
    "turn_topic": "the same topics as in `understood`",
    "conversation_topic": "the same topics as in `understood`",
    "word_token": "hashes of the words in `entries`, by which they are found",
    "words_to_index": "the same for some seconds",
    "audit_entry": "which member of staff opened or changed the conversation: about staff, without any words",
    "staff": "the names of those who noted or reviewed something: about staff",
    "messenger_event": "hashes by which a messenger's repeated events are recognised, linked to nobody",
}
NOT_HANDED_OUT = "what staff noted may speak of others: the clinic hands it out when it is asked"
ADDRESS = "the address at the messenger is the one that the person writes from; it is sealed and opened to send alone"


def tables_in_an_export() -> set[str]:
    """The tables that an export holds something of, or names as left out."""
    return {table.__tablename__ for table, _ in PARTS.values()} | set(_ELSEWHERE) | set(LEFT_OUT)


def export_conversation(session: Session, conversation_id: str, *, of_staff: bool = True) -> dict[str, Any] | None:
    """All there is of a conversation; None when there is none.

    Args:
        session: A read session.
        conversation_id: Which.
        of_staff: Whether what staff noted is in it.

    Raises:
        SealBroken: when some of it cannot be opened.
    """
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        return None
    prefetch_keys(session, [conversation_id])
    consent = consents.text_shown(session, conversation_id)
    turns = tracker_rows.read_turns(session, conversation_id, _ALL)
    names = [name for name in PARTS if of_staff or name not in OF_STAFF]
    return {
        "conversation": _values(
            conversation, ("id", "channel", "created", "last_seen", "ended", "words_erased", "is_test")
        ),
        "consent": {"version": consent.version, "text": consent.text} if consent else None,
        "entries": [entry.to_dict() for entry in record.entries_after(session, conversation_id, 0)],
        **_parts(session, conversation_id, names),
        "memory": turns.contents if turns else [],
        "left_out": {**LEFT_OUT, "address": ADDRESS, **({} if of_staff else dict.fromkeys(OF_STAFF, NOT_HANDED_OUT))},
    }


def _parts(session: Session, conversation_id: str, names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Rows that belong to a message or a reply name it by the number it has among the entries."""
    entries: dict[str, dict[int, int]] = {}
    for column, said in (("inbound_id", InboundMessage), ("outbound_id", OutboundMessage)):
        numbers = session.execute(select(said.id, said.entry).where(said.conversation_id == conversation_id))
        entries[column] = {row.id: row.entry for row in numbers}
    found: dict[str, list[dict[str, Any]]] = {}
    for name in names:
        table, columns = PARTS[name]
        rows = session.scalars(
            select(table).where(table.conversation_id == conversation_id).order_by(*table.__table__.primary_key)
        )
        found[name] = [{**_entry_of(row, entries), **_values(row, columns)} for row in rows]
    return found


def _entry_of(row: Any, entries: Mapping[str, Mapping[int, int]]) -> dict[str, int]:
    for column, numbers in entries.items():
        if (number := numbers.get(getattr(row, column, None) or 0)) is not None:
            return {"entry": number}
    return {}


def _values(row: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in columns}
    return {
        name: value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for name, value in values.items()
    }
