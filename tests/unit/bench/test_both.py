"""Two servers of the stock side are run as one command."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import psutil

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
ENDS = [sys.executable, "-c", ""]


def started(*commands: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bot.bench.serving.both", *map(json.dumps, commands)])


def children_of(process: subprocess.Popen[bytes], count: int) -> list[psutil.Process]:
    until = time.monotonic() + 60
    while len(found := psutil.Process(process.pid).children()) < count and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_told_to_stop_it_ends_both() -> None:
    process = started(SLEEPS, SLEEPS)
    children = children_of(process, 2)

    process.send_signal(signal.SIGTERM)

    assert 0 == process.wait(60)
    assert 2 == len(children) and not any(child.is_running() for child in children)


def test_when_one_ends_by_itself_the_other_is_ended_and_that_is_told() -> None:
    process = started(ENDS, SLEEPS)

    assert 1 == process.wait(60)
