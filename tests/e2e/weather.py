"""Bad weather on the line: cuts, delays, copies and disorder, by chance.

What arrives first differs from run to run, so chance alone may leave a run without any trouble: the first message,
history and event that could be struck by a kind of trouble always is.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass
class Weather:
    """How likely each kind of trouble is; `end` makes it fair again, `struck` names the places where it struck."""

    cut: float = 0.0
    delay: float = 0.0
    copy: float = 0.0
    disorder: float = 0.0
    seed: int = 1
    longest_delay: float = 0.4
    chance: random.Random = field(init=False)
    struck: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Fix the chance."""
        self.chance = random.Random(self.seed)

    def end(self) -> None:
        """Fair weather from now on."""
        self.cut = self.delay = self.copy = self.disorder = 0.0

    async def strikes_post(self) -> Literal["before", "after"] | None:
        """Whether a message is lost on its way, or its acceptance on the way back."""
        await self._dawdle()
        if not self._happens("post cut", self.cut):
            return None
        return "before" if self.chance.random() < 0.5 else "after"

    async def strikes_history(self) -> bool:
        """Whether the history cannot be read this time."""
        await self._dawdle()
        return self._happens("history cut", self.cut / 2)

    async def cuts_stream(self) -> bool:
        """Whether the events end here."""
        await self._dawdle()
        return self._happens("stream cut", self.cut)

    def copies(self) -> int:
        """How often an event is sent."""
        return 2 if self._happens("copy", self.copy) else 1

    def shuffled(self, news: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The events in the order they are sent."""
        if len(news) < 2 or not self._happens("disorder", self.disorder):
            return news
        return self.chance.sample(news, len(news))

    def holds_back(self) -> bool:
        """Whether an event waits for the next one, which then overtakes it."""
        return self._happens("held back", self.disorder)

    def shuffled_events(self, events: list[bytes]) -> list[bytes]:
        """Events as they came over the line, in the order they are passed on."""
        return self.chance.sample(events, len(events)) if len(events) > 1 else events

    async def _dawdle(self) -> None:
        if self._happens("delay", self.delay):
            await asyncio.sleep(self.chance.random() * self.longest_delay)

    def _happens(self, where: str, likelihood: float) -> bool:
        if likelihood <= 0 or (where in self.struck and self.chance.random() >= likelihood):
            return False
        self.struck.add(where)
        return True


FAIR = Weather()
