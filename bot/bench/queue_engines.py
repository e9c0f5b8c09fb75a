"""Two engines for durable work in order of a conversation, as thin as the comparison allows.

Both are given the same: a row of `accepted` says that a message was taken; working on it ends in a row of `handled`.
Procrastinate keeps its jobs in the same database, so that row and job are one transaction. RabbitMQ is told after the
commit, on a consistent-hash exchange over queues of which each has a single active consumer.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from typing import Any, Protocol

import aio_pika
import procrastinate
import psycopg
import psycopg_pool
from aio_pika.abc import AbstractIncomingMessage

CONCURRENCY = 16
QUEUES = 16
HEARTBEAT_SECONDS = 1.0
STALLED_SECONDS = 5.0
POLL_SECONDS = 0.25
TABLES = """
    CREATE TABLE accepted (id bigserial PRIMARY KEY, conversation text, number int, work float, at float);
    CREATE TABLE handled (accepted bigint, worker int, began float, at float);
"""
_DEFER = """
    SELECT procrastinate_defer_jobs_v1(ARRAY[
      ('bench', 'handle', 0, %s, NULL, jsonb_build_object('accepted', %s::bigint), NULL)::procrastinate_job_to_defer_v1
    ])
"""


class Producer(Protocol):
    """Accepts a message: when it returns, the message may not be lost."""

    async def __call__(self, conversation: str, number: int, work: float) -> None: ...  # noqa: D102


async def _accept(connection: psycopg.AsyncConnection[Any], conversation: str, number: int, work: float) -> int:
    query = "INSERT INTO accepted (conversation, number, work, at) VALUES (%s, %s, %s, %s) RETURNING id"
    cursor = await connection.execute(query, (conversation, number, work, time.time()))
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def handle(pool: psycopg_pool.AsyncConnectionPool, accepted: int) -> None:
    """What stands for asking Rasa and storing the reply."""
    began = time.time()
    async with pool.connection() as connection:
        cursor = await connection.execute("SELECT work FROM accepted WHERE id = %s", (accepted,))
        row = await cursor.fetchone()
    await asyncio.sleep(row[0] if row else 0)
    async with pool.connection() as connection:
        values = (accepted, os.getpid(), began, time.time())
        await connection.execute("INSERT INTO handled VALUES (%s, %s, %s, %s)", values)


def pool_of(dsn: str, size: int) -> psycopg_pool.AsyncConnectionPool:
    """Connections that are looked at before they are used."""
    check = psycopg_pool.AsyncConnectionPool.check_connection
    return psycopg_pool.AsyncConnectionPool(dsn, min_size=2, max_size=size, open=False, check=check, timeout=3)


# -- Procrastinate


def procrastinate_app(dsn: str) -> procrastinate.App:
    """Its application, not opened."""
    connector = procrastinate.PsycopgConnector(conninfo=dsn, min_size=2, max_size=8, timeout=3)
    return procrastinate.App(connector=connector)


@contextlib.asynccontextmanager
async def procrastinate_producer(dsn: str, _: str) -> AsyncIterator[Producer]:
    """Accepts with the job in the same transaction."""
    async with pool_of(dsn, 8) as pool:

        async def accept(conversation: str, number: int, work: float) -> None:
            async with pool.connection() as connection:
                accepted = await _accept(connection, conversation, number, work)
                await connection.execute(_DEFER, (conversation, accepted))

        yield accept


async def procrastinate_worker(dsn: str, _: str) -> None:
    """Works until it is killed; whoever lives takes over from the dead."""
    app = procrastinate_app(dsn)
    pool = pool_of(dsn, 8)
    await pool.open()

    @app.task(name="handle", queue="bench", retry=procrastinate.RetryStrategy(wait=1))
    async def task(accepted: int) -> None:
        await handle(pool, accepted)

    async def rescue() -> None:
        while True:
            await asyncio.sleep(1)
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
                await app.job_manager.retry_job(job)

    while True:
        with contextlib.suppress(procrastinate.exceptions.ConnectorException, psycopg.OperationalError):
            # A pool that failed waits longer each time before it connects again; one that is opened anew does not.
            await (await psycopg.AsyncConnection.connect(dsn, connect_timeout=3)).close()
            async with app.open_async():
                rescuing = asyncio.create_task(rescue())
                try:
                    await app.run_worker_async(
                        concurrency=CONCURRENCY,
                        fetch_job_polling_interval=POLL_SECONDS,
                        update_heartbeat_interval=HEARTBEAT_SECONDS,
                        stalled_worker_timeout=STALLED_SECONDS,
                        delete_jobs="successful",
                        install_signal_handlers=False,
                    )
                finally:
                    rescuing.cancel()
        await asyncio.sleep(1)


# -- RabbitMQ


async def _topology(channel: Any) -> tuple[Any, list[Any]]:
    exchange = await channel.declare_exchange("bench", "x-consistent-hash", durable=True)
    queues = []
    for number in range(QUEUES):
        arguments = {"x-single-active-consumer": True, "x-queue-type": "quorum"}
        queue = await channel.declare_queue(f"bench-{number}", durable=True, arguments=arguments)
        await queue.bind(exchange, routing_key="1")
        queues.append(queue)
    return exchange, queues


@contextlib.asynccontextmanager
async def rabbitmq_producer(dsn: str, amqp: str) -> AsyncIterator[Producer]:
    """Accepts, commits, then publishes and waits for the broker's word."""
    connection = await aio_pika.connect_robust(amqp)
    async with pool_of(dsn, 8) as pool, connection:
        channel = await connection.channel(publisher_confirms=True)
        exchange, _ = await _topology(channel)

        async def accept(conversation: str, number: int, work: float) -> None:
            async with pool.connection() as database:
                accepted = await _accept(database, conversation, number, work)
            body = json.dumps(accepted).encode()
            message = aio_pika.Message(body, delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
            await exchange.publish(message, routing_key=conversation, timeout=10)

        yield accept


async def rabbitmq_worker(dsn: str, amqp: str) -> None:
    """Works until it is killed: one message of each queue at a time."""
    pool = pool_of(dsn, 8)
    await pool.open()

    async def work(message: AbstractIncomingMessage) -> None:
        async with message.process(requeue=True):
            await handle(pool, json.loads(message.body))

    # The first consumer of a queue is its active one: every worker begins with other queues, or one would get all.
    share, of = int(os.environ["BENCH_SHARE"]), int(os.environ["BENCH_WORKERS"])
    connection = await aio_pika.connect_robust(amqp, reconnect_interval=1)
    channels = []
    for mine in (True, False):
        for number in range(QUEUES):
            if (number % of == share) is mine:
                channel = await connection.channel()
                await channel.set_qos(prefetch_count=1)
                channels.append(channel)
                _, queues = await _topology(channel)
                await queues[number].consume(work)
        await asyncio.sleep(2)
    await asyncio.Event().wait()


PRODUCERS = {"procrastinate": procrastinate_producer, "rabbitmq": rabbitmq_producer}
WORKERS = {"procrastinate": procrastinate_worker, "rabbitmq": rabbitmq_worker}


if __name__ == "__main__":
    asyncio.run(WORKERS[sys.argv[1]](os.environ["BENCH_DSN"], os.environ["BENCH_AMQP"]))
