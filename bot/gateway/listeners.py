"""Who is looking at a conversation right now, so that they hear of a new entry at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.storage.record import Entry

PER_CONVERSATION = 8
PER_ADDRESS = 40
IN_ALL = 1000
# A page that takes its entries slower than they come finds them in the database.
TOLD = 50


class TooManyListeners(Exception):
    """A conversation, an address or the server has as many open event streams as it may."""


class Listening:
    """One open stream: it hears that there is something new, and mostly what."""

    def __init__(self) -> None:
        """Begin without knowing anything."""
        self.signal = asyncio.Event()
        self._told: list[Entry] | None = None

    def tell(self, entries: Sequence[Entry]) -> None:
        """Wake the stream; without entries it has to look for itself."""
        if not entries or len(self._told or ()) >= TOLD:
            self._told = None
        elif self._told is not None:
            self._told += entries
        self.signal.set()

    def news_after(self, after: int) -> list[Entry] | None:
        """What follows number `after`, or None when only the database knows all of it. Asked again, it is known."""
        told, self._told = self._told, []
        if told is None:
            return None
        new = [entry for entry in told if entry.number > after]
        # Numbers left out belong to nobody, or to what another process has stored.
        return new if [entry.number for entry in new] == list(range(after + 1, after + 1 + len(new))) else None


class Listeners:
    """Wakes the event streams of a conversation."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self.closing = False
        # Told of every conversation that may have a new entry: the messengers deliver from there.
        self.watchers: list[Callable[[str], None]] = []
        self._streams: dict[str, set[Listening]] = {}
        self._addresses: Counter[str] = Counter()

    def notify(self, conversation_id: str, entries: Sequence[Entry] = ()) -> None:
        """Tell the listeners of a conversation of new entries, which are stored; without any they look themselves."""
        for listening in self._streams.get(conversation_id, ()):
            listening.tell(entries)
        if not self.closing:
            for watcher in self.watchers:
                watcher(conversation_id)

    @property
    def are_passed_on(self) -> bool:
        """Whether new entries leave for elsewhere, where nobody knows their numbers."""
        return bool(self.watchers)

    def count(self) -> int:
        """How many streams are open."""
        return self._addresses.total()

    def notify_all(self) -> None:
        """Let all listeners look: something may have happened that nobody told us of."""
        for conversation_id in list(self._streams):
            self.notify(conversation_id)

    def close(self) -> None:
        """Let every listener go: the server is about to stop."""
        self.closing = True
        self.notify_all()

    @asynccontextmanager
    async def listen(self, conversation_id: str, address: str) -> AsyncIterator[Listening]:
        """What hears whenever the conversation may have a new entry.

        Raises:
            TooManyListeners: when a limit is reached.
        """
        streams = self._streams.get(conversation_id, set())
        everyone = self._addresses.total()
        if len(streams) >= PER_CONVERSATION or self._addresses[address] >= PER_ADDRESS or everyone >= IN_ALL:
            raise TooManyListeners
        listening = Listening()
        self._streams[conversation_id] = streams
        streams.add(listening)
        self._addresses[address] += 1
        try:
            yield listening
        finally:
            streams.discard(listening)
            if not streams:
                self._streams.pop(conversation_id, None)
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]


async def signal_within(signal: asyncio.Event, seconds: float) -> bool:
    """Wait for the signal; False when it did not come in time."""
    try:
        async with asyncio.timeout(seconds):
            await signal.wait()
    except TimeoutError:
        return False
    return True
