"""A request to stop is heard whatever the main thread, or an earlier signal, is just doing."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from bot.processes.stop_request import StopRequest


@pytest.fixture
def request_to_stop() -> Iterator[StopRequest]:
    """One that a signal makes."""
    stop = StopRequest()
    before = signal.signal(signal.SIGUSR1, lambda *_: stop.make())
    yield stop
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_at_every_line_of_an_earlier_one_is_no_dead_end(request_to_stop: StopRequest) -> None:
    signals = 0

    def interrupt(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal signals
        if event == "line" and signals < 20:
            signals += 1
            signal.raise_signal(signal.SIGUSR1)
        return interrupt

    sys.settrace(interrupt)
    try:
        signal.raise_signal(signal.SIGUSR1)
    finally:
        sys.settrace(None)

    assert signals > 2
    assert request_to_stop.wait(0)


def test_a_signal_ends_the_waiting_at_once(request_to_stop: StopRequest) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    before = signal.signal(signal.SIGALRM, lambda *_: request_to_stop.make())
    try:
        assert request_to_stop.wait(600)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_nobody_asked_and_the_time_is_over() -> None:
    stop = StopRequest()

    assert not stop.wait(0.01)
    assert not stop.is_made


def test_more_requests_than_a_pipe_holds_are_one() -> None:
    stop = StopRequest()

    for _ in range(100_000):
        stop.make()

    assert stop.wait(0)
