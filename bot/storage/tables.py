"""The tables, all ours; Rasa keeps its own `events` beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without zone rather than guess it."""
        if value is not None and value.tzinfo is None:
            raise TypeError("a time needs its zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """All tables share one naming convention, so that a migration can name what it drops."""

    metadata = MetaData(naming_convention=NAMING)


def _owner() -> Mapped[str]:
    return mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)


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


class InboundMessage(Base):
    """The inbox: what a visitor said, once per client message id, and how far we are with it."""

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        UniqueConstraint("conversation_id", "entry"),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    entry: Mapped[int]
    client_message_id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    handled_at: Mapped[datetime | None] = mapped_column(Moment)


class OutboundMessage(Base):
    """The outbox: what the visitor is shown. `entry` grows within a conversation and is the id of its event."""

    __tablename__ = "outbound_message"
    __table_args__ = (UniqueConstraint("conversation_id", "entry"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    entry: Mapped[int]
    reply_json: Mapped[dict[str, Any]] = mapped_column(JSON)
    in_reply_to: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(Moment)


class Choice(Base):
    """A button offered in one conversation: the client knows the id, only we know the payload."""

    __tablename__ = "choice"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = _owner()
    outbound_id: Mapped[int] = mapped_column(ForeignKey("outbound_message.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)


class Gap(Base):
    """A question the article leaves open."""

    __tablename__ = "gap"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)


class Assessment(Base):
    """A finished suitability check, with the rules that drove it and the version they had."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    tier: Mapped[str] = mapped_column(String(60))
    rules: Mapped[list[str]] = mapped_column(JSON)
    version: Mapped[str] = mapped_column(String(100))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)


class Feedback(Base):
    """Whether one reply helped; the last word counts."""

    __tablename__ = "feedback"

    outbound_id: Mapped[int] = mapped_column(ForeignKey("outbound_message.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = _owner()
    helpful: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)


class ContactRequest(Base):
    """A wish to be called back or written to, as the dialogue took it down."""

    __tablename__ = "contact_request"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = _owner()
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment)
