"""Links for guests without an account: to read one transcript or to try the assistant, until they expire."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.storage.schema.review_tables import ShareLink
from bot.storage.schema.staff_tables import Staff
from bot.storage.staff_side.staff import hash_token

TRANSCRIPT, TRY = "transcript", "try"


def make(
    session: Session, staff_id: int, now: datetime, valid: timedelta, conversation_id: str | None = None, note: str = ""
) -> tuple[int, str]:
    """A new link's number and token: to a transcript, or without a conversation to try the assistant."""
    token = secrets.token_urlsafe(32)
    row = ShareLink(
        token_hash=hash_token(token),
        kind=TRANSCRIPT if conversation_id else TRY,
        conversation_id=conversation_id,
        staff_id=staff_id,
        note=note[:80],
        created=now,
        expires=now + valid,
        opened=0,
    )
    session.add(row)
    session.flush()
    return row.id, token


def find_open(session: Session, token: str, now: datetime) -> ShareLink | None:
    """The link of a token, unless it is over or was revoked."""
    query = select(ShareLink).where(
        ShareLink.token_hash == hash_token(token), ShareLink.revoked.is_(None), ShareLink.expires > now
    )
    return session.scalar(query)


def count_opening(session: Session, link_id: int) -> None:
    """Note that somebody came by it."""
    session.execute(update(ShareLink).where(ShareLink.id == link_id).values(opened=ShareLink.opened + 1))


def revoke(session: Session, link_id: int, now: datetime) -> bool:
    """Close a link at once; returns whether it was there and open."""
    open_link = update(ShareLink).where(ShareLink.id == link_id, ShareLink.revoked.is_(None))
    return session.scalar(open_link.values(revoked=now).returning(ShareLink.id)) is not None


def links(session: Session, most: int = 200) -> list[tuple[ShareLink, str | None]]:
    """The newest links, each with who made it."""
    query = select(ShareLink, Staff.name).outerjoin(Staff, Staff.id == ShareLink.staff_id)
    return [(row, name) for row, name in session.execute(query.order_by(ShareLink.id.desc()).limit(most))]
