"""The outbox: replies, the choices they offer and what they ask to be recorded, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.conversation.reply import Reply
from bot.storage import shared_work, turn_records
from bot.storage.base import table_of
from bot.storage.conversations import next_entries
from bot.storage.inbox import ConversationClosed
from bot.storage.prepared import Prepared
from bot.storage.record import Entry, entry_of_reply
from bot.storage.schema.conversation_tables import Assessment, Choice, ContactRequest, Feedback, Gap, OutboundMessage
from bot.storage.sealing.sealed import place_of, seal
from bot.storage.sealing.search import index_words, words_of_reply

# Statements of every message are made once (`bot.storage.conversations`).
_INSERT_REPLY = Prepared(insert(table_of(OutboundMessage)).returning(table_of(OutboundMessage).c.id))
_INSERT_CHOICE, _INSERT_GAP = Prepared(insert(table_of(Choice))), Prepared(insert(table_of(Gap)))


def add_reply(session: Session, conversation_id: str, reply: Reply, in_reply_to: int | None, now: datetime) -> Entry:
    """Put one reply into the outbox, as `add_replies`."""
    (entry,) = add_replies(session, conversation_id, [reply], in_reply_to, now)
    return entry


def add_replies(
    session: Session,
    conversation_id: str,
    replies: Sequence[Reply],
    in_reply_to: int | None,
    now: datetime,
    answered_entry: int | None = None,
) -> list[Entry]:
    """Put replies into the outbox, in their order; returns them as pages are shown them.

    Args:
        session: A write session.
        conversation_id: Whose replies they are.
        replies: What is said.
        in_reply_to: The id of the message they reply to.
        now: The time.
        answered_entry: The number of that message's entry.

    Raises:
        ConversationClosed: when the conversation was erased meanwhile.
    """
    numbers = next_entries(session, conversation_id, len(replies))
    if numbers is None:
        raise ConversationClosed
    shared_work.tell(session, shared_work.ENTRIES, conversation_id)
    connection = session.connection()
    said: dict[int, dict[str, Any]] = {}
    offered: list[dict[str, Any]] = []
    gaps: list[dict[str, Any]] = []
    records: list[Any] = []

    def sealed(table: str, column: str, bound_to: object, value: Any) -> bytes:
        return seal(session, conversation_id, place_of(table, column, bound_to), value)

    for entry, reply in zip(numbers, replies, strict=True):
        choices = [(secrets.token_urlsafe(12), button) for button in reply.buttons]
        kept = said[entry] = reply.to_dict()
        kept.pop("record")
        kept["buttons"] = [{"id": choice_id, "title": button.title} for choice_id, button in choices]
        values = {
            "conversation_id": conversation_id,
            "entry": entry,
            "in_reply_to": in_reply_to,
            "created": now,
            "sealed_reply": sealed("outbound_message", "sealed_reply", entry, kept),
        }
        row_id = _INSERT_REPLY.value(connection, values)
        offered += [
            {
                "id": choice_id,
                "conversation_id": conversation_id,
                "outbound_id": row_id,
                "sealed_title": sealed("choice", "sealed_title", choice_id, button.title),
                "sealed_payload": sealed("choice", "sealed_payload", choice_id, button.payload),
            }
            for choice_id, button in choices
        ]
        gaps += _gaps(conversation_id, reply, in_reply_to, now)
        records += _records(conversation_id, reply, in_reply_to, now)
    words = {entry: words_of_reply(kept) for entry, kept in said.items()}
    index_words(session, conversation_id, words, now, are_ours=True)
    if offered:
        _INSERT_CHOICE.run(connection, *offered)
    if gaps:
        _INSERT_GAP.run(connection, *gaps)
    if records:
        session.add_all(records)
        session.flush()
    return [entry_of_reply(entry, now, answered_entry, None, kept) for entry, kept in said.items()]


def _gaps(conversation_id: str, reply: Reply, inbound_id: int | None, now: datetime) -> list[dict[str, Any]]:
    same = {"conversation_id": conversation_id, "inbound_id": inbound_id, "at": now}
    return [{**same, "subject": str(subject)[:200]} for subject in reply.record.get("gaps", ())]


def _records(conversation_id: str, reply: Reply, inbound_id: int | None, now: datetime) -> list[Any]:
    rows: list[Any] = []
    assessment, contact = reply.record.get("assessment"), reply.record.get("contact")
    if assessment:
        rows.append(
            Assessment(
                conversation_id=conversation_id,
                tier=str(assessment.get("tier", reply.tier or ""))[:60],
                rules=list(assessment.get("rules", reply.rules)),
                version=str(assessment.get("rules_version", ""))[:100],
                answers=dict(assessment.get("answers", {})),
                at=now,
            )
        )
    if contact:
        rows.append(
            ContactRequest(conversation_id=conversation_id, inbound_id=inbound_id, details=dict(contact), at=now)
        )
    return rows


def rate(session: Session, conversation_id: str, entry: int, helpful: bool, now: datetime) -> bool:
    """Keep whether a reply helped. False when this conversation has no such reply."""
    outbound_id = session.scalar(
        select(OutboundMessage.id).where(
            OutboundMessage.conversation_id == conversation_id, OutboundMessage.entry == entry
        )
    )
    if outbound_id is None:
        return False
    session.merge(Feedback(outbound_id=outbound_id, conversation_id=conversation_id, helpful=helpful, at=now))
    session.flush()
    turn_records.count_feedback(session, conversation_id)
    return True
