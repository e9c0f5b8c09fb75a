"""The work of all machines, by Procrastinate on PostgreSQL: in order in a conversation, side by side otherwise.

A job takes the lock of its conversation. What Procrastinate leaves to its users is done here: taking over the jobs of
a worker that died and those whose end could not be written down, and coming back after the database was away
(docs/decisions/0011-procrastinate-shares-the-work.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import procrastinate
import psycopg
from procrastinate import JobContext
from procrastinate.exceptions import ConnectorException
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.gateway.announcements import CONNECTING, connect, driver_url
from bot.gateway.delivery import now
from bot.observing import metrics
from bot.observing.logs import event, failure
from bot.storage import shared_work
from bot.storage.database import Database
from bot.storage.inbox import IS_WAITING
from bot.storage.schema.conversation_tables import InboundMessage

AT_ONCE = 8
# A message that comes while the one before is worked on is seen by that job; this is for the moment in between.
POLL_SECONDS = 0.5
HEARTBEAT_SECONDS = 1.0
# A worker unheard of for so long is taken for dead. One that merely hung does no harm: a message is settled once.
STALLED_SECONDS = 6.0
RESCUE_SECONDS = 1.0
# A job that ended here and is still marked as under way after so long will stay so: writing down its end has failed.
LET_GO_SECONDS = 5.0
SWEEP_SECONDS = 30.0
AGAIN_SECONDS = 1.0
# Shorter than Rasa's answer may take would cut off what is in flight when a worker is told to stop.
DRAIN_SECONDS = 25.0
POOL_SECONDS = 3.0
# The pool tries again after 1, 2, 4, … s, so after an outage of five minutes patients would be refused for as long
# again. After this time it gives up, and whoever needs a connection next has it try at once.
RECONNECT_SECONDS = 2.0

log = logging.getLogger(__name__)
Task = Callable[[str], Awaitable[None]]


class WorkQueue:
    """Works off the jobs of all conversations together with the workers of other machines."""

    def __init__(self, database: Database, answer: Task, forget: Task) -> None:
        """Prepare; nothing runs yet.

        Args:
            database: PostgreSQL, shared by all machines.
            answer: Answers what waits in a conversation.
            forget: Lets the Rasas forget a conversation.
        """
        self._database = database
        self._tasks = {shared_work.ANSWER: answer, shared_work.FORGET: forget}
        # Jobs that ended here: when, and as which worker's.
        self._ended: dict[int, tuple[float, int]] = {}
        self.is_working = False

    async def work(self) -> None:
        """Work until cancelled; what is in flight then is finished first."""
        while True:
            try:
                # A pool that failed waits longer each time before it connects again; one made anew does not.
                await (await connect(self._database.url)).close()
                await self._work_while_connected()
            except (ConnectorException, psycopg.Error, SQLAlchemyError, OSError) as error:
                failure(log, "queue_lost", error)
            finally:
                self._show(False)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _work_while_connected(self) -> None:
        app = self._application()
        async with app.open_async():
            caring = asyncio.create_task(self._care())
            event(log, "queue_joined")
            self._show(True)
            try:
                await app.run_worker_async(
                    queues=[shared_work.QUEUE],
                    concurrency=AT_ONCE,
                    fetch_job_polling_interval=POLL_SECONDS,
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                    shutdown_graceful_timeout=DRAIN_SECONDS,
                    delete_jobs="successful",
                    install_signal_handlers=False,
                )
            finally:
                caring.cancel()
                await asyncio.wait([caring])

    def _show(self, is_working: bool) -> None:
        self.is_working = is_working
        metrics.QUEUE_UP.set(is_working)

    def _application(self) -> procrastinate.App:
        connector = procrastinate.PsycopgConnector(
            conninfo=driver_url(self._database.url),
            kwargs=CONNECTING,
            min_size=1,
            max_size=6,
            timeout=POOL_SECONDS,
            reconnect_timeout=RECONNECT_SECONDS,
        )
        app = procrastinate.App(connector=connector)
        # The database's failures end a worker, and its jobs are taken over; this is for failures of our own.
        retry = procrastinate.RetryStrategy(max_attempts=20, wait=1, linear_wait=1)
        for name, task in self._tasks.items():

            async def run(context: JobContext, conversation: str, task: Task = task) -> None:
                job = context.job
                assert job.id is not None and job.worker_id is not None
                self._ended.pop(job.id, None)
                try:
                    await task(conversation)
                finally:
                    self._ended[job.id] = (time.monotonic(), job.worker_id)

            app.task(name=name, queue=shared_work.QUEUE, retry=retry, pass_context=True)(run)
        return app

    async def _care(self) -> None:
        """Take over the jobs that nobody works on any more, and find messages that have no job."""
        since_sweep = SWEEP_SECONDS
        while True:
            with contextlib.suppress(SQLAlchemyError):
                await self._take_over()
                await self._database.reading(_count_jobs)
                if since_sweep >= SWEEP_SECONDS:
                    since_sweep = 0.0
                    await self._database.writing(_sweep)
            await asyncio.sleep(RESCUE_SECONDS)
            since_sweep += RESCUE_SECONDS

    async def _take_over(self) -> None:
        before = time.monotonic() - LET_GO_SECONDS
        ended = {job: worker for job, (at, worker) in self._ended.items() if at < before}
        taken = await self._database.writing(lambda s: shared_work.take_over(s, STALLED_SECONDS, ended))
        for job in ended:
            # Unless it was begun and ended here once more while we looked.
            if job in self._ended and self._ended[job][0] < before:
                del self._ended[job]
        for job, conversation in taken:
            metrics.TAKEN_OVER.inc()
            event(log, "job_taken_over", logging.WARNING, job=job, conversation=conversation)


def _count_jobs(session: Session) -> None:
    found = shared_work.jobs_by_status(session)
    for status in ("todo", "doing", "failed"):
        metrics.JOBS.labels(status).set(found.get(status, 0))


def _sweep(session: Session) -> None:
    """Give a job to what waits without one: accepted when this machine worked alone, or given up by a failed job."""
    before = now() - timedelta(seconds=SWEEP_SECONDS)
    waiting = select(InboundMessage.conversation_id).where(IS_WAITING, InboundMessage.received_at < before)
    for conversation_id in session.scalars(waiting.distinct()):
        if shared_work.defer_unless_any(session, shared_work.ANSWER, conversation_id):
            metrics.WITHOUT_JOB.inc()
            event(log, "message_without_job", logging.WARNING, conversation=conversation_id)
