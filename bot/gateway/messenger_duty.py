"""One of all workers speaks to the messengers: the one that holds a lock which PostgreSQL frees when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.announcements import connect
from bot.gateway.messengers.service import Messengers
from bot.observing.logs import event, failure

# Any number that nothing else in this database uses.
DUTY_LOCK = 7_221_002
LOOK_SECONDS = 2.0

log = logging.getLogger(__name__)


class MessengerDuty:
    """Handles the messengers' events and delivers replies to them while it holds the lock."""

    def __init__(self, database_url: str, build: Callable[[], Messengers]) -> None:
        """Prepare; nothing runs yet."""
        self._url = database_url
        self._build = build
        self._messengers: Messengers | None = None

    def hear(self, _: str = "") -> None:
        """Some machine has taken in events."""
        if self._messengers is not None:
            self._messengers.handle()

    async def take_turns(self) -> None:
        """Wait for the lock, work while it is held, and begin again when it is lost; until cancelled."""
        while True:
            try:
                async with await connect(self._url) as connection:
                    await self._while_held(connection)
            except (psycopg.Error, SQLAlchemyError, OSError) as error:
                failure(log, "messenger_duty_lost", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _while_held(self, connection: psycopg.AsyncConnection) -> None:
        cursor = await connection.execute("SELECT pg_try_advisory_lock(%s)", (DUTY_LOCK,))
        row = await cursor.fetchone()
        if row is None or not row[0]:
            return
        self._messengers = self._build()
        try:
            await self._messengers.start()
            event(log, "messenger_duty_taken")
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                await connection.execute("SELECT 1")
        finally:
            leaving, self._messengers = self._messengers, None
            with contextlib.suppress(psycopg.Error, SQLAlchemyError):
                await leaving.stop()
