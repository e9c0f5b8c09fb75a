"""What each stage of a message costs the processor: seconds that the threads themselves spent, not those they waited.

What a process spends beside its stages goes into the network, the event loop and whatever nobody has named.
"""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from time import thread_time
from typing import Any, Generic, TypeVar

from bot.observing import metrics

Result = TypeVar("Result")


# Finding the counter of a stage takes longer than counting.
_counter = cache(metrics.STAGE_CPU_SECONDS.labels)


@contextmanager
def spent_on(stage: str) -> Iterator[None]:
    """Count what this thread spends in the block; nothing in it may wait for the event loop."""
    began = thread_time()
    try:
        yield
    finally:
        _counter(stage).inc(thread_time() - began)


class Counted(Generic[Result]):
    """A coroutine whose own steps are counted, whatever else the event loop does between them."""

    def __init__(self, stage: str, coroutine: Coroutine[Any, Any, Result]) -> None:
        """Prepare to run it; `await` does."""
        self._stage, self._coroutine = stage, coroutine

    def __await__(self) -> Generator[Any, Any, Result]:
        """Run it, step by step."""
        step, given = self._coroutine.send, None
        spent = 0.0
        try:
            while True:
                began = thread_time()
                try:
                    waits_for = step(given)
                except StopIteration as end:
                    result: Result = end.value
                    return result
                finally:
                    spent += thread_time() - began
                try:
                    step, given = self._coroutine.send, (yield waits_for)
                except BaseException as error:
                    step, given = self._coroutine.throw, error
        finally:
            _counter(self._stage).inc(spent)
