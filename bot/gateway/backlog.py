"""How much waits for an answer, looked up from time to time for the metrics."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.gateway.delivery import now
from bot.observing import metrics
from bot.storage.database import Database
from bot.storage.inbox import IS_WAITING
from bot.storage.schema.conversation_tables import InboundMessage

LOOK_SECONDS = 5.0


async def watch_backlog(database: Database) -> None:
    """Keep the gauges; until cancelled."""

    def count(session: Session) -> tuple[int, datetime | None]:
        query = select(func.count(), func.min(InboundMessage.received_at)).where(IS_WAITING)
        number, oldest = session.execute(query).one()
        return number, oldest

    while True:
        try:
            number, oldest = await database.reading(count)
        except SQLAlchemyError:
            metrics.DATABASE_UP.set(0)
        else:
            metrics.DATABASE_UP.set(1)
            metrics.WAITING.set(number)
            metrics.OLDEST_SECONDS.set((now() - oldest).total_seconds() if oldest else 0)
        await asyncio.sleep(LOOK_SECONDS)
