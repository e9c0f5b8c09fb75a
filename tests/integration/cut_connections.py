"""A connection to the database that breaks at the worst moment: around the commit of something that must not be lost."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session


@contextlib.contextmanager
def cut_when_stored(kind: type, *, is_committed: bool) -> Iterator[None]:
    """Cut the connection once, when a new row of a kind is about to be, or has just been, committed."""
    is_cut = False

    def start(session: Session, *_: Any) -> None:
        session.info["is_about_it"] = False

    def notice(session: Session, *_: Any) -> None:
        session.info["is_about_it"] |= any(isinstance(row, kind) for row in session.new)

    def cut(session: Session) -> None:
        nonlocal is_cut
        if is_cut or not session.info.get("is_about_it"):
            return
        is_cut = True
        if is_committed:
            raise OperationalError("COMMIT", {}, Exception("the server closed the connection unexpectedly"))
        connection = session.connection().connection.dbapi_connection
        assert connection is not None
        connection.close()

    listening = (
        ("after_begin", start),
        ("before_flush", notice),
        ("after_commit" if is_committed else "before_commit", cut),
    )
    for at, hear in listening:
        event.listen(Session, at, hear)
    try:
        yield
        assert is_cut
    finally:
        for at, hear in listening:
            event.remove(Session, at, hear)
