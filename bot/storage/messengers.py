"""People on messengers, the events they caused, and the delivery of replies to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.storage.inbox import State
from bot.storage.messenger_tables import MessengerContact, MessengerDelivery, MessengerEvent
from bot.storage.tables import Choice, Conversation, InboundMessage, OutboundMessage


class Delivered(StrEnum):
    """How far a reply has come. `failed` and `too_late` are for staff to see: the person did not get it."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    TOO_LATE = "too_late"
    WITHHELD = "withheld"


NOT_DELIVERED = (Delivered.FAILED, Delivered.TOO_LATE)


@dataclass(frozen=True)
class Unsent:
    """The next reply to deliver in a conversation, to whom, and how far it is."""

    outbound: OutboundMessage
    contact: MessengerContact
    parts_sent: int
    attempts: int
    reason: str | None


def put_events(session: Session, rows: list[dict[str, object]]) -> int:
    """Store events that are not known yet; how many that were."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    before = session.scalar(select(func.max(MessengerEvent.number))) or 0
    session.execute(insert(MessengerEvent).on_conflict_do_nothing(index_elements=["id"]), rows)
    after = select(func.count()).where(MessengerEvent.number > before)
    return session.scalar(after) or 0


def next_events(session: Session, most: int) -> list[MessengerEvent]:
    """The oldest events that are not handled yet."""
    query = select(MessengerEvent).where(MessengerEvent.content.is_not(None)).order_by(MessengerEvent.number)
    return list(session.scalars(query.limit(most)))


def note_handled(session: Session, number: int) -> None:
    """An event is handled: nothing of what was said stays with it."""
    session.execute(update(MessengerEvent).where(MessengerEvent.number == number).values(content=None))


def forget_events(session: Session, before: datetime) -> None:
    """Forget events too old to be repeated."""
    session.execute(delete(MessengerEvent).where(MessengerEvent.at < before, MessengerEvent.content.is_(None)))


def begin(session: Session, conversation_id: str, visitor: str, channel: str, key_hash: str, now: datetime) -> None:
    """Begin a conversation under a given id; no key opens it.

    Args:
        session: A write session.
        conversation_id: Its id, a keyed hash.
        visitor: Whose it is, a keyed hash.
        channel: The messenger's name.
        key_hash: The hash of a key that nobody has.
        now: The time.
    """
    session.add(
        Conversation(
            id=conversation_id,
            visitor=visitor,
            channel=channel,
            key_hash=key_hash,
            created=now,
            last_seen=now,
            last_entry=0,
        )
    )
    session.flush()


def is_question(session: Session, choice: Choice) -> bool:
    """Whether a choice answers a question: "yes" means something under it alone, a topic's button at any time."""
    return session.get_one(OutboundMessage, choice.outbound_id).reply_json.get("kind") == "question"


def is_past(session: Session, choice: Choice) -> bool:
    """Whether the dialogue has gone on since a choice was offered."""
    asked = session.get_one(OutboundMessage, choice.outbound_id)
    later = select(OutboundMessage.reply_json).where(
        OutboundMessage.conversation_id == asked.conversation_id,
        OutboundMessage.entry > asked.entry,
        OutboundMessage.in_reply_to.is_not(None),
    )
    # After an apology the dialogue stands where it stood.
    return any(reply.get("kind") != "apology" for reply in session.scalars(later))


def answer_id(session: Session, choice: Choice) -> str:
    """The message id of a pressed button: its question's, so that the buttons of a question count once in all.

    What could not be answered does not count.
    """
    found = f"answer-{choice.outbound_id}"
    failed = select(func.count()).where(
        InboundMessage.conversation_id == choice.conversation_id,
        or_(InboundMessage.client_message_id == found, InboundMessage.client_message_id.startswith(f"{found}-")),
        InboundMessage.state == State.FAILED,
    )
    times = session.scalar(failed) or 0
    return f"{found}-{times}" if times else found


def offered_by_gateway(session: Session, conversation_id: str) -> list[Choice]:
    """The choices of the newest reply, if the gateway itself gave it: Rasa does not know what "2" then means."""
    newest = session.scalar(
        select(OutboundMessage)
        .where(OutboundMessage.conversation_id == conversation_id)
        .order_by(OutboundMessage.entry.desc())
        .limit(1)
    )
    if newest is None or newest.in_reply_to is not None:
        return []
    found = {c.id: c for c in session.scalars(select(Choice).where(Choice.outbound_id == newest.id))}
    return [found[button["id"]] for button in newest.reply_json["buttons"] if button["id"] in found]


def _undelivered() -> ColumnElement[bool]:
    return or_(MessengerDelivery.state.is_(None), MessengerDelivery.state == Delivered.WAITING)


def next_unsent(session: Session, conversation_id: str) -> Unsent | None:
    """The oldest reply of a conversation that is still to be delivered; None for the website's conversations."""
    found = session.execute(
        select(OutboundMessage, MessengerContact, MessengerDelivery)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .join(MessengerContact, MessengerContact.visitor == Conversation.visitor)
        .outerjoin(MessengerDelivery, MessengerDelivery.outbound_id == OutboundMessage.id)
        .where(
            OutboundMessage.conversation_id == conversation_id, Conversation.erase_requested.is_(None), _undelivered()
        )
        .order_by(OutboundMessage.entry)
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    outbound, contact, tried = found
    if tried is None:
        return Unsent(outbound, contact, 0, 0, None)
    return Unsent(outbound, contact, tried.parts_sent, tried.attempts, tried.reason)


def unsent_conversations(session: Session) -> list[str]:
    """Conversations with replies that are still to be delivered."""
    query = (
        select(OutboundMessage.conversation_id)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .join(MessengerContact, MessengerContact.visitor == Conversation.visitor)
        .outerjoin(MessengerDelivery, MessengerDelivery.outbound_id == OutboundMessage.id)
        .where(Conversation.erase_requested.is_(None), _undelivered())
    )
    return list(session.scalars(query.distinct()))


def note_delivery(
    session: Session,
    unsent: Unsent,
    state: Delivered,
    now: datetime,
    *,
    parts_sent: int,
    attempts: int,
    reason: str | None = None,
) -> bool:
    """Keep how far a reply is. False when it was erased meanwhile."""
    if session.get(OutboundMessage, unsent.outbound.id) is None:
        return False
    session.merge(
        MessengerDelivery(
            outbound_id=unsent.outbound.id,
            conversation_id=unsent.outbound.conversation_id,
            state=state,
            parts_sent=parts_sent,
            attempts=attempts,
            reason=reason,
            at=now,
        )
    )
    return True


def not_delivered(session: Session, since: datetime) -> list[Row[tuple[str, str, str | None, int]]]:
    """What people did not get: channel, state, reason and how many replies."""
    query = (
        select(
            Conversation.channel,
            MessengerDelivery.state,
            MessengerDelivery.reason,
            func.count(),
        )
        .join(Conversation, Conversation.id == MessengerDelivery.conversation_id)
        .where(MessengerDelivery.state.in_(NOT_DELIVERED), MessengerDelivery.at >= since)
        .group_by(Conversation.channel, MessengerDelivery.state, MessengerDelivery.reason)
    )
    return list(session.execute(query))
