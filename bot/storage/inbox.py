"""The inbox: a visitor's messages, each stored once, handled in order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from bot.privacy.redaction import redact
from bot.storage import shared_work
from bot.storage.base import table_of
from bot.storage.conversations import next_entries
from bot.storage.prepared import Prepared
from bot.storage.record import Entry, entry_of_message
from bot.storage.schema.conversation_tables import WAITS, InboundMessage
from bot.storage.sealing.sealed import place_of, seal
from bot.storage.sealing.search import index_words


class State(StrEnum):
    """How far a message is. `failed` was answered too: with an apology."""

    PENDING = "pending"
    PROCESSING = "processing"
    DONE = "done"
    FAILED = "failed"


# The kind of a message whose words are the visitor's own; a pressed button's are ours.
TYPED = "text"
WAITING = (State.PENDING, State.PROCESSING)


_table = table_of(InboundMessage)
# Statements of every message are made once (`bot.storage.conversations`).
# As text, by which SQLite finds the index of those that wait.
IS_WAITING = text(f"{_table.name}.{WAITS}")
_WAITS = (_table.c.conversation_id == bindparam("conversation"), IS_WAITING)
_count_waiting = select(func.count()).select_from(_table).where(*_WAITS)
_COUNT_WAITING = Prepared(_count_waiting)
_KNOWN = select(InboundMessage).where(
    InboundMessage.conversation_id == bindparam("conversation"), InboundMessage.client_message_id == bindparam("client")
)
_is_known = select(_table.c.id).where(
    _table.c.conversation_id == bindparam("conversation"), _table.c.client_message_id == bindparam("client")
)
_IS_KNOWN = Prepared(_is_known)
_BEFORE = Prepared(
    select(_count_waiting.scalar_subquery().label("waiting"), _is_known.scalar_subquery().label("known"))
)
_INSERT = Prepared(insert(_table).returning(_table.c.id))
_OLDEST_WAITING = select(InboundMessage).where(*_WAITS).order_by(InboundMessage.entry).limit(1).with_for_update()
_HAS_WAITING = Prepared(select(_table.c.id).where(*_WAITS).limit(1))
_SETTLE = Prepared(
    update(_table)
    .where(_table.c.id == bindparam("inbound"), _table.c.state == State.PROCESSING)
    .values(state=bindparam("new_state"), handled_at=bindparam("now"))
    .returning(_table.c.id)
)


class ClientIdReused(Exception):
    """A client message id came a second time, with other words."""


class ConversationClosed(Exception):
    """The conversation was erased meanwhile."""


class TooManyWaiting(Exception):
    """As many messages of the conversation as may wait for their answers do so already."""


@dataclass(frozen=True)
class Said:
    """What a visitor sent: words typed, or a button pressed (then `text` is its title)."""

    client_message_id: str
    kind: str
    text: str
    payload: str | None = None

    @cached_property
    def kept(self) -> str:
        """The text as it is stored and answered: without personal details, where the visitor wrote it."""
        return redact(self.text).text if self.kind == TYPED else self.text


@dataclass(frozen=True)
class Accepted:
    """A stored message.

    Attributes:
        is_new: False when it had been stored before.
        taken: The message itself, when it was taken up for answering in the same moment.
        shown: What pages are shown of it, when it is new.
    """

    id: int
    entry: int
    state: str
    is_new: bool
    taken: InboundMessage | None = field(default=None, repr=False)
    shown: Entry | None = field(default=None, repr=False)


def accept(
    session: Session,
    conversation_id: str,
    said: Said,
    now: datetime,
    *,
    entry: int | None = None,
    takes_up: bool = False,
    most_waiting: int | None = None,
) -> Accepted:
    """Store a message, once per client message id, without the personal details in it.

    Args:
        session: A write session.
        conversation_id: Whose message it is.
        said: What was sent.
        now: The time.
        entry: The number it is to have, where one has been taken for it (`conversations.enter`).
        takes_up: Mark it as being processed at once when nothing else of the conversation waits. It saves
            `take_next` a transaction; a process that dies before it was answered leaves it to be taken again.
        most_waiting: How many messages of the conversation may wait for their answers; any number without.

    Raises:
        ClientIdReused: when the id is known with other words.
        ConversationClosed: when there is no such conversation any more.
        TooManyWaiting: when no more may wait, and this message is new.
    """
    if entry is None:
        numbers = next_entries(session, conversation_id)
        if numbers is None:
            raise ConversationClosed
        (entry,) = numbers
    said = replace(said, text=said.kept)
    connection = session.connection()
    ids = {"conversation": conversation_id, "client": said.client_message_id}
    before = _BEFORE.first(connection, ids)
    if before.known is not None:
        # The number taken above stays unused: clients resume from numbers, they do not count them.
        return _known(session, conversation_id, said)
    if most_waiting is not None and before.waiting >= most_waiting:
        raise TooManyWaiting
    is_taken = takes_up and not before.waiting
    values: dict[str, Any] = {
        "conversation_id": conversation_id,
        "entry": entry,
        "client_message_id": said.client_message_id,
        "kind": said.kind,
        "received_at": now,
        "state": State.PROCESSING if is_taken else State.PENDING,
        "attempts": int(is_taken),
    }
    sealed = {
        column: None if words is None else seal(session, conversation_id, place_of(_table.name, column, entry), words)
        for column, words in (("sealed_text", said.text), ("sealed_payload", said.payload))
    }
    number: int = _INSERT.value(connection, {**values, **sealed})
    shared_work.tell(session, shared_work.ENTRIES, conversation_id)
    shared_work.defer(session, shared_work.ANSWER, conversation_id)
    index_words(session, conversation_id, {entry: said.text}, now)
    taken = InboundMessage(id=number, text=said.text, payload=said.payload, **values) if is_taken else None
    shown = entry_of_message(entry, now, said.client_message_id, said.kind, values["state"], said.text)
    return Accepted(number, entry, State.PENDING, is_new=True, taken=taken, shown=shown)


def _known(session: Session, conversation_id: str, said: Said) -> Accepted:
    known = session.scalars(_KNOWN, {"conversation": conversation_id, "client": said.client_message_id}).one()
    if (known.kind, known.text, known.payload) != (said.kind, said.text, said.payload):
        raise ClientIdReused
    return Accepted(known.id, known.entry, known.state, is_new=False)


def _has_waiting(session: Session, conversation_id: str) -> bool:
    return _HAS_WAITING.first(session.connection(), {"conversation": conversation_id}) is not None


def is_known(session: Session, conversation_id: str, client_message_id: str) -> bool:
    """Whether a message of this client id was stored before."""
    ids = {"conversation": conversation_id, "client": client_message_id}
    return _IS_KNOWN.first(session.connection(), ids) is not None


def take_next(session: Session, conversation_id: str) -> InboundMessage | None:
    """The oldest message not yet answered, marked as being processed.

    A message found in `processing` was taken by a process that died; it is taken again. The row is locked before it is
    marked, or a process that was slow would mark anew what another has answered meanwhile.
    """
    if not _has_waiting(session, conversation_id):
        return None
    row = session.scalar(_OLDEST_WAITING, {"conversation": conversation_id})
    if row is not None:
        row.state = State.PROCESSING
        row.attempts += 1
        session.flush()
    return row


def settle(session: Session, inbound_id: int, state: State, now: datetime) -> bool:
    """Mark a message as answered. False when it was answered or erased already: then do not answer again."""
    ids = {"inbound": inbound_id, "new_state": state, "now": now}
    return _SETTLE.first(session.connection(), ids) is not None


def waiting_conversations(session: Session) -> list[str]:
    """Conversations with messages that nobody has answered."""
    query = select(InboundMessage.conversation_id).where(IS_WAITING).distinct()
    return list(session.scalars(query))


def waiting_count(session: Session, conversation_id: str) -> int:
    """How many messages of a conversation nobody has answered."""
    return _COUNT_WAITING.value(session.connection(), {"conversation": conversation_id}) or 0
