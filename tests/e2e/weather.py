"""Bad weather on the line, by chance but the same each time: cuts, delays, copies and disorder."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass
class Weather:
    """How likely each kind of trouble is; `end` makes it fair again."""

    cut: float = 0.0
    delay: float = 0.0
    copy: float = 0.0
    disorder: float = 0.0
    seed: int = 1
    longest_delay: float = 0.4
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Fix the chance."""
        self.chance = random.Random(self.seed)

    def end(self) -> None:
        """Fair weather from now on."""
        self.cut = self.delay = self.copy = self.disorder = 0.0

    async def strikes_post(self) -> Literal["before", "after"] | None:
        """Whether a message is lost on its way, or its acceptance on the way back."""
        await self._dawdle()
        if not self._happens(self.cut):
            return None
        return "before" if self.chance.random() < 0.5 else "after"

    async def strikes_history(self) -> bool:
        """Whether the history cannot be read this time."""
        await self._dawdle()
        return self._happens(self.cut / 2)

    async def cuts_stream(self) -> bool:
        """Whether the events end here."""
        await self._dawdle()
        return self._happens(self.cut)

    def copies(self) -> int:
        """How often an event is sent."""
        return 2 if self._happens(self.copy) else 1

    def shuffled(self, news: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The events in the order they are sent."""
        if not self._happens(self.disorder):
            return news
        return self.chance.sample(news, len(news))

    def holds_back(self) -> bool:
        """Whether an event waits for the next one, which then overtakes it."""
        return self._happens(self.disorder)

    def shuffled_events(self, events: list[bytes]) -> list[bytes]:
        """Events as they came over the line, in the order they are passed on."""
        return self.chance.sample(events, len(events)) if len(events) > 1 else events

    async def _dawdle(self) -> None:
        if self._happens(self.delay):
            await asyncio.sleep(self.chance.random() * self.longest_delay)

    def _happens(self, likelihood: float) -> bool:
        return likelihood > 0 and self.chance.random() < likelihood


FAIR = Weather()
