"""Forgetting: what a visitor asks to be erased, and what has been kept long enough."""

from __future__ import annotations

import asyncio
import logging
from typing import Protocol

import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.gateway.delivery import Delivery, now
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_client import RasaFailed, RasaUnreachable
from bot.observing.logs import event, failure
from bot.storage import conversations, retention, shared_work
from bot.storage.database import Database
from bot.storage.retention import Retention
from bot.storage.sealing import search

AGAIN_SECONDS = 30.0
EXPIRY_SECONDS = 3600.0
# Any number that nothing else in this database uses.
_EXPIRY_DUTY = 7_260_122

log = logging.getLogger(__name__)


class Forgets(Protocol):
    """Forgets a conversation outside our own tables."""

    async def erase(self, conversation_id: str) -> None:
        """Forget it.

        Raises:
            RasaUnreachable, RasaFailed: when that may not have happened yet.
        """


class Erasure:
    """Erases conversations here at once, and at Rasa as soon as it can be reached."""

    def __init__(
        self, database: Database, rasa: Forgets, delivery: Delivery, listeners: Listeners, kept: Retention
    ) -> None:
        """Prepare; nothing runs yet."""
        self._database = database
        self._rasa = rasa
        self._delivery = delivery
        self._listeners = listeners
        self._retention = kept

    async def erase_visitor(self, visitor: str) -> bool:
        """Erase all conversations of a visitor. False while Rasa still has to forget its part."""
        found = await self._database.reading(lambda session: conversations.conversations_of(session, visitor))
        return await self.erase(found)

    async def expire(self) -> int:
        """Erase what has been kept long enough; returns of how many conversations. One process at a time does it."""
        async with self._database.leading(_EXPIRY_DUTY) as is_leader:
            if not is_leader:
                return 0
            at = now()
            await self._database.writing(lambda s: retention.drop_old_assessments(s, self._retention, at))
            await self._database.writing(lambda s: shared_work.delete_old_jobs(s, self._retention.words))
            found = await self._database.reading(lambda s: retention.due(s, self._retention, at))
            for conversation_id in found:
                await self._expire(conversation_id)
            if found:
                await anyio.to_thread.run_sync(self._database.tidy)
            return len(found)

    async def _expire(self, conversation_id: str) -> None:
        at = now()

        def expire(session: Session) -> bool | None:
            return retention.expire_words(session, conversation_id, self._retention, at)

        if await self._database.writing(expire) is False:
            await self._erase(conversation_id)

    async def finish(self) -> bool:
        """Let Rasa forget what it could not be asked to forget before. False when some is left."""
        done = True
        for conversation_id in await self._database.reading(conversations.awaiting_erasure):
            done = await self._forget_at_rasa(conversation_id) and done
        return done

    async def keep_on(self) -> None:
        """Finish erasures and expire conversations, for as long as the gateway runs."""
        since_expiry = EXPIRY_SECONDS
        while True:
            try:
                await self.finish()
                if since_expiry >= EXPIRY_SECONDS:
                    event(log, "conversations_expired", count=await self.expire())
                    since_expiry = 0.0
            except SQLAlchemyError as error:
                failure(log, "database_failed", error)
            except Exception as error:
                # Whatever it is: what is not erased now is erased next time, and would never be otherwise.
                failure(log, "erase_failed", error)
            await asyncio.sleep(AGAIN_SECONDS)
            since_expiry += AGAIN_SECONDS

    async def erase(self, found: list[str]) -> bool:
        """Erase conversations. False while Rasa still has to forget its part."""
        done = True
        for conversation_id in found:
            done = await self._erase(conversation_id) and done
        if found:
            await anyio.to_thread.run_sync(self._database.tidy)
        return done

    async def _erase(self, conversation_id: str) -> bool:
        # Nobody may be working on it when it goes, or an answer would come to a conversation that is no more.
        await self._delivery.drop(conversation_id)
        await self._forget_here(conversation_id)
        self._listeners.notify(conversation_id)
        done = await self._forget_at_rasa(conversation_id)
        event(log, "conversation_erased", conversation=conversation_id, complete=done)
        return done

    async def _forget_here(self, conversation_id: str) -> None:
        await self._database.writing(lambda s: conversations.shut_for_erasure(s, conversation_id, now()))
        while await self._database.writing(lambda s: search.forget_some(s, conversation_id)):
            pass
        await self._database.writing(lambda s: conversations.request_erasure(s, conversation_id, now()))

    async def _forget_at_rasa(self, conversation_id: str) -> bool:
        try:
            await self._rasa.erase(conversation_id)
        except (RasaUnreachable, RasaFailed):
            return False
        await self._database.writing(lambda session: conversations.finish_erasure(session, conversation_id))
        return True
