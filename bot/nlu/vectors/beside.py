"""A second thread for one message: the parser beside the encoder, and two passes through the examples at a time.

All of these leave Python's lock to others for most of their time. Two messages are still read one after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import numpy as np

from bot.observing.stages import spent_on

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside-the-reader")


def beside(
    work: Callable[Arguments, Result], *arguments: Arguments.args, **options: Arguments.kwargs
) -> Future[Result]:
    """Begin `work`, which must not wait for more work beside it: the thread would wait for itself."""

    def counted() -> Result:
        with spent_on("understanding"):
            return work(*arguments, **options)

    return _thread.submit(counted)


def beside_or_now(work: Callable[[np.ndarray], Result], values: np.ndarray, *, is_beside: bool) -> Future[Result]:
    """Begin `work` as `beside`, or do it here and now.

    Several texts are mostly read when others wait: both processors have enough to do, and a second thread costs more.
    """
    if is_beside:
        return beside(work, values)
    done: Future[Result] = Future()
    done.set_result(work(values))
    return done
