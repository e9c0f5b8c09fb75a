"""Who is looking at a conversation right now, so that they hear of a new entry at once."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

PER_CONVERSATION = 8
PER_ADDRESS = 40
IN_ALL = 1000


class TooManyListeners(Exception):
    """A conversation, an address or the server has as many open event streams as it may."""


class Listeners:
    """Wakes the event streams of a conversation."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self.closing = False
        # Told of every conversation that may have a new entry: the messengers deliver from there.
        self.watchers: list[Callable[[str], None]] = []
        self._signals: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._addresses: Counter[str] = Counter()

    def notify(self, conversation_id: str) -> None:
        """Let the listeners of a conversation look for new entries."""
        for signal in self._signals.get(conversation_id, ()):
            signal.set()
        if not self.closing:
            for watcher in self.watchers:
                watcher(conversation_id)

    def count(self) -> int:
        """How many streams are open."""
        return self._addresses.total()

    def notify_all(self) -> None:
        """Let all listeners look: something may have happened that nobody told us of."""
        for conversation_id in list(self._signals):
            self.notify(conversation_id)

    def close(self) -> None:
        """Let every listener go: the server is about to stop."""
        self.closing = True
        self.notify_all()

    @asynccontextmanager
    async def listen(self, conversation_id: str, address: str) -> AsyncIterator[asyncio.Event]:
        """A signal that is set whenever the conversation may have a new entry.

        Raises:
            TooManyListeners: when a limit is reached.
        """
        signals = self._signals[conversation_id]
        everyone = self._addresses.total()
        if len(signals) >= PER_CONVERSATION or self._addresses[address] >= PER_ADDRESS or everyone >= IN_ALL:
            raise TooManyListeners
        signal = asyncio.Event()
        signals.add(signal)
        self._addresses[address] += 1
        try:
            yield signal
        finally:
            signals.discard(signal)
            if not signals:
                self._signals.pop(conversation_id, None)
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
