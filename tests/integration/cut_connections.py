"""A connection to the database that breaks at the worst moment: around the commit of something that must not be lost."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.storage.base import Base


@contextlib.contextmanager
def cut_when_stored(kind: type[Base], *, is_committed: bool) -> Iterator[None]:
    """Cut the connection once, when a new row of a kind is about to be, or has just been, committed."""
    is_cut = False
    # A transaction stays on its thread.
    here = threading.local()
    storing = f"insert into {kind.__tablename__} "

    def start(_session: Session, _transaction: Any, connection: Connection) -> None:
        here.is_storing = False
        if connection.dialect.name == "sqlite":
            # Prepared statements go past SQLAlchemy there; the driver sees them all.
            connection.connection.driver_connection.set_trace_callback(see)  # type: ignore[union-attr]

    def see(statement: str) -> None:
        here.is_storing = getattr(here, "is_storing", False) or statement.lower().startswith(storing)

    def notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        see(statement)

    def cut(session: Session) -> None:
        nonlocal is_cut
        if is_cut or not getattr(here, "is_storing", False):
            return
        is_cut = True
        if is_committed:
            raise OperationalError("COMMIT", {}, Exception("the server closed the connection unexpectedly"))
        connection = session.connection().connection.dbapi_connection
        assert connection is not None
        connection.close()

    listening: tuple[tuple[Any, str, Any], ...] = (
        (Session, "after_begin", start),
        (Engine, "before_cursor_execute", notice),
        (Session, "after_commit" if is_committed else "before_commit", cut),
    )
    for target, at, hear in listening:
        event.listen(target, at, hear)
    try:
        yield
        assert is_cut
    finally:
        for target, at, hear in listening:
            event.remove(target, at, hear)
