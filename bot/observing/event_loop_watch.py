"""Watches over an event loop: what blocks it makes everybody wait who is served by it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from bot.observing.logs import event

LOOK_SECONDS = 0.02
# Longer than this and a patient notices that somebody else was served.
BLOCKED_SECONDS = 0.05

log = logging.getLogger(__name__)


async def watch(
    process: str, told: Callable[[float], None] | None = None, clock: Callable[[], float] = time.perf_counter
) -> None:
    """Log `event_loop_blocked` whenever the loop came back later than it was asked to; runs until cancelled.

    Args:
        process: Names the process in the log.
        told: Takes each delay in seconds, blocked or not.
        clock: Seconds that only grow.
    """
    while True:
        asleep = clock()
        await asyncio.sleep(LOOK_SECONDS)
        late = clock() - asleep - LOOK_SECONDS
        if told is not None:
            told(late)
        if late > BLOCKED_SECONDS:
            event(log, "event_loop_blocked", logging.WARNING, process=process, milliseconds=round(late * 1000))
