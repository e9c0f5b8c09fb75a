"""One database for all processes: SQLite in a file, or PostgreSQL by URL."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import anyio
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from bot.observing.stages import spent_on
from bot.settings import Settings
from bot.storage.changes import Changes
from bot.storage.engine import THREADS, make_engine, not_waiting_for_disk
from bot.storage.prepared import Prepared
from bot.storage.sealing.sealed import Keyring
from bot.storage.sealing.vault import Vault
from bot.storage.shared_work import SHARES_WORK, install

MIGRATIONS = Path(__file__).parent / "migrations"
# Names the lock by which processes that start together migrate one after the other.
_MIGRATION_LOCK = 7_260_121

_BEGIN_READING, _BEGIN_CHANGING = Prepared(text("BEGIN")), Prepared(text("BEGIN IMMEDIATE"))

Result = TypeVar("Result")


class Database:
    """Gives sessions that commit whole or not at all, and keeps them off the event loop."""

    def __init__(
        self,
        url: str,
        vault: Vault,
        *,
        shares_work: bool = False,
        indexes_words: bool = True,
        waits_for_disk: bool = True,
    ) -> None:
        """Prepare the engine; nothing is opened yet.

        Args:
            url: SQLite's file or PostgreSQL's address.
            vault: Seals and opens what patients said (`bot.storage.sealing.sealed`).
            shares_work: Several machines work on it: what is accepted becomes a job, and all hear of new entries.
            indexes_words: Whether what is stored from now on can be searched (`bot.storage.sealing.search`).
            waits_for_disk: Whether a commit to SQLite returns only when it would outlive a power failure. Without, it
                outlives the end of any process, and a power failure from the next commit on that waits.
        """
        self.url = url
        self.vault = vault
        self._shares_work = shares_work
        self._waits_for_disk = waits_for_disk
        self._indexes_words = indexes_words
        self.engine = make_engine(url, waits_for_disk=waits_for_disk)
        # On PostgreSQL each statement would see what others have committed meanwhile.
        consistent = {} if url.startswith("sqlite") else {"isolation_level": "REPEATABLE READ"}
        self._reading = self.engine.execution_options(**consistent)
        # Of its own: handing work to anyio's threads takes twice as long, and every message does so four times.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="database")
        self._changes = Changes(self._changing_in_turn, self._session_over, self._threads)
        self._kept: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session over one consistent state; what it changes is not kept."""
        with self._reading.connect() as connection:
            self._begin(connection, _BEGIN_READING)
            with _Session(connection, self._information()) as session:
                yield session

    def look(self) -> Connection:
        """A connection, to be closed, for one statement that reads: it sees one state without being told to."""
        return self.engine.connect()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back when the block raises."""
        with self.changing() as connection, self._session_over(connection) as session:
            yield session

    @contextmanager
    def _session_over(self, connection: Connection) -> Iterator[Session]:
        with _Session(connection, self._information()) as session:
            yield session
            session.flush()

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A connection without the ORM, for changes of the tables themselves; committed at the end, or rolled back."""
        with self.engine.begin() as connection:
            self._begin(connection, _BEGIN_CHANGING)
            yield connection

    @contextmanager
    def _changing_in_turn(self, can_be_redone: bool) -> Iterator[Connection]:
        """As `changing`, over a connection that is kept for who changes something in turn (`bot.storage.changes`).

        The engine's way to hand one out and to take it back costs as much as ten statements.
        """
        connection, self._kept = self._kept or self.engine.connect(), None
        try:
            waiting = not_waiting_for_disk(connection) if can_be_redone and self._waits_for_disk else nullcontext()
            with waiting, connection.begin():
                self._begin(connection, _BEGIN_CHANGING)
                yield connection
        except BaseException:
            connection.close()
            raise
        self._kept = connection

    def _begin(self, connection: Connection, statement: Prepared) -> None:
        """Begin in SQLite; its driver would begin too late.

        A reader that turns into a writer fails at once when another has written: a writer says so from the start. Said
        here and not by a listener of the engine's: SQLAlchemy would look for listeners with every statement then.
        """
        if self.engine.dialect.name == "sqlite":
            statement.all(connection, {})

    def _information(self) -> dict[str, Any]:
        return {
            "keyring": Keyring(self.vault),
            SHARES_WORK: self._shares_work,
            "indexes_words": self._indexes_words,
        }

    async def reading(self, work: Callable[[Session], Result]) -> Result:
        """Run `work` in a read session on a thread, which is waited for as in `writing`."""
        return await self._on_thread(self.read, work)

    async def writing(
        self,
        work: Callable[[Session], Result],
        *,
        urgent: bool = False,
        brief: bool = False,
        can_be_redone: bool = False,
    ) -> Result:
        """Run `work` in a write session on a thread, `urgent` work first; the rest as `Changes.make` says.

        The thread is waited for even when the caller is cancelled, so that a commit is never half known.
        """
        if not self.url.startswith("sqlite"):
            return await self._on_thread(self.write, work)
        return await self._changes.make(work, urgent=urgent, brief=brief, can_be_redone=can_be_redone)

    async def _on_thread(self, scope: Callable[[], Any], work: Callable[[Session], Result]) -> Result:
        def run() -> Result:
            with spent_on("database"), scope() as session:
                return work(session)

        return await self.off_loop(run)

    async def off_loop(self, run: Callable[[], Result]) -> Result:
        """Run something on a thread for work with the database, which is waited for as in `writing`."""
        thread = asyncio.get_running_loop().run_in_executor(self._threads, run)
        try:
            return await asyncio.shield(thread)
        except asyncio.CancelledError:
            # Let go now, it would go on writing after whoever cancelled it believes that it has stopped.
            with anyio.CancelScope(shield=True):
                await asyncio.wait([thread])
            if not thread.cancelled():
                thread.exception()
            raise

    def migrate(self) -> None:
        """Bring the tables to the newest version."""
        if self.url.startswith("sqlite:///"):
            path = Path(self.url.removeprefix("sqlite:///"))
            path.parent.mkdir(parents=True, exist_ok=True)
            # Made here, for the owner alone; SQLite gives the files beside it the same mode.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with self.changing() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
            before = MigrationContext.configure(connection).get_current_revision()
            command.upgrade(migration_config(connection, self.vault), "head")
            if self._shares_work:
                install(connection)
            is_changed = before != MigrationContext.configure(connection).get_current_revision()
        if is_changed:
            # What lay open before a migration sealed it must not stay in the write-ahead log.
            self.tidy()

    @asynccontextmanager
    async def leading(self, duty: int) -> AsyncIterator[bool]:
        """Whether this process is the one that sees to a duty now. The lock goes with the process that holds it.

        Args:
            duty: Any number that names the duty and nothing else in this database.
        """
        with ExitStack() as held:
            try:
                yield await self.off_loop(lambda: held.enter_context(self._lead(duty)))
            finally:
                await self.off_loop(held.close)

    @contextmanager
    def _lead(self, duty: int) -> Iterator[bool]:
        if self.engine.dialect.name != "postgresql":
            # A file has one machine; what its few processes do twice does no harm.
            yield True
            return
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            is_leader = bool(connection.execute(text(f"SELECT pg_try_advisory_lock({duty})")).scalar())
            try:
                yield is_leader
            finally:
                if is_leader:
                    connection.execute(text(f"SELECT pg_advisory_unlock({duty})"))

    def tidy(self) -> None:
        """Overwrite what was deleted: SQLite keeps it in the write-ahead log until that is folded in."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self.engine.dispose()


class _Session(Session):
    """A session over a transaction that has begun already, which whoever began it ends.

    The ORM's own way to begin and end one costs more than most messages ask of the ORM.
    """

    def __init__(self, connection: Connection, information: dict[str, Any]) -> None:
        super().__init__(connection, expire_on_commit=False, info=information)
        self._over = connection

    def connection(self, *_: Any, **__: Any) -> Connection:
        return self._over


def open_database(settings: Settings) -> Database:
    """The database of this installation, with the keys to what is sealed in it; nothing is opened yet."""
    vault = Vault.of_file(settings.secret_file)
    return Database(settings.database_url, vault, shares_work=settings.shares_work, indexes_words=settings.search_index)


def migration_config(connection: Connection, vault: Vault) -> Config:
    """Alembic's configuration, without a file, over a connection that is open already."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["vault"] = vault
    return config
