"""Durable work in order, as several machines share it: faults at the exact points where something could be lost.

The database is a real PostgreSQL and the queue a real Procrastinate; Rasa is a stub that keeps its word: asked again
about the same message, it gives the answer it has given before (`test_gateway_rasa.py` holds the real one to it).
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from bot.conversation.reply import Kind
from bot.gateway import work_queue
from bot.gateway.asking import Asking
from bot.gateway.danger_reading import DangerReading
from bot.gateway.delivery import Delivery
from bot.gateway.erasure import Erasure
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_client import RasaClient
from bot.gateway.rasa_pool import RasaPool
from bot.gateway.work_queue import WorkQueue
from bot.storage import conversations, inbox, shared_work
from bot.storage.database import Database
from bot.storage.retention import Retention
from bot.storage.schema.conversation_tables import InboundMessage, OutboundMessage
from tests.integration.cut_connections import cut_when_stored
from tests.integration.gateway_serving import SECRET, a_reply
from tests.integration.stub_rasa import StubRasa
from tests.postgres import running_postgres
from tests.sealing import a_vault

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def shared(empty_postgres: str) -> Iterator[Database]:
    database = Database(empty_postgres, a_vault(), shares_work=True)
    database.migrate()
    yield database
    database.close()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    # What machines may take seconds for, a test does not wait for.
    for name in ("POLL_SECONDS", "RESCUE_SECONDS", "LET_GO_SECONDS", "AGAIN_SECONDS"):
        monkeypatch.setattr(work_queue, name, 0.1)


class Worker:
    """What a worker process does, without the process."""

    def __init__(self, database: Database, rasa: StubRasa) -> None:
        pool = RasaPool([RasaClient(f"http://127.0.0.1:{rasa.port}", SECRET, 5)])
        sorry = lambda reason: a_reply(f"Sorry ({reason}).", kind=Kind.APOLOGY)  # noqa: E731
        self.delivery = Delivery(database, pool, Asking(pool, sorry, DangerReading(()), patience=5), Listeners())
        self.queue = WorkQueue(database, self.delivery.work_off, self.delivery.work_off)
        self.rasa = pool


@contextlib.asynccontextmanager
async def working(database: Database, rasa: StubRasa) -> AsyncIterator[Worker]:
    worker = Worker(database, rasa)
    task = asyncio.create_task(worker.queue.work())
    try:
        yield worker
    finally:
        task.cancel()
        await asyncio.wait([task])
        await worker.rasa.close()


def begin(database: Database) -> str:
    with database.write() as session:
        return conversations.begin(session, "web", NOW).id


def say(database: Database, conversation: str, words: str) -> int:
    with database.write() as session:
        said = inbox.Said(f"client-{words.replace(' ', '-')}", inbox.TYPED, words)
        return inbox.accept(session, conversation, said, datetime.now(UTC)).id


def told(database: Database, conversation: str) -> list[tuple[str, int]]:
    """The states of a conversation's messages with the number of replies to each, in the order of the first replies."""
    query = text("""
        SELECT i.text_of, i.state, count(o.id) FROM (SELECT id, entry AS text_of, state FROM inbound_message
        WHERE conversation_id = :conversation) AS i LEFT JOIN outbound_message o ON o.in_reply_to = i.id
        GROUP BY i.id, i.text_of, i.state ORDER BY min(o.entry) NULLS LAST, i.text_of
    """)
    with database.read() as session:
        rows = session.execute(query, {"conversation": conversation}).all()
    assert sorted(row[0] for row in rows) == [row[0] for row in rows], "answered out of order"
    return [(row[1], row[2]) for row in rows]


async def until(condition: Callable[[], Any], seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):
            await asyncio.sleep(0.05)


def all_done(database: Database, conversation: str, count: int) -> Callable[[], bool]:
    return lambda: [state for state, _ in told(database, conversation)] == ["done"] * count


ONCE = ("done", 1)


async def test_jobs_that_ended_go_with_the_words_of_their_time_and_no_others(shared: Database, rasa: StubRasa) -> None:
    worker = Worker(shared, rasa)
    kept = Retention(words=timedelta(days=30), assessments=timedelta(days=30))
    erasure = Erasure(shared, worker.rasa, worker.delivery, Listeners(), kept)
    ended = {"succeeded", "failed", "cancelled", "aborted"}
    for status in ("todo", "doing", *ended):
        with shared.write() as session:
            conversation = conversations.begin(session, "web", datetime.now(UTC)).id
        say(shared, conversation, "does it hurt")
        with shared.write() as session:
            change = text("UPDATE procrastinate_jobs SET status = CAST(:to AS procrastinate_job_status) WHERE id = :id")
            newest = session.scalar(text("SELECT max(id) FROM procrastinate_jobs"))
            session.execute(change, {"to": status, "id": newest})

    async def left_after(more: timedelta) -> set[str]:
        with shared.write() as session:
            session.execute(text("UPDATE procrastinate_events SET at = at - CAST(:more AS interval)"), {"more": more})
        await erasure.expire()
        with shared.read() as session:
            return set(shared_work.jobs_by_status(session))

    try:
        assert {"todo", "doing"} | ended == await left_after(timedelta(days=29, hours=20))
        assert {"todo", "doing"} == await left_after(timedelta(hours=5))
    finally:
        await worker.rasa.close()


