"""Days are counted beside the pages, so that nobody waits for it and none is missed before conversations are erased."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from bot.logs import event, failure
from bot.storage import measures
from bot.storage.database import Database

EVERY_SECONDS = 15 * 60
# A write of SQLite holds up patients' messages; so many days are counted in one.
DAYS_AT_ONCE = 3

log = logging.getLogger(__name__)


async def keep_counting(database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
    """Count what is not counted yet, now and every quarter of an hour; runs until cancelled."""
    while True:
        try:
            days = await count(database, zone, now())
            event(log, "days_counted", days=days)
        except SQLAlchemyError as error:
            failure(log, "counting_failed", error)
        await asyncio.sleep(EVERY_SECONDS)


async def count(database: Database, zone: ZoneInfo, now: datetime) -> int:
    """Count what is not counted yet, a few days in each transaction; returns how many days."""
    total = 0
    while True:
        days = await database.writing(lambda session: measures.count_days(session, now, zone, DAYS_AT_ONCE))
        total += days
        if days < DAYS_AT_ONCE:
            return total
