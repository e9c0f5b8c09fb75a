"""Taking in what a webhook brought: each event once, in one transaction, before the platform is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.gateway.messengers.base import Incoming, Messenger
from bot.gateway.messengers.identity import Identities
from bot.gateway.messengers.storing import Pace, Storing, Taken, Words
from bot.storage.database import Database

# Platforms repeat an event for a day and a half at most. What is older is nothing to answer any more, and what could
# be repeated is remembered for longer than that.
STALE = timedelta(hours=36)
EVENTS_KEPT = timedelta(days=30)


class Intake:
    """Stores the events of one webhook."""

    def __init__(self, database: Database, identities: Identities, words: Words, idle: timedelta) -> None:
        """Prepare.

        Args:
            database: Where everything is stored.
            identities: Turns senders into keyed hashes.
            words: What the gateway itself says.
            idle: After so long without a word a person's next message begins a new conversation.
        """
        self._database = database
        self._identities = identities
        self._words = words
        self._idle = idle

    async def take(
        self, messenger: Messenger, events: list[Incoming], pace: Callable[[str], Pace], at: datetime
    ) -> Taken:
        """Store the events of one webhook, all or none; `pace` tells how fast a visitor writes."""
        fresh = [event for event in events if event.at is None or at - event.at <= STALE]
        known = [(event, self._identities.visitor(messenger.name, event.sender)) for event in fresh]
        judged = [(event, visitor, pace(visitor)) for event, visitor in known]

        def store(session: Session) -> Taken:
            taken = Taken()
            for event, visitor, speed in judged:
                Storing(session, messenger, event, visitor, at, taken, self._identities, self._words, self._idle).store(
                    speed
                )
            return taken

        try:
            return await self._database.writing(store)
        except IntegrityError:
            # Two requests met at a person's first message, or brought the same event: now the other one's is there.
            return await self._database.writing(store)