def test_a_slow_process_does_not_mark_anew_what_another_has_answered_meanwhile(shared: Database) -> None:
    conversation = begin(shared)
    message = say(shared, conversation, "does it hurt")
    settled: list[bool] = []

    def another_answers(*_: Any) -> None:
        def answer() -> None:
            with contextlib.suppress(DBAPIError), shared.write() as session:
                session.execute(text("SET LOCAL lock_timeout = '200ms'"))
                inbox.take_next(session, conversation)
                settled.append(inbox.settle(session, message, inbox.State.DONE, NOW))

        other = threading.Thread(target=answer)
        other.start()
        other.join()

    with shared.write() as session:
        # Between reading the row and marking it.
        event.listen(session, "before_flush", another_answers, once=True)
        inbox.take_next(session, conversation)

    with shared.read() as session:
        row = session.get(InboundMessage, message)
        assert row is not None and (row.state == inbox.State.DONE) == (settled == [True])


def a_job_of_a_dead_worker(database: Database, conversation: str) -> None:
    """As a worker leaves it that is killed while it holds the conversation's lock."""
    with database.write() as session:
        worker = session.scalar(text("SELECT worker_id FROM procrastinate_register_worker_v1()"))
        session.execute(
            text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' WHERE id = :worker"),
            {"worker": worker},
        )
        found = session.scalar(
            text("SELECT id FROM procrastinate_fetch_job_v2(ARRAY['assistant'], :worker)"), {"worker": worker}
        )
        row = inbox.take_next(session, conversation)
    assert found is not None and row is not None


async def test_a_worker_killed_while_it_held_a_conversation_is_replaced(shared: Database, rasa: StubRasa) -> None:
    conversation = begin(shared)
    say(shared, conversation, "first")
    a_job_of_a_dead_worker(shared, conversation)
    say(shared, conversation, "second")

    async with working(shared, rasa):
        await until(all_done(shared, conversation, 2))

    assert [ONCE, ONCE] == told(shared, conversation)


def test_a_job_is_taken_over_by_one_machine_and_never_from_one_that_works_on_it(shared: Database) -> None:
    conversation = begin(shared)
    say(shared, conversation, "does it hurt")
    a_job_of_a_dead_worker(shared, conversation)

    with shared.write() as first, shared.write() as second:
        taken = shared_work.take_over(first, 6, {})
        at_the_same_time = shared_work.take_over(second, 6, {})
    with shared.write() as session:
        alive = session.scalar(text("SELECT worker_id FROM procrastinate_register_worker_v1()"))
        session.execute(text("SELECT procrastinate_fetch_job_v2(ARRAY['assistant'], :worker)"), {"worker": alive})
    with shared.write() as session:
        afterwards = shared_work.take_over(session, 6, {})

    assert ([conversation], [], []) == ([lock for _, lock in taken], at_the_same_time, afterwards)


async def test_a_job_whose_end_could_not_be_written_down_does_not_hold_up_its_conversation(
    shared: Database, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, failed = JobManager.finish_job, asyncio.Event()

    async def fail_once(self: JobManager, *arguments: Any, **more: Any) -> None:
        if not failed.is_set():
            failed.set()
            raise ConnectorException
        await finish(self, *arguments, **more)

    monkeypatch.setattr(JobManager, "finish_job", fail_once)
    conversation = begin(shared)
    say(shared, conversation, "first")

    async with working(shared, rasa):
        await failed.wait()
        say(shared, conversation, "second")
        await until(all_done(shared, conversation, 2))

    assert [ONCE, ONCE] == told(shared, conversation)


async def test_two_workers_at_the_same_conversation_answer_each_message_once_and_in_order(
    shared: Database, rasa: StubRasa
) -> None:
    conversation = begin(shared)
    for words in ("first", "second", "third"):
        say(shared, conversation, words)
    rasa.delay = 0.1
    workers = [Worker(shared, rasa) for _ in range(2)]

    # One was taken for dead, and was not.
    await asyncio.gather(*(worker.delivery.work_off(conversation) for worker in workers))

    assert [ONCE] * 3 == told(shared, conversation)
    for worker in workers:
        await worker.rasa.close()


@pytest.mark.parametrize("is_committed", [False, True])
async def test_a_connection_cut_while_an_answer_is_stored_neither_loses_nor_doubles_it(
    shared: Database, rasa: StubRasa, is_committed: bool
) -> None:
    conversation = begin(shared)
    say(shared, conversation, "first")
    say(shared, conversation, "second")

    with cut_when_stored(OutboundMessage, is_committed=is_committed):
        async with working(shared, rasa):
            await until(all_done(shared, conversation, 2))

    assert [ONCE, ONCE] == told(shared, conversation)


async def test_an_outage_while_messages_wait_loses_none_and_mixes_up_none(rasa: StubRasa) -> None:
    with running_postgres() as server:
        database = Database(server.url, a_vault(), shares_work=True)
        database.migrate()
        several = [begin(database) for _ in range(3)]
        rasa.delay = 0.3
        async with working(database, rasa):
            for conversation in several:
                for words in ("first", "second", "third"):
                    say(database, conversation, words)
            await until(lambda: rasa.asked)
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            for conversation in several:
                say(database, conversation, "fourth")
                await until(all_done(database, conversation, 4))
        for conversation in several:
            assert [ONCE] * 4 == told(database, conversation)
        database.close()
