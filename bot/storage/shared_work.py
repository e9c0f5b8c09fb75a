"""What several machines tell each other through PostgreSQL, in the very transaction it is about.

A message that is accepted becomes a job of Procrastinate's, under the lock of its conversation, so that neither can
exist without the other; a new entry is announced to every gateway when it is committed. On one machine nothing of this
is needed and nothing is done. Jobs and announcements hold ids, never words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

# Key of `Session.info`: whether this session's database is shared by several machines.
SHARES_WORK = "shares_work"
QUEUE = "assistant"
# Tasks. Both take the conversation's id and hold its lock.
ANSWER = "answer"
FORGET = "forget"
# Channels of LISTEN and NOTIFY: a conversation's id; nothing.
ENTRIES = "assistant_entries"
EVENTS = "assistant_events"

# Those that succeed are deleted at once.
_ENDED = ("succeeded", "failed", "cancelled", "aborted")

# Procrastinate states this function as its interface for SQL; its number changes when its meaning does.
_DEFER = text("""
    SELECT procrastinate_defer_jobs_v1(ARRAY[
      (:queue, :task, 0, :conversation, :once, jsonb_build_object('conversation', CAST(:conversation AS text)), NULL)
      ::procrastinate_job_to_defer_v1
    ])
""")
# Each job is taken over by one process alone, and only while it is still as it was found: the row is locked, and looked
# at once more, before the engine is told to give it to another worker.
_TAKE_OVER = text("""
    SELECT id, lock, procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL) FROM (
      SELECT job.id, job.lock FROM procrastinate_jobs AS job
      WHERE job.queue_name = :queue AND job.status = 'doing' AND (
        job.worker_id IS NULL
        OR job.worker_id IN (
          SELECT id FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => :seconds)
        )
        OR (job.id = ANY(CAST(:ended AS bigint[])) AND job.worker_id = ANY(CAST(:workers AS bigint[])))
      )
      FOR UPDATE SKIP LOCKED
    ) AS left_behind
""")
_HAS_JOB = text("SELECT 1 FROM procrastinate_jobs WHERE lock = :lock AND status IN ('todo', 'doing') LIMIT 1")
_IS_WAITING = text("SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = :once AND status = 'todo' LIMIT 1")


def install(connection: Connection) -> None:
    """Make Procrastinate's own tables, unless they are there. They stay its own: our migrations leave them alone."""
    from procrastinate.schema import SchemaManager

    if connection.exec_driver_sql("SELECT to_regclass('procrastinate_jobs')").scalar() is None:
        # By the driver itself, in this very transaction: the script's percent signs are no parameters.
        connection.connection.cursor().execute(SchemaManager.get_schema())


def is_shared(session: Session) -> bool:
    """Whether several machines work on this session's database."""
    return bool(session.info.get(SHARES_WORK))


def defer(session: Session, task: str, conversation_id: str) -> None:
    """Let a worker do a task for a conversation, after those that came before it."""
    if is_shared(session):
        session.execute(_DEFER, {"queue": QUEUE, "task": task, "conversation": conversation_id, "once": None})


def defer_unless_any(session: Session, task: str, conversation_id: str) -> bool:
    """Let a worker do a task unless there is some job for the conversation; False when there is."""
    if not is_shared(session) or session.scalar(_HAS_JOB, {"lock": conversation_id}):
        return False
    defer(session, task, conversation_id)
    return True


def defer_once(session: Session, task: str, conversation_id: str) -> None:
    """Let a worker do a task for a conversation, unless the same task waits for it already."""
    once = f"{task}:{conversation_id}"
    if not session.scalar(_IS_WAITING, {"once": once}):
        session.execute(_DEFER, {"queue": QUEUE, "task": task, "conversation": conversation_id, "once": once})


def take_over(session: Session, seconds: float, ended: Mapping[int, int]) -> list[tuple[int, str]]:
    """Give jobs that nobody works on any more to whoever is free; each job's id and conversation.

    Args:
        session: A write session.
        seconds: A worker unheard of for so long is taken for dead.
        ended: Jobs that ended here, each with the id of the worker that did it. Such a job may still be marked as under
            way, because the database was away when its end was to be written down.
    """
    values = {"queue": QUEUE, "seconds": seconds, "ended": list(ended), "workers": sorted(set(ended.values()))}
    return [(row.id, row.lock) for row in session.execute(_TAKE_OVER, values)]


def jobs_by_status(session: Session) -> dict[str, int]:
    """How many jobs there are, by status."""
    query = text("SELECT CAST(status AS text), count(*) FROM procrastinate_jobs GROUP BY 1")
    return {status: count for status, count in session.execute(query)}


def delete_old_jobs(session: Session, kept: timedelta) -> int:
    """Delete the jobs that ended so long ago, in whatever way, by the engine's own statement; how many that were."""
    if not is_shared(session):
        return 0
    from procrastinate.sql import queries

    values = {"nb_hours": round(kept / timedelta(hours=1)), "queue": QUEUE, "statuses": list(_ENDED)}
    return session.connection().exec_driver_sql(queries["delete_old_jobs"], values).rowcount


def tell(session: Session, channel: str, content: str) -> None:
    """Announce something to every machine, when and if this transaction is committed."""
    if is_shared(session):
        session.execute(text("SELECT pg_notify(:channel, :content)"), {"channel": channel, "content": content})
