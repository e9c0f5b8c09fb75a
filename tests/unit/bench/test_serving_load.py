"""A closed loop counts what was answered and what was lost, and the processes' figures find their names."""

from __future__ import annotations

import asyncio
import math
import sys
import threading
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from bot.bench.pipelines import BenchFailed
from bot.bench.serving.load import Load, closed_loop
from bot.bench.serving.processes import Group, answers


class Parrot:
    """Answers everything but what it was told not to, and keeps what was said."""

    def __init__(self, silent_on: str) -> None:
        self.said: list[str] = []
        self.silent_on = silent_on

    async def arrive(self) -> None:
        self.said.clear()

    async def say(self, text: str) -> float | None:
        self.said.append(text)
        await asyncio.sleep(0)
        return None if text == self.silent_on else 0.002

    async def leave(self) -> None:
        self.said.append("left")


async def test_messages_without_an_answer_are_counted_as_lost() -> None:
    """A lost message must not vanish from the table by being left out of the median."""
    visitors: list[Parrot] = []

    def make(_: int) -> Parrot:
        visitors.append(Parrot("b"))
        return visitors[-1]

    load = await closed_loop(make, ["a", "b", "c"], users=2, messages=12)

    assert load.lost == 4
    assert len(load.seconds) == 8
    assert all(visitor.said[-1] == "left" for visitor in visitors)


async def test_what_was_said_before_is_not_measured() -> None:
    """A history makes the conversation long; its own messages are no part of the figures."""
    started: list[bool] = []
    visitor = Parrot("")

    load = await closed_loop(
        lambda _: visitor, ["a"], users=1, messages=3, history=5, before=lambda: started.append(len(visitor.said) == 5)
    )

    assert started == [True]
    assert len(load.seconds) == 3
    assert load.history == 5


def test_a_percentile_is_one_of_the_measured_times() -> None:
    """By nearest rank: no time is shown that no message took."""
    load = Load(1, 0, tuple(n / 1000 for n in range(1, 101)), 0, 1.0)

    assert [50.0, 95.0, 100.0] == [round(load.percentile(share), 3) for share in (0.5, 0.95, 1.0)]
    few = Load(1, 0, tuple(n / 1000 for n in range(1, 31)), 0, 1.0)
    assert [15.0, 29.0, 1.0] == [round(few.percentile(share), 3) for share in (0.5, 0.95, 0.0)]
    assert math.isnan(Load(1, 0, (), 3, 1.0).percentile(0.5))


def test_a_server_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    """Whoever measures must not search for why nothing came up."""
    group = Group([sys.executable, "-c", "print('no port left')"], tmp_path, {}, tmp_path / "log", {})

    with pytest.raises(BenchFailed, match="no port left"):
        group.wait_until(lambda: False)


def test_a_proxy_for_the_way_out_is_not_asked_for_a_server_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the bench would wait in vain for a server that is up."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    server.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.handle_request)
    thread.start()

    assert answers(f"http://127.0.0.1:{server.server_port}/")

    thread.join()
    server.server_close()


def test_processes_are_counted_under_their_names_and_end_together(tmp_path: Path) -> None:
    """The memory of a part must not be counted for another."""
    command = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
    group = Group(command, tmp_path, {}, tmp_path / "log", {"time.sleep": "sleeper"})
    group.wait_until(lambda: "up" in group.log.read_text())

    costs = group.costs()
    group.stop()

    assert list(costs) == ["sleeper"]
    assert costs["sleeper"].rss_mb > 1
