"""From the inbox through Rasa to the outbox: one message at a time per conversation, each answered once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from bot import metrics
from bot.conversation.reply import Reply
from bot.gateway.conversation_work import ConversationWork
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_client import Answer, RasaFailed, RasaUnreachable
from bot.gateway.rasa_pool import RasaPool
from bot.logs import event
from bot.storage import inbox, outbox, turn_records
from bot.storage.database import Database
from bot.storage.inbox import ConversationClosed, State
from bot.storage.tables import InboundMessage
from bot.storage.vault import SealBroken
from bot.tracing import span

AT_ONCE = 8
RETRY_SECONDS = 0.4

log = logging.getLogger(__name__)


class Apologise(Protocol):
    """Words the apology for a message that cannot be answered; the reason is for choosing them."""

    def __call__(self, reason: str) -> Reply: ...  # noqa: D102


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Delivery(ConversationWork):
    """Works off the inbox."""

    def __init__(
        self,
        database: Database,
        rasa: RasaPool,
        apology: Apologise,
        listeners: Listeners,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        is_done_elsewhere: bool = False,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: Where inbox and outbox are.
            rasa: Who answers.
            apology: What is said when Rasa cannot.
            listeners: Who is told of a new reply.
            patience: Seconds to wait for Rasa to come back before apologising.
            clock: Monotonic seconds.
            is_done_elsewhere: See `ConversationWork`.
        """
        super().__init__(database, is_done_elsewhere=is_done_elsewhere)
        self._rasa = rasa
        self._apology = apology
        self._listeners = listeners
        self._patience = patience
        self._clock = clock
        self._free = asyncio.Semaphore(AT_ONCE)
        # While Rasa is known to be away nobody waits for it a second time: the apology names the emergency number.
        self._outage = False

    def _waiting(self, session: Session) -> list[str]:
        return inbox.waiting_conversations(session)

    async def _step(self, conversation_id: str) -> bool:
        """Answer the oldest waiting message; False when none waits."""
        async with self._free:
            row = await self._database.writing(lambda session: inbox.take_next(session, conversation_id))
            if row is None:
                return False
            began = self._clock()
            waited = max(0.0, (now() - row.received_at).total_seconds() * 1000)
            with span("answer", conversation=conversation_id, message=row.id):
                answer, state, reason = await self._ask(row)
            # Until this is written the message is safe in the inbox.
            answered = await self._database.writing(lambda s: self._finish(s, row, answer, state, waited))
        self._listeners.notify(conversation_id)
        if answered:
            _count(row, answer.replies, state, reason)
        event(
            log,
            "message_handled",
            conversation=conversation_id,
            message=row.id,
            state=str(state),
            reason=reason,
            replies=len(answer.replies) if answered else 0,
            attempt=row.attempts,
            milliseconds=round((self._clock() - began) * 1000),
        )
        return True

    async def _ask(self, row: InboundMessage) -> tuple[Answer, State, str | None]:
        patient_until = self._clock() + (0 if self._outage else self._patience)
        is_second_try = False
        try:
            text, payload = row.text, row.payload
        except SealBroken:
            # It was changed in the database: asking again would not make it readable.
            return Answer([self._apology(reason="failed")]), State.FAILED, "unreadable"
        while True:
            try:
                answer = await self._rasa.answer(row.conversation_id, f"m{row.id}", text, payload, {"kind": row.kind})
            except RasaUnreachable as error:
                if self._clock() >= patient_until:
                    self._outage = True
                    return Answer([self._apology(reason="unavailable")]), State.FAILED, str(error)
                is_second_try = True
                await asyncio.sleep(RETRY_SECONDS)
            except RasaFailed as error:
                # Without a reply Rasa keeps nothing of the turn: an action that was just restarting gets a second one.
                if str(error) == "empty" and not is_second_try:
                    is_second_try = True
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                return Answer([self._apology(reason="failed")]), State.FAILED, str(error)
            else:
                self._outage = False
                return answer, State.DONE, None

    @staticmethod
    def _finish(session: Session, row: InboundMessage, answer: Answer, state: State, waited: float) -> bool:
        at = now()
        if not inbox.settle(session, row.id, state, at):
            return False
        try:
            for reply in answer.replies:
                outbox.add_reply(session, row.conversation_id, reply, row.id, at)
        except ConversationClosed:
            return False
        turn_records.add(session, row, answer.replies, answer.inspection, at, waited, failed=state is State.FAILED)
        return True


def _count(row: InboundMessage, replies: list[Reply], state: State, reason: str | None) -> None:
    metrics.HANDLED.labels(str(state), reason or "").inc()
    metrics.ANSWER_SECONDS.observe((now() - row.received_at).total_seconds())
    for reply in replies:
        metrics.REPLIES.labels(str(reply.kind)).inc()
