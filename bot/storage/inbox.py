"""The inbox: a visitor's messages, each stored once, handled in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.privacy.redaction import redact
from bot.storage import shared_work
from bot.storage.conversations import next_entry
from bot.storage.search import index_words
from bot.storage.tables import InboundMessage


class State(StrEnum):
    """How far a message is. `failed` was answered too: with an apology."""

    PENDING = "pending"
    PROCESSING = "processing"
    DONE = "done"
    FAILED = "failed"


# The kind of a message whose words are the visitor's own; a pressed button's are ours.
TYPED = "text"
WAITING = (State.PENDING, State.PROCESSING)


class ClientIdReused(Exception):
    """A client message id came a second time, with other words."""


class ConversationClosed(Exception):
    """The conversation was erased meanwhile."""


@dataclass(frozen=True)
class Said:
    """What a visitor sent: words typed, or a button pressed (then `text` is its title)."""

    client_message_id: str
    kind: str
    text: str
    payload: str | None = None


@dataclass(frozen=True)
class Accepted:
    """A stored message; `is_new` is false when it had been stored before."""

    id: int
    entry: int
    state: str
    is_new: bool


def accept(session: Session, conversation_id: str, said: Said, now: datetime) -> Accepted:
    """Store a message, once per client message id, without the personal details in it.

    Raises:
        ClientIdReused: when the id is known with other words.
        ConversationClosed: when there is no such conversation any more.
    """
    entry = next_entry(session, conversation_id)
    if entry is None:
        raise ConversationClosed
    if said.kind == TYPED:
        said = replace(said, text=redact(said.text).text)
    known = session.scalar(
        select(InboundMessage).where(
            InboundMessage.conversation_id == conversation_id,
            InboundMessage.client_message_id == said.client_message_id,
        )
    )
    if known is not None:
        if (known.kind, known.text, known.payload) != (said.kind, said.text, said.payload):
            raise ClientIdReused
        # The number taken above stays unused: clients resume from numbers, they do not count them.
        return Accepted(known.id, known.entry, known.state, is_new=False)
    row = InboundMessage(
        conversation_id=conversation_id,
        entry=entry,
        client_message_id=said.client_message_id,
        kind=said.kind,
        text=said.text,
        payload=said.payload,
        received_at=now,
        state=State.PENDING,
        attempts=0,
    )
    session.add(row)
    session.flush()
    shared_work.defer(session, shared_work.ANSWER, conversation_id)
    index_words(session, conversation_id, entry, said.text, now)
    return Accepted(row.id, entry, row.state, is_new=True)


def is_known(session: Session, conversation_id: str, client_message_id: str) -> bool:
    """Whether a message of this client id was stored before."""
    query = select(InboundMessage.id).where(
        InboundMessage.conversation_id == conversation_id, InboundMessage.client_message_id == client_message_id
    )
    return session.scalar(query) is not None


def take_next(session: Session, conversation_id: str) -> InboundMessage | None:
    """The oldest message not yet answered, marked as being processed.

    A message found in `processing` was taken by a process that died; it is taken again. The row is locked before it is
    marked, or a process that was slow would mark anew what another has answered meanwhile.
    """
    row = session.scalar(
        select(InboundMessage)
        .where(InboundMessage.conversation_id == conversation_id, InboundMessage.state.in_(WAITING))
        .order_by(InboundMessage.entry)
        .limit(1)
        .with_for_update()
    )
    if row is not None:
        row.state = State.PROCESSING
        row.attempts += 1
        session.flush()
    return row


def settle(session: Session, inbound_id: int, state: State, now: datetime) -> bool:
    """Mark a message as answered. False when it was answered or erased already: then do not answer again."""
    settled = session.scalar(
        update(InboundMessage)
        .where(InboundMessage.id == inbound_id, InboundMessage.state == State.PROCESSING)
        .values(state=state, handled_at=now)
        .returning(InboundMessage.id)
    )
    return settled is not None


def waiting_conversations(session: Session) -> list[str]:
    """Conversations with messages that nobody has answered."""
    query = select(InboundMessage.conversation_id).where(InboundMessage.state.in_(WAITING)).distinct()
    return list(session.scalars(query))


def waiting_count(session: Session, conversation_id: str) -> int:
    """How many messages of a conversation nobody has answered."""
    query = (
        select(func.count())
        .select_from(InboundMessage)
        .where(InboundMessage.conversation_id == conversation_id, InboundMessage.state.in_(WAITING))
    )
    return session.scalar(query) or 0
