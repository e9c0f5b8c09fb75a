"""Taking turns: one at a time, in the order of asking, but those in a hurry first."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """A lock of one event loop with two queues."""

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._taken = False
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends."""
        if self._taken:
            await self._wait(self._urgent if urgent else self._others)
        self._taken = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, queue: deque[asyncio.Future[None]]) -> None:
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(called)
        try:
            await called
        except asyncio.CancelledError:
            if not called.cancelled():
                self._pass_on()  # called and cancelled in the same moment: the turn is the next one's
            raise

    def _pass_on(self) -> None:
        for queue in (self._urgent, self._others):
            while queue:
                called = queue.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self._taken = False
