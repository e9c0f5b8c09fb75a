"""Erasing where several machines work: the conversation's own queue does it, so that nothing of it is under way."""

from __future__ import annotations

import asyncio

from sqlalchemy.orm import Session

from bot.gateway.rasa_client import RasaUnreachable
from bot.storage import shared_work
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import Conversation

LOOKS = 20
LOOK_SECONDS = 0.1


class ForgettingByWorker:
    """Lets a worker ask the Rasas, after the message it may be answering at this moment."""

    def __init__(self, database: Database) -> None:
        """Prepare."""
        self._database = database

    async def erase(self, conversation_id: str) -> None:
        """Put it into the queue, and wait a little until it has happened.

        Raises:
            RasaUnreachable: when it has not happened yet; it stays in the queue.
        """

        def defer(session: Session) -> None:
            shared_work.defer_once(session, shared_work.FORGET, conversation_id)

        await self._database.writing(defer)
        for _ in range(LOOKS):
            await asyncio.sleep(LOOK_SECONDS)
            if await self._database.reading(lambda session: session.get(Conversation, conversation_id)) is None:
                return
        raise RasaUnreachable("queued")
