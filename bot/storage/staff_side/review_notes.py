"""What staff do with a conversation: flag, tag, comment, mark as reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage.record import UNREADABLE
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.schema.review_tables import ConversationComment, ConversationTag
from bot.storage.schema.staff_tables import Staff
from bot.storage.schema.turn_tables import ConversationSummary
from bot.storage.sealing.sealed import readable

TAG = re.compile(r"[a-z0-9][a-z0-9 _-]{0,38}[a-z0-9]|[a-z0-9]")
LONGEST_COMMENT = 2000


class NotNoted(Exception):
    """What was asked for cannot be kept; the text says why."""


@dataclass(frozen=True)
class Comment:
    """A comment as it is shown."""

    id: int
    who: str | None
    at: datetime
    text: str
    inbound_id: int | None


@dataclass(frozen=True)
class Notes:
    """Everything staff noted about a conversation."""

    line: ConversationSummary | None
    reviewer: str | None
    tags: tuple[str, ...]
    comments: tuple[Comment, ...]


def notes_of(session: Session, conversation_id: str) -> Notes:
    """All notes of a conversation."""
    line = session.get(ConversationSummary, conversation_id)
    reviewer = session.get(Staff, line.reviewed_by) if line is not None and line.reviewed_by else None
    tags = select(ConversationTag.tag).where(ConversationTag.conversation_id == conversation_id)
    rows = session.execute(
        select(ConversationComment, Staff.name)
        .outerjoin(Staff, Staff.id == ConversationComment.staff_id)
        .where(ConversationComment.conversation_id == conversation_id)
        .order_by(ConversationComment.id)
    )
    return Notes(
        line=line,
        reviewer=reviewer.name if reviewer else None,
        tags=tuple(session.scalars(tags.order_by(ConversationTag.tag))),
        comments=tuple(
            Comment(row.id, name, row.at, readable(row, "text") or UNREADABLE, row.inbound_id) for row, name in rows
        ),
    )


def flag(session: Session, conversation_id: str, *, on: bool) -> None:
    """Ask others to look at it, or no longer."""
    _line(session, conversation_id).flagged = on


def mark_reviewed(session: Session, conversation_id: str, staff_id: int | None, now: datetime) -> None:
    """Somebody is through with it; None takes that back."""
    line = _line(session, conversation_id)
    line.reviewed, line.reviewed_by = (now, staff_id) if staff_id is not None else (None, None)


def tag(session: Session, conversation_id: str, text: str) -> str:
    """Put a tag on it; returns the tag.

    Raises:
        NotNoted: when the text is no tag.
    """
    _line(session, conversation_id)
    word = " ".join(text.lower().split())
    if not TAG.fullmatch(word):
        raise NotNoted("A tag has up to 40 letters, digits, spaces, dashes or underscores.")
    session.merge(ConversationTag(conversation_id=conversation_id, tag=word))
    return word


def untag(session: Session, conversation_id: str, word: str) -> None:
    """Take a tag off it."""
    session.execute(
        delete(ConversationTag).where(ConversationTag.conversation_id == conversation_id, ConversationTag.tag == word)
    )


def comment(
    session: Session, conversation_id: str, staff_id: int, text: str, now: datetime, inbound_id: int | None = None
) -> None:
    """Note something about it, or about one message.

    Raises:
        NotNoted: when there is nothing to note, or too much, or the message is another conversation's.
    """
    _line(session, conversation_id)
    if not text or len(text) > LONGEST_COMMENT:
        raise NotNoted(f"A comment has up to {LONGEST_COMMENT} characters.")
    about = session.get(InboundMessage, inbound_id) if inbound_id is not None else None
    if inbound_id is not None and (about is None or about.conversation_id != conversation_id):
        raise NotNoted("The message is not one of this conversation.")
    session.add(
        ConversationComment(
            conversation_id=conversation_id, staff_id=staff_id, text=text, at=now, inbound_id=inbound_id
        )
    )
    session.flush()


def _line(session: Session, conversation_id: str) -> ConversationSummary:
    line = session.get(ConversationSummary, conversation_id)
    if line is None:
        raise NotNoted("This conversation has no message yet, or was erased.")
    return line
