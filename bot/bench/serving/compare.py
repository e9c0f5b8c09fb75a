"""Runs both servers through the same loads, one after the other on the same machine."""

from __future__ import annotations

import asyncio
import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.bench.folds import OUT_OF_SCOPE, thin_out
from bot.bench.nlu import read_labelled
from bot.bench.serving.load import Load, closed_loop
from bot.bench.serving.processes import Cost
from bot.bench.serving.servers import Server, start_product, start_stock

# The stock pipeline pads to the longest message of a batch, so long examples would only make its training longer.
LONGEST_TRAINED = 16
TRAINED_ON = 900
SAID = 211


@dataclass(frozen=True)
class Plan:
    """Which loads are run.

    Attributes:
        users: Visitors at the same time, each with a short history.
        histories: Messages said before, each with one visitor.
        messages: Measured messages in each load; a load of few users takes fewer.
    """

    users: tuple[int, ...] = (1, 10, 50)
    histories: tuple[int, ...] = (5, 50, 500)
    messages: int = 600

    def loads(self) -> list[tuple[int, int, int]]:
        """Users, history and messages of each load, the plain ones first."""
        short = self.histories[0]
        plain = [
            (users, short, max(self.messages // 3, users) if users == 1 else self.messages) for users in self.users
        ]
        return plain + [(1, history, self.messages // 6) for history in self.histories[1:]]


@dataclass
class Measured:
    """What one server did.

    Attributes:
        idle, loaded: Its processes when it was ready, and after all loads.
        loads: In the order of the plan.
        cpu: Milliseconds of CPU a message by process, in the same order.
        stages: Of that, milliseconds a message by process and stage, in the same order; {} where nobody counts.
        bytes_a_message: Growth of the database's files over all measured loads and their histories.
        blocked: Milliseconds for which an event loop was held over 50 ms, by process; None where nobody watches.
    """

    name: str
    ready_seconds: float
    idle: dict[str, Cost]
    loaded: dict[str, Cost] = field(default_factory=dict)
    loads: list[Load] = field(default_factory=list)
    cpu: list[dict[str, float]] = field(default_factory=list)
    stages: list[dict[tuple[str, str], float]] = field(default_factory=list)
    bytes_a_message: float = 0.0
    blocked: dict[str, list[int]] | None = None


@dataclass(frozen=True)
class Comparison:
    """Both servers, and on what they were measured."""

    command: str
    machine: str
    when: str
    sides: tuple[Measured, ...]


def compare(
    data: Path, plan: Plan, folder: Path, command: str, *, with_stock: bool, say: Callable[[str], None]
) -> Comparison:
    """Measure the product, and Rasa as published when asked to.

    Args:
        data: Folder of the examples: what is said, and what the stock pipeline learns.
        plan: The loads.
        folder: For databases, logs and models.
        command: For the report.
        with_stock: Whether to measure Rasa as published as well.
        say: Takes a line of progress.

    Raises:
        BenchFailed: when a server cannot be started.
        FileNotFoundError: when there are no examples.
    """
    available = [(text, label) for text, label in read_labelled(data) if label != OUT_OF_SCOPE]
    texts = _spread([text for text, label in available if not label.startswith("red_flag")], SAID)
    short = thin_out([row for row in available if len(row[0].split()) <= LONGEST_TRAINED], TRAINED_ON)
    starts: list[Callable[[Path], Server]] = [start_product]
    if with_stock:
        starts.append(lambda place: start_stock(place, short))
    sides = []
    for number, start in enumerate(starts):
        place = folder / str(number)
        place.mkdir(parents=True, exist_ok=True)
        sides.append(_measure(start(place), plan, texts, say))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    when = datetime.now(UTC).date().isoformat()
    return Comparison(command, machine, when, tuple(sides))


def _spread(texts: Sequence[str], count: int) -> list[str]:
    step = max(1, len(texts) // count)
    return list(texts[::step][:count])


def _measure(server: Server, plan: Plan, texts: Sequence[str], say: Callable[[str], None]) -> Measured:
    found = Measured(server.name, server.ready_seconds, server.group.costs())

    def read() -> tuple[dict[str, Cost], dict[tuple[str, str], float]]:
        return server.group.costs(), server.stages()

    readings: list[tuple[dict[str, Cost], dict[tuple[str, str], float]]] = []
    try:
        # The first messages fill caches on both sides; no patient of a running server meets them.
        asyncio.run(closed_loop(server.visitor, texts, users=2, messages=40))
        size, said = _size(server.database), 0
        for users, history, messages in plan.loads():
            load = asyncio.run(
                closed_loop(
                    server.visitor,
                    texts,
                    users=users,
                    messages=messages,
                    history=history,
                    before=lambda: readings.append(read()),
                )
            )
            (before, staged), (after, stages) = readings.pop(), read()
            answered = max(1, len(load.seconds))
            spent = {name: after[name].cpu_seconds - cost.cpu_seconds for name, cost in before.items() if name in after}
            found.loads.append(load)
            found.cpu.append({name: seconds * 1000 / answered for name, seconds in spent.items()})
            found.stages.append(
                {name: (seconds - staged.get(name, 0.0)) * 1000 / answered for name, seconds in stages.items()}
            )
            said += messages + users * history
            say(f"{server.name}: {users} users, {history} messages before: {load.percentile(0.5):.1f} ms")
        found.loaded = server.group.costs()
        found.bytes_a_message = (_size(server.database) - size) / said
        found.blocked = _blocked(server.logs) if server.name == "product" else None
    finally:
        server.group.stop()
    return found


def _size(database: Path) -> int:
    return sum(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))


def _blocked(logs: Path) -> dict[str, list[int]]:
    """Milliseconds of each blocked event loop since the server began to serve, by process."""
    found: dict[str, list[int]] = {}
    for path in logs.glob("*.log"):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if "event_loop_blocked" in line:
                entry = json.loads(line)
                found.setdefault(entry["process"], []).append(entry["milliseconds"])
    return found
