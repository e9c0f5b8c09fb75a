"""What is done to two machines while visitors talk: processes and the database are taken away."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.bench.cluster import Cluster
from bot.bench.growth import Progress
from bot.bench.machine import Machine, wait_until

QUIET_SECONDS = 60.0
MORE_SECONDS = 180.0


def kill(machine: Machine, name: str, rest: float) -> None:
    """`kill -9`, and a start again after a rest, as systemd does."""
    machine.kill(name)
    time.sleep(rest)
    machine.start(name)


def rolling_restart(cluster: Cluster, _: Progress) -> None:
    """One machine after the other, one process after the other, each ready before the next goes."""
    for machine in cluster.machines:
        for name in ("gateway", "worker", "rasa", "actions"):
            machine.stop(name)
            machine.start(name)
            machine.wait_ready(name)


def outage(cluster: Cluster, seconds: float) -> None:
    """PostgreSQL goes without a word, and comes back."""
    cluster.postgres.stop()
    time.sleep(seconds)
    cluster.postgres.start()


def warm_up(progress: Progress) -> None:
    """Each process has answered a few messages."""
    wait_for_more(progress, 24)


def nothing(_: Progress) -> None:
    """Nothing is taken away."""
    time.sleep(QUIET_SECONDS)


def wait_for_more(progress: Progress, messages: int) -> None:
    """Let the load go on until so many more messages are answered, however slow the machine is.

    Raises:
        TimeoutError: when they are not.
    """
    aim = progress() + messages
    wait_until(lambda: progress() >= aim, MORE_SECONDS)


def short(cluster: Cluster, progress: Progress) -> None:
    """What the test suite tries first: one thing after the other, while those before may still be coming back."""
    first, second = cluster.machines
    wait_for_more(progress, 8)
    kill(first, "worker", 0.5)
    wait_for_more(progress, 8)
    kill(second, "gateway", 0.5)
    wait_for_more(progress, 8)
    kill(first, "rasa", 0.5)
    wait_for_more(progress, 8)
    outage(cluster, 3)
    wait_for_more(progress, 16)


def long_outage(cluster: Cluster, progress: Progress) -> None:
    """The database is away for 20 s under load."""
    wait_for_more(progress, 16)
    outage(cluster, 20)
    wait_for_more(progress, 16)


def trials(cluster: Cluster) -> dict[str, Callable[[Progress], None]]:
    """What `bot bench growth` tries, by name."""
    first, second = cluster.machines

    def killed(machine: Machine, name: str) -> Callable[[Progress], None]:
        def do(progress: Progress) -> None:
            wait_for_more(progress, 16)
            kill(machine, name, 1)
            wait_for_more(progress, 16)
            # Or the next trial would take away what stands in for this one.
            machine.wait_ready(name)

        return do

    return {
        "database away for 20 s": lambda progress: long_outage(cluster, progress),
        "kill -9 of a worker": killed(first, "worker"),
        "kill -9 of a gateway": killed(second, "gateway"),
        "kill -9 of an action server": killed(second, "actions"),
        "kill -9 of a Rasa": killed(first, "rasa"),
        "rolling restart of both machines": lambda progress: rolling_restart(cluster, progress),
    }
