"""Whoever is cancelled while the database works for it is let go when the database has finished."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import anyio
import pytest
from sqlalchemy.orm import Session

from bot.storage.database import Database
from tests.sealing import a_database


class Slow:
    """Work that says when it has begun and ends when it is told."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.is_done = threading.Event(), threading.Event(), False

    def __call__(self, session: Session) -> None:
        self.begun.set()
        assert self.may_end.wait(10)
        self.is_done = True


@pytest.fixture
def database(tmp_path: Path) -> Database:
    found = a_database(f"sqlite:///{tmp_path}/a.db")
    found.migrate()
    return found


async def test_a_task_that_is_cancelled_while_it_writes_ends_with_what_it_writes(database: Database) -> None:
    slow = Slow()
    task = asyncio.create_task(database.writing(slow))
    await asyncio.to_thread(slow.begun.wait)
    task.cancel()
    await asyncio.sleep(0.05)
    was_held = not task.done()
    slow.may_end.set()

    with pytest.raises(asyncio.CancelledError):
        await task

    assert was_held and slow.is_done


async def test_work_whose_time_is_up_is_waited_for_too(database: Database) -> None:
    slow = Slow()
    threading.Timer(0.3, slow.may_end.set).start()

    with anyio.move_on_after(0.05) as scope:
        await database.writing(slow)

    assert scope.cancelled_caught and slow.is_done


async def test_nobody_writes_beside_what_was_cancelled(database: Database) -> None:
    slow = Slow()
    cancelled = asyncio.create_task(database.writing(slow))
    await asyncio.to_thread(slow.begun.wait)
    cancelled.cancel()

    following = asyncio.create_task(database.writing(lambda session: slow.is_done))
    await asyncio.sleep(0.05)
    slow.may_end.set()

    assert await following
