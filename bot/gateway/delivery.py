"""From the inbox through Rasa to the outbox: one message at a time per conversation, each answered once."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy.orm import Session

from bot.gateway.asking import Asked, Asking
from bot.gateway.conversation_work import ConversationWork
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_client import Answer
from bot.gateway.rasa_pool import RasaPool
from bot.observing import metrics
from bot.observing.logs import event, failure
from bot.observing.stages import Counted
from bot.observing.tracing import span
from bot.storage import inbox, outbox, turn_records
from bot.storage.database import Database
from bot.storage.engine import AWAY
from bot.storage.inbox import ConversationClosed, State
from bot.storage.record import Entry
from bot.storage.schema.conversation_tables import InboundMessage

# So many messages are being answered or stored at a time; Rasa reads those together that wait for it (decision 0031).
AT_ONCE = 24

log = logging.getLogger(__name__)

# The entries the patient is told of, None when there was nothing to answer any more; and the next message taken.
_Stored = tuple[list[Entry] | None, InboundMessage | None]


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Delivery(ConversationWork):
    """Works off the inbox."""

    def __init__(
        self,
        database: Database,
        rasa: RasaPool,
        asking: Asking,
        listeners: Listeners,
        *,
        is_done_elsewhere: bool = False,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: Where inbox and outbox are.
            rasa: Begins to read what is about to be stored.
            asking: Finds what is said to a message.
            listeners: Who is told of a new reply.
            is_done_elsewhere: See `ConversationWork`.
        """
        super().__init__(database, is_done_elsewhere=is_done_elsewhere)
        self._rasa = rasa
        self._asking = asking
        self._listeners = listeners
        self._free = asyncio.Semaphore(AT_ONCE)
        # Taken and not begun, by conversation. They stay in the inbox: lost here, they are taken again.
        self._taken: dict[str, InboundMessage] = {}
        self._expecting: set[asyncio.Task[None]] = set()

    def _waiting(self, session: Session) -> list[str]:
        return inbox.waiting_conversations(session)

    def take_up(self, accepted: inbox.Accepted, conversation_id: str) -> None:
        """Answer a message that was just accepted, after those before it."""
        if accepted.taken is not None and conversation_id not in self._tasks:
            self._taken[conversation_id] = accepted.taken
        self.wake(conversation_id)

    @property
    def takes_up(self) -> bool:
        """Whether what is accepted is answered by this process, so that it may be marked so at once."""
        return not self._is_done_elsewhere

    async def expect(self, said: inbox.Said) -> None:
        """Let Rasa read what is about to be stored, when it has nothing else to do; it is answered as ever.

        Returns when Rasa was told: the database's thread, begun before that, would have Python to itself for a while.
        """
        if self.takes_up and len(self._tasks) < 2 and not self._expecting:
            asking = asyncio.create_task(self._rasa.expect(said.kept))
            self._expecting.add(asking)
            asking.add_done_callback(self._expecting.discard)
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Stop everything; what is left is taken up at the next start."""
        for asking in self._expecting:
            asking.cancel()
        await super().stop()
        await self._asking.end()

    async def _step(self, conversation_id: str) -> bool:
        """Answer the oldest waiting message; False when none waits behind it."""
        # Known already: it was taken in the transaction that accepted it, or that answered the one before.
        row = self._taken.pop(conversation_id, None)
        async with self._free:
            if row is None:
                row = await self._database.writing(
                    lambda session: inbox.take_next(session, conversation_id), brief=True
                )
            if row is None:
                return False
            began = time.monotonic()
            waited = max(0.0, (now() - row.received_at).total_seconds() * 1000)
            with span("answer", conversation=conversation_id, message=row.id):
                asked = await Counted("asking Rasa", self._asking.ask(row))
            # Until this is written the message is safe in the inbox.
            kept, (told, following) = await self._store(row, asked, waited)
        if following is not None:
            self._taken[conversation_id] = following
        self._listeners.notify(conversation_id, told or ())
        if told is not None:
            _count(row, kept)
        event(
            log,
            "message_handled",
            conversation=conversation_id,
            message=row.id,
            state=str(kept.state),
            reason=kept.reason,
            replies=len(told or ()),
            attempt=row.attempts,
            milliseconds=round((time.monotonic() - began) * 1000),
        )
        return following is not None

    def _leave(self, conversation_id: str) -> None:
        # Another process may answer it from now on: what is known of it here would be out of date.
        self._taken.pop(conversation_id, None)

    async def drop(self, conversation_id: str) -> None:
        """Stop working on a conversation, a message that was handed over and not begun included."""
        self._leave(conversation_id)
        await super().drop(conversation_id)
        self._asking.forget(conversation_id)

    @property
    def _can_be_redone(self) -> bool:
        """Whether a power failure may undo an answer: its message would be answered again, and under the same number.

        A page has that number already and shows nothing twice. What went to a messenger would go there twice.
        """
        return not self._listeners.are_passed_on

    async def _store(self, row: InboundMessage, asked: Asked, waited: float) -> tuple[Asked, _Stored]:
        """Store the answer; where it cannot be stored as it came, without its inspection, and at last an apology."""
        for kept in (asked, replace(asked, answer=Answer(asked.answer.replies))):
            try:
                finish = partial(_finish, row=row, asked=kept, waited=waited)
                return kept, await self._database.writing(finish, brief=True, can_be_redone=self._can_be_redone)
            except AWAY:
                raise
            except Exception as error:
                # Of another version, say. It would fail again as often as it is tried, and the patient hear nothing.
                failure(log, "answer_not_stored", error, conversation=row.conversation_id, message=row.id)
        kept = self._asking.failed("not_stored")
        return kept, await self._database.writing(partial(_finish, row=row, asked=kept, waited=waited))


def _finish(session: Session, row: InboundMessage, asked: Asked, waited: float) -> _Stored:
    """Store the answer, None when there is nothing to answer any more, and take the next message.

    All in the same transaction.
    """
    answer, at = asked.answer, now()
    if not inbox.settle(session, row.id, asked.state, at):
        return None, inbox.take_next(session, row.conversation_id)
    try:
        told = outbox.add_replies(session, row.conversation_id, answer.replies, row.id, at, row.entry)
    except ConversationClosed:
        return None, None
    turn_records.add(session, row, answer.replies, answer.inspection, at, waited, failed=asked.state is State.FAILED)
    return told, inbox.take_next(session, row.conversation_id)


def _count(row: InboundMessage, kept: Asked) -> None:
    metrics.HANDLED.labels(str(kept.state), kept.reason or "").inc()
    metrics.ANSWER_SECONDS.observe((now() - row.received_at).total_seconds())
    for reply in kept.answer.replies:
        metrics.REPLIES.labels(str(reply.kind)).inc()
