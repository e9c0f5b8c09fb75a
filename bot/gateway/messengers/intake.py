"""Taking in what webhooks bring: each event once, stored encrypted before its platform is answered."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.gateway.messengers.base import Incoming, Kind, Messenger
from bot.gateway.messengers.identity import Identities, Unreadable
from bot.observing.logs import event
from bot.storage import messengers
from bot.storage.database import Database

# Platforms repeat an event for a day and a half at most. What is older is nothing to answer any more, and what could
# be repeated is remembered for longer than that.
STALE = timedelta(hours=36)
EVENTS_KEPT = timedelta(days=30)

log = logging.getLogger(__name__)
Row = dict[str, object]


class Intake:
    """Stores the events of webhooks. Those that come at the same time share one transaction: one wait for the disk."""

    def __init__(self, database: Database, identities: Identities) -> None:
        """Prepare; nothing runs yet."""
        self._database = database
        self._identities = identities
        self._waiting: list[tuple[list[Row], asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def put(self, messenger: Messenger, events: list[Incoming], at: datetime) -> None:
        """Store events for good; returns when they are on the disk."""
        fresh = [event for event in events if event.at is None or at - event.at <= STALE]
        rows = [self._row(messenger, event, at) for event in fresh]
        if not rows:
            return
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((rows, stored))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        await stored

    def _row(self, messenger: Messenger, incoming: Incoming, at: datetime) -> Row:
        key = self._identities.event(messenger.name, incoming.event_id)
        content = self._identities.seal(key, to_text(incoming))
        return {"id": key, "channel": messenger.name, "at": at, "content": content}

    async def _flush(self) -> None:
        while self._waiting:
            jobs, self._waiting = self._waiting, []
            rows = [row for job, _ in jobs for row in job]
            failure: Exception | None = None
            try:
                fresh = await self._write(rows)
                event(log, "webhooks_taken", webhooks=len(jobs), events=len(rows), repeated=len(rows) - fresh)
            except Exception as error:
                # Told to all who wait for it: a webhook that is not stored must not be answered as if it were.
                failure = error
            for _, stored in jobs:
                if not stored.done() and failure is not None:
                    stored.set_exception(failure)
                elif not stored.done():
                    stored.set_result(None)
        self._flushing = None

    async def _write(self, rows: list[Row]) -> int:
        def put(session: Session) -> int:
            return messengers.put_events(session, rows)

        return await self._database.writing(put, urgent=True, brief=True)


def to_text(incoming: Incoming) -> str:
    """An event as text, to be stored."""
    content = asdict(incoming)
    content["at"] = incoming.at.isoformat() if incoming.at else None
    return json.dumps(content)


def from_text(text: str) -> Incoming:
    """The event that `to_text` wrote.

    Raises:
        Unreadable: when another version has written it in another way.
    """
    try:
        content = json.loads(text)
        at = datetime.fromisoformat(content["at"]) if content["at"] else None
        return Incoming(**{**content, "kind": Kind(content["kind"]), "at": at})
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable from error
