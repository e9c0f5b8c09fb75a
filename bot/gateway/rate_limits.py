"""How much one visitor, and one address, may ask for: token buckets in memory.

They live with the process: a restart forgives, which costs nothing, and of several gateways each counts its own.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

KEPT_BUCKETS = 50_000


@dataclass(frozen=True)
class Rate:
    """At most `burst` at once, refilled by `per_minute`."""

    burst: float
    per_minute: float


class Buckets:
    """One bucket per key. The longest unused ones are forgotten first, so memory is bounded."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with every bucket full."""
        self.rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Take one; 0 when it may go ahead, else after how many seconds it may."""
        now = self._clock()
        per_second = self.rate.per_minute / 60
        left, since = self._left.pop(key, (self.rate.burst, now))
        left = min(self.rate.burst, left + (now - since) * per_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > KEPT_BUCKETS:
            self._left.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) / per_second))


@dataclass(frozen=True)
class RateLimits:
    """All limits of the gateway."""

    visitor_messages: Buckets
    address_messages: Buckets
    address_sessions: Buckets
    address_requests: Buckets

    @classmethod
    def for_rates(cls, per_visitor: int, per_address: int) -> RateLimits:
        """Limits from the messages a visitor and an address may send in a minute."""
        return cls(
            visitor_messages=Buckets(Rate(max(5, per_visitor / 2), per_visitor)),
            address_messages=Buckets(Rate(max(10, per_address / 2), per_address)),
            address_sessions=Buckets(Rate(max(10, per_address / 4), per_address / 4)),
            address_requests=Buckets(Rate(max(100, per_address * 3), per_address * 10)),
        )
