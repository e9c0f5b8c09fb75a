"""Taking words into the search index beside the answers, not between them."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.observing.logs import failure
from bot.storage.database import Database
from bot.storage.sealing import search

# The more come together, the less each costs; nobody waits for it, since a search looks at what waits as well.
EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


async def keep_indexing(database: Database) -> None:
    """Take in whatever waits, from time to time; until cancelled."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            while await database.writing(search.index_waiting):
                pass
        except SQLAlchemyError as error:
            failure(log, "database_failed", error)
