"""Working through conversations: many side by side, each one step at a time, with patience for the database."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.observing.logs import failure
from bot.storage.database import Database

DATABASE_RETRY_SECONDS = 2.0

log = logging.getLogger(__name__)


class ConversationWork(ABC):
    """What is left to do stands in the database, so whoever does it may be killed at any point."""

    def __init__(self, database: Database, *, is_done_elsewhere: bool = False) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: Where the work is.
            is_done_elsewhere: Another process does it (`bot.gateway.worker`): waking and resuming do nothing here.
        """
        self._database = database
        self._is_done_elsewhere = is_done_elsewhere
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._wanted: set[str] = set()

    @abstractmethod
    async def _step(self, conversation_id: str) -> bool:
        """Do the oldest piece of work of a conversation; False when there is none.

        Raises:
            SQLAlchemyError: when the database fails. The step is then tried again, so it must have changed nothing.
        """

    @abstractmethod
    def _waiting(self, session: Session) -> list[str]:
        """The conversations with work left."""

    def _leave(self, conversation_id: str) -> None:  # noqa: B027 -- for those who keep something meanwhile
        """Called when the work on a conversation ends here, in whatever way: others may go on with it."""

    def wake(self, conversation_id: str) -> None:
        """See to a conversation's work, after the piece already under way."""
        if self._is_done_elsewhere:
            return
        self._wanted.add(conversation_id)
        if conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._work(conversation_id))

    async def resume(self) -> None:
        """Take up what an earlier process left."""
        if self._is_done_elsewhere:
            return
        for conversation_id in await self._database.reading(self._waiting):
            self.wake(conversation_id)

    async def work_off(self, conversation_id: str) -> None:
        """Do all the work of a conversation, of which nobody else is doing any.

        Raises:
            SQLAlchemyError: when the database fails; what is left is still in it.
        """
        try:
            while await self._step(conversation_id):
                pass
        finally:
            self._leave(conversation_id)

    async def drop(self, conversation_id: str) -> None:
        """Stop working on a conversation, and return when nothing of it is under way here."""
        self._wanted.discard(conversation_id)
        task = self._tasks.get(conversation_id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def stop(self) -> None:
        """Stop everything; what is left is taken up at the next start."""
        for conversation_id in list(self._tasks):
            await self.drop(conversation_id)

    async def _work(self, conversation_id: str) -> None:
        try:
            while conversation_id in self._wanted:
                self._wanted.discard(conversation_id)
                while await self._step_with_patience(conversation_id):
                    pass
        finally:
            del self._tasks[conversation_id]
            self._leave(conversation_id)

    async def _step_with_patience(self, conversation_id: str) -> bool:
        try:
            return await self._step(conversation_id)
        except SQLAlchemyError as error:
            failure(log, "database_failed", error, conversation=conversation_id)
            await asyncio.sleep(DATABASE_RETRY_SECONDS)
            return True
