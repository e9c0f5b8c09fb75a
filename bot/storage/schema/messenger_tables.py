"""The messengers' tables: who writes, which events are known, how far each reply has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.schema.conversation_tables import Base, Moment

_UNHANDLED = text("content IS NOT NULL")


class MessengerContact(Base):
    """A person on a messenger. Goes with the conversation that is theirs now.

    Attributes:
        visitor: A keyed hash of the platform's id; the visitor of all of this person's conversations.
        conversation_id: The conversation that the next message belongs to.
        address: Where answers go, encrypted; only the gateway can read it.
        last_heard: When the person last wrote: platforms limit how long we may answer.
        stopped: When the person said STOP.
    """

    __tablename__ = "messenger_contact"

    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[bytes] = mapped_column(LargeBinary)
    last_heard: Mapped[datetime] = mapped_column(Moment)
    stopped: Mapped[datetime | None] = mapped_column(Moment)


class MessengerEvent(Base):
    """An event that a platform sent, taken in once. When it is handled a keyed hash and a time remain, nobody's.

    Attributes:
        number: The order in which events came.
        id: A keyed hash of the platform's id, by which a repetition is recognised.
        content: The event, encrypted, until it is handled.
    """

    __tablename__ = "messenger_event"
    __table_args__ = (
        Index("ix_messenger_event_unhandled", "number", sqlite_where=_UNHANDLED, postgresql_where=_UNHANDLED),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(64), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class Delivered(StrEnum):
    """How far a reply has come. `failed` and `too_late` are for staff to see: the person did not get it."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    TOO_LATE = "too_late"
    WITHHELD = "withheld"


class MessengerDelivery(Base):
    """How far a reply has come to its messenger. A reply without such a row has not been tried yet.

    Attributes:
        state: One of `Delivered`.
        parts_sent: How many of its messages the platform has taken.
        reason: Why it was not taken, as a short code.
    """

    __tablename__ = "messenger_delivery"
    __table_args__ = (Index(None, "state"),)

    outbound_id: Mapped[int] = mapped_column(ForeignKey("outbound_message.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    parts_sent: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Moment)
