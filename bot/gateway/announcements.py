"""Hearing what other machines announce through PostgreSQL (`bot.storage.shared_work`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from psycopg import sql

from bot.observing.logs import failure

AGAIN_SECONDS = 1.0
# A connection that hears nothing for so long is asked whether it is alive.
QUIET_SECONDS = 10.0
# The other side is noticed to be gone within seconds, when nothing is sent as well as when nothing comes back.
CONNECTING: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}

log = logging.getLogger(__name__)


def driver_url(database_url: str) -> str:
    """SQLAlchemy's address of a PostgreSQL database as the drivers themselves read it."""
    return database_url.replace("postgresql+psycopg2://", "postgresql://", 1)


async def connect(database_url: str) -> psycopg.AsyncConnection:
    """A connection that notices within seconds when the other side is gone.

    Raises:
        psycopg.Error: when there is none to be had.
    """
    return await psycopg.AsyncConnection.connect(driver_url(database_url), autocommit=True, **CONNECTING)


async def hear(database_url: str, told: Mapping[str, Callable[[str], None]], missed: Callable[[], None]) -> None:
    """Pass on what is announced, for as long as the task runs.

    Args:
        database_url: The PostgreSQL database all machines share.
        told: What to call with the content, by channel.
        missed: Called whenever something may have been announced while nobody listened.
    """
    while True:
        try:
            async with await connect(database_url) as connection:
                for channel in told:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                missed()
                while True:
                    async for heard in connection.notifies(timeout=QUIET_SECONDS):
                        told[heard.channel](heard.payload)
                    await connection.execute("SELECT 1")
        except (psycopg.Error, OSError) as error:
            failure(log, "announcements_lost", error)
        await asyncio.sleep(AGAIN_SECONDS)
