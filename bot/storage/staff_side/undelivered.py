"""Replies that did not reach a person's messenger, as staff see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlalchemy.orm import Session

from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.messenger_tables import Delivered, MessengerDelivery

NOT_DELIVERED = (Delivered.FAILED, Delivered.TOO_LATE)


@dataclass(frozen=True)
class Delivery:
    """How far a reply has come to its messenger.

    Attributes:
        state: One of `Delivered`.
        reason: Why it was not taken, as a short code; None when there was no trouble.
        attempts: How often it was tried in vain.
    """

    state: Delivered
    reason: str | None
    attempts: int

    @property
    def is_lost(self) -> bool:
        """Whether the person did not get it and never will."""
        return self.state in NOT_DELIVERED


def deliveries_of(session: Session, conversation_id: str) -> dict[int, Delivery]:
    """How far each reply of a conversation has come, by the reply's id; {} for the website's, which fetches them."""
    query = select(MessengerDelivery).where(MessengerDelivery.conversation_id == conversation_id)
    return {row.outbound_id: Delivery(Delivered(row.state), row.reason, row.attempts) for row in session.scalars(query)}


def conversations_with_losses() -> Select[tuple[str]]:
    """The ids of conversations with a reply that was given up, as a query."""
    return select(MessengerDelivery.conversation_id).where(MessengerDelivery.state.in_(NOT_DELIVERED))


def has_losses() -> ColumnElement[bool]:
    """Whether the conversation of a query has a reply that was given up."""
    return exists().where(
        MessengerDelivery.conversation_id == Conversation.id, MessengerDelivery.state.in_(NOT_DELIVERED)
    )


def not_delivered(session: Session, since: datetime) -> list[Row[tuple[str, str, str | None, int]]]:
    """What people did not get: channel, state, reason and how many replies."""
    query = (
        select(Conversation.channel, MessengerDelivery.state, MessengerDelivery.reason, func.count())
        .join(Conversation, Conversation.id == MessengerDelivery.conversation_id)
        .where(MessengerDelivery.state.in_(NOT_DELIVERED), MessengerDelivery.at >= since)
        .group_by(Conversation.channel, MessengerDelivery.state, MessengerDelivery.reason)
    )
    return list(session.execute(query))
