"""The tables, all ours; Rasa keeps its own `events` beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base, Moment
from bot.storage.sealing.sealed import Sealed, SealedRow

__all__ = ["Base", "Moment"]


# Written into the queries as it stands here: SQLite uses an index of some rows only for the very same words.
WAITS = "state IN ('pending', 'processing')"


def _owner(*, index: bool = True) -> Mapped[str]:
    return mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=index)


class Conversation(Base):
    """One visitor's talk on one channel.

    Attributes:
        id: Names the conversation in logs and to Rasa; opens nothing.
        key_hash: SHA-256 of the random key in the visitor's cookie; the key itself is not kept.
        last_entry: Number of the newest entry. Visitor's messages and replies share one count, which is what
            a client resumes from.
        visitor: Shared by the conversations that one visitor began by "start over", so that erasing finds them all.
        ended: Closed by "start over"; it can no longer be written to.
        consent_version: Which text about what is kept the visitor was shown (`bot.storage.consents`).
        is_test: Staff are trying the assistant; never counted among patients' conversations.
        words_erased: Its time was over and only its assessments are kept (`bot.storage.retention`).
        erase_requested: Nothing of it may be shown again; what Rasa keeps goes as soon as Rasa can be reached.
    """

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment, index=True)
    ended: Mapped[datetime | None] = mapped_column(Moment)
    erase_requested: Mapped[datetime | None] = mapped_column(Moment)
    last_entry: Mapped[int] = mapped_column(default=0)
    consent_version: Mapped[str | None] = mapped_column(String(16))
    words_erased: Mapped[datetime | None] = mapped_column(Moment)
    is_test: Mapped[bool] = mapped_column(default=False, server_default=false())


class InboundMessage(SealedRow, Base):
    """The inbox: what a visitor said, once per client message id, and how far we are with it."""

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        UniqueConstraint("conversation_id", "entry"),
        # The few that wait: whoever looks for them, or whether a conversation has any, looks at nothing else.
        Index(
            "ix_inbound_message_waiting",
            "conversation_id",
            sqlite_where=text(WAITS),
            postgresql_where=text(WAITS),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    # Found by conversation through the constraints; an index of its own would be one more to keep.
    conversation_id: Mapped[str] = _owner(index=False)
    entry: Mapped[int]
    client_message_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(10))
    sealed_text: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    handled_at: Mapped[datetime | None] = mapped_column(Moment)

    __sealed_to__ = ("entry",)
    text = Sealed[str]("sealed_text")
    payload = Sealed[str | None]("sealed_payload")


class OutboundMessage(SealedRow, Base):
    """The outbox: what the visitor is shown. `entry` grows within a conversation and is the id of its event."""

    __tablename__ = "outbound_message"
    __table_args__ = (UniqueConstraint("conversation_id", "entry"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner(index=False)
    entry: Mapped[int]
    sealed_reply: Mapped[bytes] = mapped_column(LargeBinary)
    in_reply_to: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)

    __sealed_to__ = ("entry",)
    reply_json = Sealed[dict[str, Any]]("sealed_reply")


class Choice(SealedRow, Base):
    """A button offered in one conversation: the client knows the id, only we know the payload."""

    __tablename__ = "choice"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = _owner()
    outbound_id: Mapped[int] = mapped_column(ForeignKey("outbound_message.id", ondelete="CASCADE"), index=True)
    sealed_title: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_payload: Mapped[bytes] = mapped_column(LargeBinary)

    __sealed_to__ = ("id",)
    title = Sealed[str]("sealed_title")
    payload = Sealed[str]("sealed_payload")


class Gap(Base):
    """A question the article leaves open."""

    __tablename__ = "gap"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)


class Assessment(SealedRow, Base):
    """A finished suitability check, with the rules that drove it and the version they had."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    tier: Mapped[str] = mapped_column(String(60))
    rules: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[str] = mapped_column(String(100))
    sealed_answers: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)

    answers = Sealed[dict[str, Any]]("sealed_answers")


class Feedback(Base):
    """Whether one reply helped; the last word counts."""

    __tablename__ = "feedback"

    outbound_id: Mapped[int] = mapped_column(ForeignKey("outbound_message.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = _owner()
    helpful: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)


class ContactRequest(SealedRow, Base):
    """A wish to be called back or written to, as the dialogue took it down.

    Attributes:
        status: "open", "called" (tried, not reached yet) or "done".
        handled, handled_by: When its status was last changed, and by whom.
    """

    __tablename__ = "contact_request"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    sealed_details: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)
    status: Mapped[str] = mapped_column(String(10), default="open", server_default="open")
    handled: Mapped[datetime | None] = mapped_column(Moment)
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    details = Sealed[dict[str, Any]]("sealed_details")
