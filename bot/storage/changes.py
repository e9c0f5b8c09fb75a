"""Changes to a file of SQLite, one after the other; brief ones that wait at the same time are committed together.

A commit waits for the disk, and with what is around it costs as much as a third of what a message asks of the database:
whatever has come meanwhile shares the next one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.observing.stages import spent_on
from bot.storage.engine import AWAY
from bot.storage.prepared import Prepared

# Whoever is first of several hears with the last of them.
MOST_TOGETHER = 16
_SAVEPOINT, _UNDO = Prepared(text("SAVEPOINT change")), Prepared(text("ROLLBACK TO change"))
_RELEASE = Prepared(text("RELEASE change"))

Result = TypeVar("Result")
_Outcome = tuple[Any, BaseException | None]


@dataclass(eq=False)
class _Change:
    """A change that was asked for, and whoever waits for it."""

    work: Callable[[Session], Any]
    is_brief: bool
    can_be_redone: bool
    done: asyncio.Future[Any]


class Changes:
    """Makes the changes of one event loop, in the order of asking, but those in a hurry first.

    SQLite lets writers find out by trying when it is their turn, with growing pauses, and some never get it.
    """

    def __init__(
        self,
        transaction: Callable[[bool], AbstractContextManager[Connection]],
        session: Callable[[Connection], AbstractContextManager[Session]],
        threads: ThreadPoolExecutor,
    ) -> None:
        """Begin with nothing to change.

        Args:
            transaction: Begins one that changes; it is committed at the end of its block, or rolled back. Told whether
                all that is changed in it can be redone.
            session: One over such a transaction, flushed at the end of its block.
            threads: Where it is done; one is in use at a time.
        """
        self._transaction, self._session, self._threads = transaction, session, threads
        self._queues: tuple[deque[_Change], deque[_Change]] = (deque(), deque())
        self._is_busy = False

    async def make(
        self, work: Callable[[Session], Result], *, urgent: bool, brief: bool, can_be_redone: bool = False
    ) -> Result:
        """Make a change; it is waited for even when the caller is cancelled, unless it has not begun by then.

        Args:
            work: What it does.
            urgent: Whether it comes before those that are not.
            brief: Whether it may share a transaction with others. Its own changes are undone when it raises, and it may
                be done a second time when the whole transaction failed.
            can_be_redone: Whether it need not outlive a power failure, as it would be made again after one.
        """
        done = asyncio.get_running_loop().create_future()
        queue, change = self._queues[not urgent], _Change(work, brief, can_be_redone, done)
        queue.append(change)
        self._begin_next()
        try:
            result: Result = await asyncio.shield(change.done)
        except asyncio.CancelledError:
            if change in queue:
                queue.remove(change)
                raise
            # Let go now, it would go on writing after whoever cancelled it believes that it has stopped.
            with anyio.CancelScope(shield=True):
                await asyncio.wait([change.done])
            change.done.exception()
            raise
        return result

    def _begin_next(self) -> None:
        if not self._is_busy and (some := self._take_next()):
            self._is_busy = True
            self._threads.submit(self._make, some)

    def _take_next(self) -> list[_Change]:
        """The oldest change, urgent ones first, with the brief ones behind it when it is brief itself."""
        some: list[_Change] = []
        for queue in self._queues:
            while queue and len(some) < MOST_TOGETHER and (not some or (some[0].is_brief and queue[0].is_brief)):
                some.append(queue.popleft())
        return some

    def _make(self, some: Sequence[_Change]) -> None:
        with spent_on("database"):
            try:
                outcomes = self._made(some)
            except BaseException as error:
                if len(some) > 1 and not isinstance(error, AWAY):
                    # Only the one at fault shall fail.
                    outcomes = [self._made_alone(change) for change in some]
                else:
                    outcomes = [(None, error)] * len(some)
        # Where the loop has ended, nobody waits any more.
        with suppress(RuntimeError):
            some[0].done.get_loop().call_soon_threadsafe(self._tell, some, outcomes)

    def _made(self, some: Sequence[_Change]) -> list[_Outcome]:
        """What came of changes that are kept now, or that raised and left nothing."""
        with self._transaction(all(change.can_be_redone for change in some)) as connection:
            if len(some) == 1:
                return [(self._done(connection, some[0]), None)]
            return [self._done_beside_others(connection, change) for change in some]

    def _made_alone(self, change: _Change) -> _Outcome:
        try:
            return self._made([change])[0]
        except BaseException as error:
            return None, error

    def _done(self, connection: Connection, change: _Change) -> Any:
        with self._session(connection) as session:
            return change.work(session)

    def _done_beside_others(self, connection: Connection, change: _Change) -> _Outcome:
        _SAVEPOINT.all(connection, {})
        try:
            outcome: _Outcome = self._done(connection, change), None
        except Exception as error:
            try:
                _UNDO.all(connection, {})
            except SQLAlchemyError:
                # SQLite has given up the whole transaction, and with it all changes in it.
                raise error from None
            outcome = None, error
        _RELEASE.all(connection, {})
        return outcome

    def _tell(self, some: Sequence[_Change], outcomes: Sequence[_Outcome]) -> None:
        self._is_busy = False
        self._begin_next()
        for change, (result, error) in zip(some, outcomes, strict=True):
            if error is None:
                change.done.set_result(result)
            else:
                change.done.set_exception(error)
