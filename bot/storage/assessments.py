"""Finished checks, as they were recorded."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.conversations import conversations_of
from bot.storage.schema.conversation_tables import Assessment


def latest_of(session: Session, visitor: str) -> Assessment | None:
    """The visitor's newest finished check, also from a conversation that was started over."""
    newest = (
        select(Assessment)
        .where(Assessment.conversation_id.in_(conversations_of(session, visitor)))
        .order_by(Assessment.id.desc())
        .limit(1)
    )
    return session.scalar(newest)
