"""How long each kind of thing is kept, and what goes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from bot.settings import Settings
from bot.storage.inbox import WAITING
from bot.storage.schema.conversation_tables import Assessment, Conversation, InboundMessage
from bot.storage.schema.every_table import METADATA
from bot.storage.sealing.sealed import destroy_key

# What stays of a conversation whose words are gone, while its assessments are kept.
_OUTLIVES_WORDS = frozenset({"conversation", "assessment"})


@dataclass(frozen=True)
class Retention:
    """How long things are kept: words after the last visit, assessments after they were made."""

    words: timedelta
    assessments: timedelta

    @classmethod
    def of(cls, settings: Settings) -> Retention:
        """As set; assessments go with the words unless they have a time of their own."""
        words = timedelta(days=settings.retention_days)
        return cls(words, timedelta(days=settings.assessment_days) if settings.assessment_days else words)


@dataclass(frozen=True)
class Expiry:
    """What goes, and when: "words" (all of a conversation but its assessments) or "assessments"."""

    conversation_id: str
    channel: str
    kind: str
    last_seen: datetime
    at: datetime


def upcoming(session: Session, retention: Retention, until: datetime, most: int = 1000) -> list[Expiry]:
    """What expires until then, soonest first; what has expired already is included."""
    words = (
        select(Conversation)
        .where(
            Conversation.last_seen < until - retention.words,
            Conversation.erase_requested.is_(None),
            Conversation.words_erased.is_(None),
        )
        .order_by(Conversation.last_seen)
        .limit(most)
    )
    found = [
        Expiry(row.id, row.channel, "words", row.last_seen, row.last_seen + retention.words)
        for row in session.scalars(words)
    ]
    newest = func.max(Assessment.at)
    assessments = (
        select(Conversation, newest)
        .join(Assessment, Assessment.conversation_id == Conversation.id)
        .where(Conversation.erase_requested.is_(None))
        .group_by(Conversation.id)
        .having(newest < until - retention.assessments)
        .order_by(newest)
        .limit(most)
    )
    found += [
        Expiry(row.id, row.channel, "assessments", row.last_seen, at + retention.assessments)
        for row, at in session.execute(assessments)
    ]
    return sorted(found, key=lambda expiry: expiry.at)[:most]


def drop_old_assessments(session: Session, retention: Retention, now: datetime) -> int:
    """Delete the assessments whose time is over; how many that were."""
    result = session.execute(delete(Assessment).where(Assessment.at < now - retention.assessments))
    return int(getattr(result, "rowcount", 0))


def due(session: Session, retention: Retention, now: datetime) -> list[str]:
    """Conversations of which nothing is to be kept any more, or nothing but assessments."""
    has_assessments = exists().where(Assessment.conversation_id == Conversation.id)
    query = select(Conversation.id).where(
        Conversation.last_seen < now - retention.words,
        Conversation.erase_requested.is_(None),
        # Whose words are gone already is kept for its assessments alone.
        Conversation.words_erased.is_(None) | ~has_assessments,
    )
    return list(session.scalars(query))


def expire_words(session: Session, conversation_id: str, retention: Retention, now: datetime) -> bool | None:
    """Erase the words of a conversation where its assessments are kept longer.

    Returns:
        True when that was done, False when nothing is to be kept, so that all of it can be erased, and None when the
        visitor came back meanwhile.
    """
    conversation = session.get(Conversation, conversation_id, with_for_update=True)
    if conversation is None or conversation.last_seen >= now - retention.words:
        return None
    assessments = list(session.scalars(select(Assessment).where(Assessment.conversation_id == conversation_id)))
    is_waiting = exists().where(InboundMessage.conversation_id == conversation_id, InboundMessage.state.in_(WAITING))
    if not assessments or session.scalar(select(is_waiting)):
        return False
    answers = [assessment.answers for assessment in assessments]
    # With the old key older backups could still be read; the answers are sealed anew under a new one.
    destroy_key(session, conversation_id)
    for table in reversed(METADATA.sorted_tables):
        if "conversation_id" in table.columns and table.name not in _OUTLIVES_WORDS:
            session.execute(delete(table).where(table.c.conversation_id == conversation_id))
    for assessment, kept in zip(assessments, answers, strict=True):
        assessment.answers = kept
    session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(words_erased=now, ended=now, last_entry=0)
    )
    session.flush()
    return True
