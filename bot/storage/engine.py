"""How a database is connected to: SQLite for several processes, PostgreSQL that holds nobody up for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from bot.storage.prepared import Prepared

# Statements wait for each other in the database anyway; more threads would only queue there.
THREADS = 8
LOCK_WAIT_SECONDS = 10

# What is raised while the database is locked, full or away: worth trying again. All else speaks of what was asked.
AWAY = (OperationalError, InterfaceError, TimeoutError)

_WAIT, _DO_NOT_WAIT = Prepared(text("PRAGMA synchronous=FULL")), Prepared(text("PRAGMA synchronous=NORMAL"))

# No statement, no lock and no forgotten transaction holds others up for ever; a server that is away is noticed.
_POSTGRES = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    "options": f"-c statement_timeout=20s -c lock_timeout={LOCK_WAIT_SECONDS}s "
    "-c idle_in_transaction_session_timeout=60s",
}


def make_engine(url: str, *, waits_for_disk: bool = True) -> Engine:
    """An engine on which a broken connection is noticed, and SQLite behaves with several processes."""
    # hide_parameters: an error's text would otherwise carry the visitor's words into a log.
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=THREADS,
            max_overflow=2,
            pool_timeout=LOCK_WAIT_SECONDS,
            connect_args=_POSTGRES,
        )
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # The driver's own transaction handling is switched off: `Database` begins.
        connection.isolation_level = None
        synchronous = "FULL" if waits_for_disk else "NORMAL"
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextmanager
def not_waiting_for_disk(connection: Connection) -> Iterator[None]:
    """Around a transaction in SQLite that a power failure may undo; the end of any process does not.

    It stands in the same log as those before and after it, which is read in order: none before it is undone, and the
    next that waits for the disk takes it along.
    """
    _DO_NOT_WAIT.all(connection, {})
    try:
        yield
    finally:
        try:
            _WAIT.all(connection, {})
        except SQLAlchemyError:
            # Whoever is handed it next may count on the disk.
            connection.invalidate()
            raise
