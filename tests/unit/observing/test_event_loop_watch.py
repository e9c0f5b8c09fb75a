"""What blocks an event loop is noticed and logged by the process's name."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

import pytest

from bot.observing.event_loop_watch import BLOCKED_SECONDS, watch


async def test_a_blocked_event_loop_is_logged_with_its_process(caplog: pytest.LogCaptureFixture) -> None:
    """A call that holds the loop is told afterwards, since nothing else would show who waited."""
    delays: list[float] = []
    with caplog.at_level(logging.WARNING):
        watching = asyncio.create_task(watch("gateway", delays.append))
        await asyncio.sleep(0.05)
        time.sleep(4 * BLOCKED_SECONDS)
        await asyncio.sleep(0.05)
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching

    told = [record for record in caplog.records if record.getMessage() == "event_loop_blocked"]
    assert any(record.bot_event["process"] == "gateway" for record in told)
    assert max(delays) > BLOCKED_SECONDS


async def test_a_free_event_loop_is_not_complained_about() -> None:
    """The watch counts only what comes late, so that its own sleeping is no delay."""
    moments = iter([0.0, 0.02, 0.02, 0.04, 0.04, 0.06])
    delays: list[float] = []

    with contextlib.suppress(StopIteration, RuntimeError):
        await watch("gateway", delays.append, clock=lambda: next(moments))

    assert [pytest.approx(0.0)] * 3 == delays
