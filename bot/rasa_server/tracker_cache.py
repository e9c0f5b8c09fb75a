"""Trackers kept in memory between turns: a guess at what the database holds, never more."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Kept = TypeVar("Kept")
MOST = 300
SECONDS = 900.0


@dataclass
class _Entry(Generic[Kept]):
    value: Kept
    at: float


class TrackerCache(Generic[Kept]):
    """Gives each value out once: a turn that fails half-way leaves nothing half-done behind."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin empty; `clock` gives monotonic seconds."""
        self._clock = clock
        self._entries: OrderedDict[str, _Entry[Kept]] = OrderedDict()

    def pop(self, name: str) -> Kept | None:
        """Take what is kept under a name."""
        self._drop_old()
        entry = self._entries.pop(name, None)
        return entry.value if entry else None

    def put(self, name: str, value: Kept) -> None:
        """Keep a value; the oldest makes way."""
        self._entries[name] = _Entry(value, self._clock())
        self._entries.move_to_end(name)
        self._drop_old()

    def _drop_old(self) -> None:
        # Words of an erased conversation must not stay in another process's memory for long.
        oldest = self._clock() - SECONDS
        while self._entries and (len(self._entries) > MOST or next(iter(self._entries.values())).at < oldest):
            self._entries.popitem(last=False)
