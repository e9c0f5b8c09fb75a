"""A closed loop of visitors: each says its next message when the last one was answered."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.bench.serving.visitors import Visitor


@dataclass(frozen=True)
class Load:
    """What one load did.

    Attributes:
        users: Visitors at the same time.
        history: Messages that each had said before the measurement.
        seconds: Of each answered message, in no order.
        lost: Messages without an answer.
        elapsed: Seconds from the first message to the last answer.
    """

    users: int
    history: int
    seconds: tuple[float, ...]
    lost: int
    elapsed: float

    @property
    def a_second(self) -> float:
        """Answered messages a second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which `share` (0 to 1) of the messages were answered; the nearest rank."""
        ordered = sorted(self.seconds)
        if not ordered:
            return float("nan")
        # Rounded first: a product such as 0.07 * 100 is a hair above the rank it means.
        rank = math.ceil(round(share * len(ordered), 6))
        return ordered[max(1, rank) - 1] * 1000


async def closed_loop(
    make: Callable[[int], Visitor],
    texts: Sequence[str],
    *,
    users: int,
    messages: int,
    history: int = 0,
    before: Callable[[], None] = lambda: None,
) -> Load:
    """Let `users` visitors say `messages` messages in all.

    Args:
        make: A visitor by number.
        texts: What is said, over and over; every visitor begins at another place.
        users: Visitors at the same time.
        messages: Measured messages in all.
        history: What each visitor says before it is measured.
        before: Called when the visitors are there and nothing has been measured yet.
    """
    visitors = [make(number) for number in range(users)]
    try:
        await asyncio.gather(*(visitor.arrive() for visitor in visitors))
        for place, visitor in enumerate(visitors):
            for text in _from(texts, place, history):
                await visitor.say(text)
        before()
        began = time.perf_counter()
        share = max(1, messages // users)
        said = await asyncio.gather(
            *(_talk(visitor, _from(texts, place + history, share)) for place, visitor in enumerate(visitors))
        )
        elapsed = time.perf_counter() - began
    finally:
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
    found = [seconds for one in said for seconds in one]
    answered = tuple(seconds for seconds in found if seconds is not None)
    return Load(users, history, answered, len(found) - len(answered), elapsed)


async def _talk(visitor: Visitor, texts: Sequence[str]) -> list[float | None]:
    return [await visitor.say(text) for text in texts]


def _from(texts: Sequence[str], place: int, count: int) -> list[str]:
    start = place * 7 % len(texts)
    return list(islice((texts[(start + step) % len(texts)] for step in range(count)), count))
