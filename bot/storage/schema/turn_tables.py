"""What the assistant made of each message: for review, for measures, and for seeing why it answered as it did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base, Moment
from bot.storage.sealing.sealed import Sealed, SealedRow


class TurnRecord(Base):
    """One handled message, in numbers and ids; no word of the patient's stands here.

    Attributes:
        at: When the message came.
        channel, is_test: The conversation's; repeated here so that measures read one table.
        intent, label: Rasa's intent of the message, and the likeliest label of its first part.
        confidence: Calibrated probability of `intent`; None for a pressed button.
        known: Open-set score of the first part: the probability that it belongs to anything we know.
        decision: "accept", "offer" or "refuse", of the first part; "" for a button.
        kind: Of the first reply, or "emergency" when any of them is.
        tier: The gravest tier of the replies.
        rules: Ids of the criteria that drove it.
        is_fallback: Nothing was understood.
        is_clarify: "Did you mean" was asked.
        is_failed: An apology instead of an answer.
        asked: The question of the suitability check that stands after this turn; "" when none does.
        answered: The question of the check that this message answered; "" when none.
        action: The first action.
        waiting_ms, nlu_ms, actions_ms, total_ms: Until it was taken up; understanding it; deciding and acting; from
            its arrival to the reply's being stored.
        model: Name of the trained model.
        content: Version of the content under `data/`.
    """

    __tablename__ = "turn_record"
    __table_args__ = (Index(None, "is_test", "at"), Index(None, "model"))

    inbound_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(20))
    is_test: Mapped[bool]
    intent: Mapped[str] = mapped_column(String(80), default="")
    label: Mapped[str] = mapped_column(String(120), default="")
    confidence: Mapped[float | None]
    known: Mapped[float | None]
    decision: Mapped[str] = mapped_column(String(10), default="")
    kind: Mapped[str] = mapped_column(String(20))
    tier: Mapped[str | None] = mapped_column(String(60))
    topics: Mapped[list[str]] = mapped_column(JSON)
    rules: Mapped[list[str]] = mapped_column(JSON)
    is_fallback: Mapped[bool]
    is_clarify: Mapped[bool]
    is_failed: Mapped[bool]
    asked: Mapped[str] = mapped_column(String(60), default="")
    answered: Mapped[str] = mapped_column(String(60), default="")
    action: Mapped[str] = mapped_column(String(60), default="")
    waiting_ms: Mapped[float | None]
    nlu_ms: Mapped[float | None]
    actions_ms: Mapped[float | None]
    total_ms: Mapped[float]
    model: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[str] = mapped_column(String(20), default="")


class TurnTopic(Base):
    """Each topic a message was understood as."""

    __tablename__ = "turn_topic"
    __table_args__ = (Index(None, "topic", "is_test", "at"),)

    inbound_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(80), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    is_test: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)


class TurnInspection(SealedRow, Base):
    """How a message was understood and what decided the reply (`bot.rasa_server.inspection`). Holds patients' words."""

    __tablename__ = "turn_inspection"

    inbound_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    sealed_inspection: Mapped[bytes] = mapped_column(LargeBinary)

    __sealed_to__ = ("inbound_id",)
    inspection = Sealed[dict[str, Any]]("sealed_inspection")


# Written into the queries as they stand here: SQLite uses an index of some rows only for the very same words.
RARE = {
    "flagged": "flagged IS TRUE",
    "unhelpful": "unhelpful > 0",
    "fallbacks": "fallbacks > 0",
    "failures": "failures > 0",
}


class ConversationSummary(Base):
    """One conversation on one line, for the review list; there from its first handled message on.

    Attributes:
        started: When it began; the list's order, with the id.
        turns: Messages of the patient.
        tier: The gravest so far; `tier_rank` orders tiers, -1 for none.
        lowest: The least confidence of its messages.
        unhelpful, helpful: Replies rated so.
        reviewed, reviewed_by: When a member of staff was through with it; void again with its next message.
        flagged: Somebody wants it looked at.
    """

    __tablename__ = "conversation_summary"
    __table_args__ = (
        # Holds all that the list can be narrowed by: at any size a page is found in the index alone.
        Index(
            "ix_conversation_summary_order",
            *("is_test", "started", "conversation_id", "channel", "turns", "tier_rank", "lowest"),
            *("fallbacks", "clarifies", "failures", "unhelpful", "reviewed", "flagged"),
        ),
        Index("ix_conversation_summary_channel", "channel"),
        Index("ix_conversation_summary_tier", "is_test", "tier_rank", "started", "conversation_id"),
        # What staff look for first is rare: each of these holds its few lines, at any size of the table.
        *(
            Index(
                f"ix_conversation_summary_{name}",
                *("is_test", "reviewed", "started", "conversation_id"),
                sqlite_where=text(condition),
                postgresql_where=text(condition),
            )
            for name, condition in RARE.items()
        ),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    is_test: Mapped[bool]
    channel: Mapped[str] = mapped_column(String(20))
    started: Mapped[datetime] = mapped_column(Moment)
    last: Mapped[datetime] = mapped_column(Moment)
    turns: Mapped[int] = mapped_column(default=0)
    tier: Mapped[str | None] = mapped_column(String(60))
    tier_rank: Mapped[int] = mapped_column(default=-1)
    lowest: Mapped[float | None]
    fallbacks: Mapped[int] = mapped_column(default=0)
    clarifies: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    helpful: Mapped[int] = mapped_column(default=0)
    unhelpful: Mapped[int] = mapped_column(default=0)
    reviewed: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    flagged: Mapped[bool] = mapped_column(default=False)


class ConversationTopic(Base):
    """Each topic of a conversation, once."""

    __tablename__ = "conversation_topic"
    __table_args__ = (Index(None, "topic", "is_test", "started", "conversation_id"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(80), primary_key=True)
    is_test: Mapped[bool]
    started: Mapped[datetime] = mapped_column(Moment)
