"""A connection to the database that breaks at the worst moment: around the commit of something that must not be lost."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

from bot.storage.base import Base


@contextlib.contextmanager
def cut_when_stored(kind: type[Base], *, is_committed: bool) -> Iterator[None]:
    """Cut the connection once, when a new row of a kind is about to be, or has just been, committed."""
    is_cut = False
    # A transaction stays on its thread.
    here = threading.local()
    storing = f"insert into {kind.__tablename__} "

    def start(connection: Connection) -> None:
        here.is_storing = False
        if connection.dialect.name == "sqlite":
            # Prepared statements go past SQLAlchemy there; the driver sees them all.
            connection.connection.driver_connection.set_trace_callback(see)  # type: ignore[union-attr]

    def see(statement: str) -> None:
        here.is_storing = getattr(here, "is_storing", False) or statement.lower().startswith(storing)

    def notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        see(statement)

    def commit(dialect: Any, connection: Any) -> None:
        nonlocal is_cut
        if is_cut or not getattr(here, "is_storing", False):
            committed(dialect, connection)
            return
        is_cut = True
        if is_committed:
            committed(dialect, connection)
            raise dialect.loaded_dbapi.OperationalError("the server closed the connection unexpectedly")
        connection.dbapi_connection.close()
        committed(dialect, connection)

    committed = DefaultDialect.do_commit
    listening: tuple[tuple[Any, str, Any], ...] = (
        (Engine, "begin", start),
        (Engine, "before_cursor_execute", notice),
    )
    for target, at, hear in listening:
        event.listen(target, at, hear)
    try:
        with patch.object(DefaultDialect, "do_commit", commit):
            yield
        assert is_cut
    finally:
        for target, at, hear in listening:
            event.remove(target, at, hear)
