"""Handling the events that were taken in: in their order, a few to a transaction, each once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.gateway.delivery import now
from bot.gateway.messengers.base import Incoming, Kind, Messenger
from bot.gateway.messengers.identity import Identities, Unreadable
from bot.gateway.messengers.intake import from_text
from bot.gateway.messengers.person import Person, Words
from bot.gateway.messengers.storing import Pace, Storing, Taken
from bot.observing.logs import event, failure
from bot.storage import messengers
from bot.storage.database import Database
from bot.storage.engine import AWAY
from bot.storage.schema.messenger_tables import MessengerEvent

# A longer transaction would keep the next webhook waiting.
AT_ONCE = 2
RETRY_SECONDS = 2.0

log = logging.getLogger(__name__)
Done = Callable[[Messenger, Taken], None]
Judged = tuple[MessengerEvent, Messenger, Incoming, Pace]


class Handling:
    """Works off the stored events. What it has not handled is in the database, so it may be killed at any point."""

    def __init__(
        self,
        database: Database,
        known: Mapping[str, Messenger],
        identities: Identities,
        words: Words,
        idle: timedelta,
        pace: Callable[[str], Pace],
        done: Done,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: Where the events are.
            known: The messengers that are set up.
            identities: Turns senders into keyed hashes.
            words: What the gateway itself says.
            idle: After so long without a word a person's next message begins a new conversation.
            pace: How fast a visitor writes.
            done: Told what came of the events, once it is stored.
        """
        self._database = database
        self._known = known
        self._identities = identities
        self._words = words
        self._idle = idle
        self._pace = pace
        self._done = done
        # Of the events in hand: asked anew with every attempt, a database that is away would use up a person's share.
        self._paces: dict[str, Pace] = {}
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """See to the stored events, after those already under way."""
        self._wanted = True
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Stop; unhandled events stay for the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _work(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                while await self._handle_next():
                    pass
        finally:
            self._task = None

    async def _handle_next(self) -> bool:
        """Handle the oldest events; False when there are none."""
        try:
            rows = await self._database.reading(lambda session: messengers.next_events(session, AT_ONCE))
            judged = [found for row in rows if (found := await self._judged(row)) is not None]
            try:
                await self._handle(judged)
            except AWAY:
                raise
            except Exception:
                # One of them cannot be handled, and must not keep the others.
                for one in judged:
                    await self._handle_or_leave_out(one)
        except AWAY as error:
            failure(log, "database_failed", error)
            await asyncio.sleep(RETRY_SECONDS)
            return True
        self._paces.clear()
        return bool(rows)

    async def _judged(self, row: MessengerEvent) -> Judged | None:
        messenger = self._known.get(row.channel)
        if messenger is None:
            # Switched off since, or set up where webhooks come in and not where they are handled.
            event(log, "event_of_no_messenger", logging.ERROR, channel=row.channel)
        try:
            incoming = from_text(self._identities.open(row.id, row.content or b""))
        except Unreadable as error:
            failure(log, "event_unreadable", error, channel=row.channel)
            messenger = None
        if messenger is None:
            await self._database.writing(lambda session: messengers.note_handled(session, row.number))
            return None
        is_report = incoming.kind is Kind.REPORT
        if row.id not in self._paces:
            visitor = self._identities.visitor(messenger.name, incoming.sender)
            self._paces[row.id] = Pace.FINE if is_report else self._pace(visitor)
        return row, messenger, incoming, self._paces[row.id]

    async def _handle(self, judged: list[Judged], *, apologises: bool = False) -> None:
        """Store what came, or that it could not be seen to, and whom to tell."""

        def store(session: Session) -> list[tuple[Messenger, Taken]]:
            found: dict[str, Taken] = {}
            for row, messenger, incoming, pace in judged:
                visitor = self._identities.visitor(messenger.name, incoming.sender)
                taken = found.setdefault(messenger.name, Taken())
                known = (self._identities, self._words, self._idle, taken.deliver)
                person = Person(session, messenger.name, incoming.sender, visitor, now(), *known)
                storing = Storing(messenger, person, incoming, taken)
                if apologises:
                    storing.apologise()
                else:
                    storing.store(row.id, pace)
                messengers.note_handled(session, row.number)
            return [(self._known[name], taken) for name, taken in found.items()]

        for messenger, taken in await self._database.writing(store) if judged else ():
            self._done(messenger, taken)

    async def _handle_or_leave_out(self, one: Judged) -> None:
        for apologises in (False, True):
            try:
                return await self._handle([one], apologises=apologises)
            except AWAY:
                raise
            except Exception as error:
                failure(log, "event_not_handled", error, channel=one[1].name)
        await self._database.writing(lambda session: messengers.note_handled(session, one[0].number))
