"""One database for all processes: SQLite in a file, or PostgreSQL by URL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

from bot.storage.turns import Turns

MIGRATIONS = Path(__file__).parent / "migrations"
# Statements wait for each other in the database anyway; more threads would only queue there.
THREADS = 8
LOCK_WAIT_SECONDS = 10

Result = TypeVar("Result")


class Database:
    """Gives sessions that commit whole or not at all, and keeps them off the event loop."""

    def __init__(self, url: str) -> None:
        """Prepare the engine; nothing is opened yet."""
        self.url = url
        self.engine = make_engine(url)
        self._writing = self.engine.execution_options(bot_writes=True)
        self._limiter: anyio.CapacityLimiter | None = None
        self._turns = Turns()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session over one consistent state; what it changes is not kept."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back when the block raises."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    async def reading(self, work: Callable[[Session], Result]) -> Result:
        """Run `work` in a read session on a thread."""
        return await self._on_thread(self.read, work)

    async def writing(self, work: Callable[[Session], Result], *, urgent: bool = False) -> Result:
        """Run `work` in a write session on a thread, `urgent` work first.

        The thread is waited for even when the caller is cancelled, so that a commit is never half known.
        """
        if not self.url.startswith("sqlite"):
            return await self._on_thread(self.write, work)
        # SQLite lets writers find out by trying when it is their turn, with growing pauses, and some never get it.
        async with self._turns.turn(urgent=urgent):
            return await self._on_thread(self.write, work)

    async def _on_thread(self, scope: Callable[[], Any], work: Callable[[Session], Result]) -> Result:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(THREADS)

        def run() -> Result:
            with scope() as session:
                return work(session)

        return await anyio.to_thread.run_sync(run, limiter=self._limiter)

    def migrate(self) -> None:
        """Bring the tables to the newest version."""
        if self.url.startswith("sqlite:///"):
            path = Path(self.url.removeprefix("sqlite:///"))
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here, for the owner alone; SQLite gives the files beside it the same mode.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._writing.connect() as connection:
            command.upgrade(migration_config(connection), "head")
            connection.commit()

    def tidy(self) -> None:
        """Overwrite what was deleted: SQLite keeps it in the write-ahead log until that is folded in."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def migration_config(connection: Connection) -> Config:
    """Alembic's configuration, without a file, over a connection that is open already."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def make_engine(url: str) -> Engine:
    """An engine on which a broken connection is noticed, and SQLite behaves with several processes."""
    # hide_parameters: an error's text would otherwise carry the visitor's words into a log.
    if not url.startswith("sqlite"):
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=THREADS, max_overflow=2)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver's own transaction handling is switched off: it begins too late for BEGIN IMMEDIATE.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns into a writer fails at once when another has written: say so from the start.
        writes = connection.get_execution_options().get("bot_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
