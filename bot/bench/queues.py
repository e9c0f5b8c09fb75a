"""`bot bench queues`: two engines for ordered durable work, with real servers, killed at bad moments."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import psycopg

from bot.bench import queue_engines
from bot.bench.local_servers import Postgres, RabbitMQ
from bot.bench.queue_runs import Row, Run, run_of

# Where `--write` puts the table.
DOCUMENT = "docs/decisions/0011-procrastinate-shares-the-work.md"
WORKERS = 2
WORK_SECONDS = 0.01
SLOW_SECONDS = 2.0
PER_SECOND = 40
# Whoever is refused for so long need not try on: the measurement has failed.
REFUSED_SECONDS = 120.0


class Bench:
    """Servers, workers and the loads on them, for one engine."""

    def __init__(self, engine: str, postgres: Postgres, broker: RabbitMQ | None) -> None:
        """Use servers that run already."""
        self.engine, self.postgres, self.broker = engine, postgres, broker
        self.amqp = broker.url if broker else ""
        self._workers: list[subprocess.Popen[bytes]] = []

    def prepare(self) -> None:
        """Empty tables, and workers that wait."""
        with psycopg.connect(self.postgres.url, autocommit=True) as connection:
            connection.execute(queue_engines.TABLES)
        if self.engine == "procrastinate":
            asyncio.run(self._own_tables())
        for share in range(WORKERS):
            self.start_worker(share)
        time.sleep(8)

    async def _own_tables(self) -> None:
        app = queue_engines.procrastinate_app(self.postgres.url)
        async with app.open_async():
            await app.schema_manager.apply_schema_async()

    def start_worker(self, share: int) -> None:
        """One more worker process."""
        environment = {
            **os.environ,
            **{"BENCH_DSN": self.postgres.url, "BENCH_AMQP": self.amqp},
            **{"BENCH_SHARE": str(share), "BENCH_WORKERS": str(WORKERS)},
        }
        command = [sys.executable, "-m", "bot.bench.queue_engines", self.engine]
        self._workers.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))

    def kill_worker(self) -> None:
        """`kill -9` the first."""
        worker = self._workers.pop(0)
        worker.kill()
        worker.wait()

    def end(self) -> None:
        """End all workers."""
        while self._workers:
            self.kill_worker()

    def load(
        self,
        name: str,
        count: int,
        conversations: int,
        per_second: float,
        *,
        slow: int = 0,
        meanwhile: Callable[[], None] | None = None,
    ) -> Run:
        """Send `count` messages of as many conversations; `meanwhile` is called on a thread a third of the way.

        With `slow`, that many conversations take 2 s a message, and are left out of the waits.
        """
        with psycopg.connect(self.postgres.url, autocommit=True) as connection:
            connection.execute("TRUNCATE accepted, handled")
        safe = asyncio.run(self._send(count, conversations, per_second, slow, meanwhile))
        with contextlib.suppress(TimeoutError):
            self._wait_for(safe, 60)
        return self._judged(name, safe, slow)

    async def _send(
        self, count: int, conversations: int, per_second: float, slow: int, meanwhile: Callable[[], None] | None
    ) -> int:
        safe, began = 0, time.monotonic()
        numbers = dict.fromkeys(range(conversations), 0)
        free = asyncio.Semaphore(8)
        gates = [asyncio.Lock() for _ in range(conversations)]
        call = asyncio.get_running_loop().run_in_executor
        interruption = None

        async def one(producer: queue_engines.Producer, index: int) -> None:
            nonlocal safe
            who = index % conversations
            # A visitor sends the next message when the last one was accepted, again if it was not.
            async with gates[who], free:
                numbers[who] += 1
                work = SLOW_SECONDS if who < slow else WORK_SECONDS
                until = time.monotonic() + REFUSED_SECONDS
                while True:
                    try:
                        await producer(f"conversation-{who}", numbers[who], work)
                    except Exception:
                        # The server is taken away on purpose, in more ways than can be named; it comes back.
                        if time.monotonic() > until:
                            raise
                        await asyncio.sleep(0.5)
                    else:
                        safe += 1
                        return

        async with queue_engines.PRODUCERS[self.engine](self.postgres.url, self.amqp) as producer:
            async with asyncio.TaskGroup() as group:
                for index in range(count):
                    if per_second:
                        await asyncio.sleep(max(0.0, began + index / per_second - time.monotonic()))
                    if meanwhile and index == count // 3:
                        interruption = call(None, meanwhile)
                    group.create_task(one(producer, index))
            if interruption is not None:
                await interruption
        return safe

    def _wait_for(self, count: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with psycopg.connect(self.postgres.url) as connection:
                row = connection.execute("SELECT count(DISTINCT accepted) FROM handled").fetchone()
            if row and row[0] >= count:
                return
            time.sleep(0.3)
        raise TimeoutError

    def _judged(self, name: str, safe: int, slow: int) -> Run:
        # A message that had to be sent again is two rows and still one message.
        query = """
            SELECT a.conversation, a.number, min(a.at) OVER (PARTITION BY conversation, number), h.began, h.at, a.work
            FROM accepted a LEFT JOIN handled h ON h.accepted = a.id ORDER BY h.at
        """
        with psycopg.connect(self.postgres.url) as connection:
            rows = [Row(*row) for row in connection.execute(query).fetchall()]
        return run_of(name, rows, safe, longest=SLOW_SECONDS if slow else None)


def measure(engine: str, say: Callable[[str], None]) -> list[Run]:
    """All loads on one engine.

    Raises:
        ServerMissing: when a server is not installed.
    """
    with contextlib.ExitStack() as ending:
        broker = RabbitMQ() if engine == "rabbitmq" else None
        if broker is not None:
            ending.callback(broker.remove)
        postgres = Postgres()
        ending.callback(postgres.remove)
        bench = Bench(engine, postgres, broker)
        ending.callback(bench.end)
        return _measured(bench, say)


def _measured(bench: Bench, say: Callable[[str], None]) -> list[Run]:
    postgres, broker = bench.postgres, bench.broker

    def outage() -> None:
        if broker is not None:
            broker.kill()
            time.sleep(5)
            broker.start()
        else:
            postgres.stop()
            time.sleep(5)
            postgres.start()

    postgres.start()
    if broker is not None:
        broker.start()
    bench.prepare()
    runs = []
    for load in (
        partial(bench.load, "as fast as it goes", 3000, 300, 0),
        partial(bench.load, "40 a second", 400, 40, PER_SECOND),
        partial(bench.load, "40 a second, 2 of 40 conversations slow", 400, 40, PER_SECOND, slow=2),
        partial(bench.load, "kill -9 of one of two workers", 600, 40, PER_SECOND, meanwhile=bench.kill_worker),
        partial(bench.load, "kill -9 of its server, back after 5 s", 600, 40, PER_SECOND, meanwhile=outage),
    ):
        runs.append(load())
        say(f"{bench.engine}: {runs[-1]}")
    if broker is not None:
        say(f"{bench.engine}: its server takes {broker.memory() >> 20} MB beside PostgreSQL")
    return runs
