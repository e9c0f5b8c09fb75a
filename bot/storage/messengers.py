"""People on messengers, the events they caused, and the delivery of replies to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.storage import shared_work
from bot.storage.inbox import WAITING
from bot.storage.schema.conversation_tables import Choice, Conversation, InboundMessage, OutboundMessage
from bot.storage.schema.messenger_tables import Delivered, MessengerContact, MessengerDelivery, MessengerEvent
from bot.storage.sealing.sealed import readable

# So many apologies in a row nobody reads before answering what was asked before them.
_LATEST = 5


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
    shared_work.tell(session, shared_work.EVENTS, "")
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


def begin(
    session: Session,
    conversation_id: str,
    visitor: str,
    channel: str,
    key_hash: str,
    now: datetime,
    consent_version: str | None = None,
) -> None:
    """Begin a conversation under a given id; no key opens it.

    Args:
        session: A write session.
        conversation_id: Its id, a keyed hash.
        visitor: Whose it is, a keyed hash.
        channel: The messenger's name.
        key_hash: The hash of a key that nobody has.
        now: The time.
        consent_version: Which text about what is kept the person is shown.
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
            consent_version=consent_version,
        )
    )
    session.flush()


def offered_by_gateway(session: Session, conversation_id: str) -> list[Choice]:
    """The choices of the newest reply, if the gateway itself gave it: Rasa does not know what "2" then means.

    None of a greeting that is held back: nobody means by "two" a button that they have not been shown.
    """
    newest = session.scalar(
        select(OutboundMessage)
        .where(OutboundMessage.conversation_id == conversation_id)
        .order_by(OutboundMessage.entry.desc())
        .limit(1)
    )
    if newest is None or newest.in_reply_to is not None:
        return []
    if session.get(MessengerDelivery, newest.id) is None and _is_greeting_too_early(session, newest):
        return []
    return choices_of(session, newest)


def choices_of(session: Session, outbound: OutboundMessage) -> list[Choice]:
    """The choices that a reply offers, in the order in which they are shown."""
    found = {c.id: c for c in session.scalars(select(Choice).where(Choice.outbound_id == outbound.id))}
    return [found[button["id"]] for button in outbound.reply_json["buttons"] if button["id"] in found]


def question_shown(session: Session, conversation_id: str) -> OutboundMessage | None:
    """The question that a person has before them: the dialogue's latest reply, sent, and nothing was said since.

    None where any of this is not so: by "two" is then meant what was read, and nobody here knows what that was.
    """
    replies = select(OutboundMessage).where(
        OutboundMessage.conversation_id == conversation_id, OutboundMessage.in_reply_to.is_not(None)
    )
    kinds = (
        (reply, (readable(reply, "reply_json") or {}).get("kind"))
        for reply in session.scalars(replies.order_by(OutboundMessage.entry.desc()).limit(_LATEST))
    )
    # After an apology the dialogue stands where it stood.
    latest, kind = next(((reply, kind) for reply, kind in kinds if kind != "apology"), (None, None))
    if latest is None or kind != "question":
        return None
    delivery = session.get(MessengerDelivery, latest.id)
    waiting = select(func.count()).where(
        InboundMessage.conversation_id == conversation_id, InboundMessage.state.in_(WAITING)
    )
    is_shown = delivery is not None and delivery.state == Delivered.SENT
    return latest if is_shown and not session.scalar(waiting) else None


def _undelivered() -> ColumnElement[bool]:
    return or_(MessengerDelivery.state.is_(None), MessengerDelivery.state == Delivered.WAITING)


def next_unsent(session: Session, conversation_id: str) -> Unsent | None:
    """The reply of a conversation that is to be delivered next; None when there is none, or when it has to wait.

    The oldest goes first, with two exceptions: nothing keeps an emergency reply waiting, and the greeting waits until
    it is known whether what the person wrote is an emergency. None for the website's conversations.
    """
    query = (
        select(OutboundMessage, MessengerContact, MessengerDelivery)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .join(MessengerContact, MessengerContact.visitor == Conversation.visitor)
        .outerjoin(MessengerDelivery, MessengerDelivery.outbound_id == OutboundMessage.id)
        .where(
            OutboundMessage.conversation_id == conversation_id, Conversation.erase_requested.is_(None), _undelivered()
        )
        .order_by(OutboundMessage.entry)
    )
    unsent = [
        Unsent(outbound, contact, tried.parts_sent, tried.attempts, tried.reason)
        if tried is not None
        else Unsent(outbound, contact, 0, 0, None)
        for outbound, contact, tried in session.execute(query)
    ]
    for found in unsent:
        if (readable(found.outbound, "reply_json") or {}).get("kind") == "emergency":
            return found
    if not unsent or _is_greeting_too_early(session, unsent[0].outbound):
        return None
    return unsent[0]


def _is_greeting_too_early(session: Session, outbound: OutboundMessage) -> bool:
    if outbound.entry > 1:
        return False
    waiting = select(func.count()).where(
        InboundMessage.conversation_id == outbound.conversation_id, InboundMessage.state.in_(WAITING)
    )
    return bool(session.scalar(waiting))


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


def note_loss(session: Session, outbound: OutboundMessage, reason: str, now: datetime) -> None:
    """A platform had taken a reply and reports that it did not arrive."""
    known = session.get(MessengerDelivery, outbound.id)
    session.merge(
        MessengerDelivery(
            outbound_id=outbound.id,
            conversation_id=outbound.conversation_id,
            state=Delivered.FAILED,
            parts_sent=known.parts_sent if known else 0,
            attempts=known.attempts if known else 0,
            reason=reason,
            at=now,
        )
    )


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
    known = session.get(MessengerDelivery, unsent.outbound.id)
    if known is not None and known.state == Delivered.FAILED:
        return True  # The platform was quicker to say that it did not arrive than we to note that it was sent.
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
