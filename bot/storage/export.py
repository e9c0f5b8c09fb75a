"""Everything kept about a conversation, as plain values: for the patient who asks for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage import consents, record, tracker_rows
from bot.storage.tables import Assessment, ContactRequest, Conversation, Gap

# More turns than any conversation has.
_ALL = 1_000_000


def export_conversation(session: Session, conversation_id: str) -> dict[str, Any] | None:
    """All there is of a conversation; None when there is none.

    Raises:
        SealBroken: when some of it cannot be opened.
    """
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        return None
    consent = consents.text_shown(session, conversation_id)
    turns = tracker_rows.read_turns(session, conversation_id, _ALL)
    return {
        "conversation": {
            "id": conversation.id,
            "channel": conversation.channel,
            "created": _moment(conversation.created),
            "last_seen": _moment(conversation.last_seen),
            "ended": _moment(conversation.ended),
            "words_erased": _moment(conversation.words_erased),
        },
        "consent": {"version": consent.version, "text": consent.text} if consent else None,
        "entries": [entry.to_dict() for entry in record.entries_after(session, conversation_id, 0)],
        "assessments": [
            {
                "tier": row.tier,
                "rules": row.rules,
                "version": row.version,
                "answers": row.answers,
                "at": _moment(row.at),
            }
            for row in session.scalars(select(Assessment).where(Assessment.conversation_id == conversation_id))
        ],
        "open_questions": [
            {"subject": row.subject, "at": _moment(row.at)}
            for row in session.scalars(select(Gap).where(Gap.conversation_id == conversation_id))
        ],
        "contact_requests": [
            {"details": row.details, "at": _moment(row.at)}
            for row in session.scalars(select(ContactRequest).where(ContactRequest.conversation_id == conversation_id))
        ],
        "memory": turns.contents if turns else [],
    }


def _moment(at: Any) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
