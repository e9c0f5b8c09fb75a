"""Days are counted beside the pages, so that nobody waits for it and none is missed before conversations are erased."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.observing.logs import event, failure
from bot.storage.database import Database
from bot.storage.staff_side import measures

EVERY_SECONDS = 15 * 60
# A write of SQLite holds up patients' messages; so many days are counted in one.
DAYS_AT_ONCE = 3
STATISTICS_SECONDS = 24 * 3600
# Rows of each index that are looked at: enough to choose among indexes, and quick at any size.
_SAMPLED = 1000

log = logging.getLogger(__name__)


async def keep_counting(database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
    """Count what is not counted yet, now and every quarter of an hour; runs until cancelled."""
    since_statistics: float = STATISTICS_SECONDS
    while True:
        try:
            if since_statistics >= STATISTICS_SECONDS:
                await database.writing(take_statistics)
                since_statistics = 0.0
            days = await count(database, zone, now())
            event(log, "days_counted", days=days)
        except Exception as error:
            # Whatever it is: what is not counted now is counted next time, and must be before it is erased.
            failure(log, "counting_failed", error)
        await asyncio.sleep(EVERY_SECONDS)
        since_statistics += EVERY_SECONDS


def take_statistics(session: Session) -> None:
    """Let SQLite know how its tables have grown, so that it chooses the right index; PostgreSQL sees to it itself."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"PRAGMA analysis_limit={_SAMPLED}"))
        session.execute(text("ANALYZE"))


async def count(database: Database, zone: ZoneInfo, now: datetime) -> int:
    """Count what is not counted yet, a few days in each transaction; returns how many days."""
    total = 0
    while True:
        days = await database.writing(lambda session: measures.count_days(session, now, zone, DAYS_AT_ONCE))
        total += days
        if days < DAYS_AT_ONCE:
            return total
