"""The processor time of a stage is what its own steps took, though others run between them."""

from __future__ import annotations

import asyncio
import contextlib
from time import thread_time
from typing import NoReturn

import pytest

from bot.observing import metrics
from bot.observing.stages import Counted, spent_on


def counted(stage: str) -> float:
    return float(metrics.REGISTRY.get_sample_value("assistant_stage_cpu_seconds_total", {"stage": stage}) or 0.0)


def busy(seconds: float) -> None:
    until = thread_time() + seconds
    while thread_time() < until:
        pass


def test_a_block_is_counted_also_when_it_fails() -> None:
    before = counted("a block")
    with contextlib.suppress(ValueError), spent_on("a block"):
        busy(0.02)
        raise ValueError
    assert counted("a block") - before >= 0.02


async def test_what_others_do_meanwhile_is_not_counted() -> None:
    before, go_on = counted("a coroutine"), asyncio.Event()

    async def work() -> str:
        busy(0.01)
        await go_on.wait()
        busy(0.01)
        return "done"

    async def others() -> None:
        busy(0.2)
        go_on.set()

    done, _ = await asyncio.gather(Counted("a coroutine", work()), others())

    assert "done" == done
    assert 0.02 <= counted("a coroutine") - before < 0.2


async def test_errors_and_cancelling_reach_the_coroutine_and_its_caller() -> None:
    told: list[str] = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            told.append("cancelled")
            raise

    async def fails() -> NoReturn:
        await asyncio.sleep(0)
        raise LookupError

    async def waiting() -> None:
        await Counted("a coroutine", waits())

    task = asyncio.create_task(waiting())
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert ["cancelled"] == told
    with pytest.raises(LookupError):
        await Counted("a coroutine", fails())
