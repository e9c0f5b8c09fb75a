"""What staff note about conversations, and what waits for them: tags, comments, filters, share links, alerts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base, Moment
from bot.storage.sealing.sealed import Sealed, SealedRow


class ConversationTag(Base):
    """A word staff put on a conversation."""

    __tablename__ = "conversation_tag"
    __table_args__ = (Index(None, "tag"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True)


class ConversationComment(SealedRow, Base):
    """What a member of staff noted about a conversation, or about one message in it."""

    __tablename__ = "conversation_comment"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)

    text = Sealed[str]("sealed_text")


class SavedFilter(Base):
    """A set of conditions of the review list under a name; each member of staff has their own."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    conditions: Mapped[dict[str, Any]] = mapped_column(JSON)


class ShareLink(Base):
    """A link for a guest without an account: one transcript to read, or the assistant to try.

    Attributes:
        kind: "transcript" or "try".
        conversation_id: The transcript's; None for "try".
        staff_id: Who made it.
    """

    __tablename__ = "share_link"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(String(80), default="")
    created: Mapped[datetime] = mapped_column(Moment)
    expires: Mapped[datetime] = mapped_column(Moment)
    revoked: Mapped[datetime | None] = mapped_column(Moment)
    opened: Mapped[int] = mapped_column(default=0)


class SafetyAlert(Base):
    """A conversation with a danger sign that somebody should look at. One is open per conversation at a time.

    Attributes:
        tier: "emergency" or "urgent", the graver when there were several; `tier_rank` orders them.
        rules: Ids of the criteria that fired.
        at: The latest sign; `first` the first one.
        count: How many messages since it opened had one.
        acknowledged, acknowledged_by: When somebody took it on, and who.
        notice: How far the notice outside is: "none" (not set up), "waiting", "sent" or "failed".
        notice_due: When it is tried next.
    """

    __tablename__ = "safety_alert"
    __table_args__ = (
        Index("ix_safety_alert_open", "acknowledged", "tier_rank", "at"),
        Index(None, "notice", "notice_due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    tier: Mapped[str] = mapped_column(String(60))
    tier_rank: Mapped[int]
    rules: Mapped[list[str]] = mapped_column(JSON)
    first: Mapped[datetime] = mapped_column(Moment)
    at: Mapped[datetime] = mapped_column(Moment)
    count: Mapped[int] = mapped_column(default=1)
    acknowledged: Mapped[datetime | None] = mapped_column(Moment)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    notice: Mapped[str] = mapped_column(String(10), default="waiting")
    notice_attempts: Mapped[int] = mapped_column(default=0)
    notice_due: Mapped[datetime | None] = mapped_column(Moment)
