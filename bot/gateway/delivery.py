"""From the inbox through Rasa to the outbox: one message at a time per conversation, each answered once."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.conversation.reply import Reply
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_client import RasaClient, RasaFailed, RasaUnreachable
from bot.logs import event, failure
from bot.storage import inbox, outbox
from bot.storage.database import Database
from bot.storage.inbox import ConversationClosed, State
from bot.storage.tables import InboundMessage

AT_ONCE = 8
RETRY_SECONDS = 0.4
DATABASE_RETRY_SECONDS = 2.0

log = logging.getLogger(__name__)


class Apologise(Protocol):
    """Words the apology for a message that cannot be answered; the reason is for choosing them."""

    def __call__(self, reason: str) -> Reply: ...  # noqa: D102


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


class Delivery:
    """Works off the inbox. What it has not finished is in the database, so it may be killed at any point."""

    def __init__(
        self,
        database: Database,
        rasa: RasaClient,
        apology: Apologise,
        listeners: Listeners,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: Where inbox and outbox are.
            rasa: Who answers.
            apology: What is said when Rasa cannot.
            listeners: Who is told of a new reply.
            patience: Seconds to wait for Rasa to come back before apologising.
            clock: Monotonic seconds.
        """
        self._database = database
        self._rasa = rasa
        self._apology = apology
        self._listeners = listeners
        self._patience = patience
        self._clock = clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[str] = set()
        self._free = asyncio.Semaphore(AT_ONCE)
        # While Rasa is known to be away nobody waits for it a second time: the apology names the emergency number.
        self._outage = False

    def wake(self, conversation_id: str) -> None:
        """See to a conversation's waiting messages, after those already under way."""
        self._wanted.add(conversation_id)
        if conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._work(conversation_id))

    async def resume(self) -> None:
        """Take up what an earlier process accepted and did not answer."""
        for conversation_id in await self._database.reading(inbox.waiting_conversations):
            self.wake(conversation_id)

    async def drop(self, conversation_id: str) -> None:
        """Stop working on a conversation, and return when nothing of it is under way here."""
        self._wanted.discard(conversation_id)
        task = self._tasks.get(conversation_id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def stop(self) -> None:
        """Stop everything; unfinished messages stay in the inbox for the next start."""
        for conversation_id in list(self._tasks):
            await self.drop(conversation_id)

    async def _work(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._wanted:
                self._wanted.discard(conversation_id)
                while await self._handle_next(conversation_id):
                    pass
        finally:
            del self._tasks[conversation_id]

    async def _handle_next(self, conversation_id: str) -> bool:
        """Answer the oldest waiting message; False when none waits."""
        async with self._free:
            try:
                row = await self._database.writing(lambda session: inbox.take_next(session, conversation_id))
                if row is None:
                    return False
                began = self._clock()
                replies, state, reason = await self._ask(row)
                answered = await self._database.writing(lambda session: self._finish(session, row, replies, state))
            except SQLAlchemyError as error:
                # The message is safe in the inbox, or the database is away altogether: come back to it.
                failure(log, "database_failed", error, conversation=conversation_id)
                await asyncio.sleep(DATABASE_RETRY_SECONDS)
                return True
        self._listeners.notify(conversation_id)
        event(
            log,
            "message_handled",
            conversation=conversation_id,
            message=row.id,
            state=str(state),
            reason=reason,
            replies=len(replies) if answered else 0,
            attempt=row.attempts,
            milliseconds=round((self._clock() - began) * 1000),
        )
        return True

    async def _ask(self, row: InboundMessage) -> tuple[list[Reply], State, str | None]:
        patient_until = self._clock() + (0 if self._outage else self._patience)
        attempt = row.attempts
        while True:
            try:
                replies = await self._rasa.answer(
                    row.conversation_id, f"m{row.id}", attempt, row.text, row.payload, {"kind": row.kind}
                )
            except RasaUnreachable as error:
                if self._clock() >= patient_until:
                    self._outage = True
                    return [self._apology(reason="unavailable")], State.FAILED, str(error)
                attempt += 1
                await asyncio.sleep(RETRY_SECONDS)
            except RasaFailed as error:
                # Without a reply Rasa keeps nothing of the turn: an action that was just restarting gets a second one.
                if str(error) == "empty" and attempt == row.attempts:
                    attempt += 1
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                return [self._apology(reason="failed")], State.FAILED, str(error)
            else:
                self._outage = False
                return replies, State.DONE, None

    @staticmethod
    def _finish(session: Session, row: InboundMessage, replies: list[Reply], state: State) -> bool:
        at = now()
        if not inbox.settle(session, row.id, state, at):
            return False
        try:
            for reply in replies:
                outbox.add_reply(session, row.conversation_id, reply, row.id, at)
        except ConversationClosed:
            return False
        return True
