"""Changes to SQLite are made one after the other; brief ones that wait together are kept together, or each by itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.storage import conversations
from bot.storage.changes import MOST_TOGETHER
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import Conversation
from tests.sealing import a_migrated_database
from tests.unit.storage.test_prepared import NOW

Work = Callable[[Session], Any]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return a_migrated_database(f"sqlite:///{tmp_path}/a.db")


@asynccontextmanager
async def held_up(database: Database) -> AsyncIterator[None]:
    """While the block runs a change is under way, so that whatever is asked for waits."""
    begun, may_end = threading.Event(), threading.Event()

    def hold(_: Session) -> None:
        begun.set()
        assert may_end.wait(10)

    holding = asyncio.create_task(database.writing(hold))
    await asyncio.to_thread(begun.wait)
    try:
        yield
        await asyncio.sleep(0)
    finally:
        may_end.set()
    await holding


async def together(database: Database, *works: Work, **how: bool) -> list[Any]:
    """What came of changes that were asked for while another one was made."""
    async with held_up(database):
        asked = [asyncio.create_task(database.writing(work, **{"brief": True, **how})) for work in works]
        await asyncio.sleep(0)
    return await asyncio.gather(*asked, return_exceptions=True)


def a_conversation(session: Session) -> str:
    return conversations.begin(session, "web", NOW).id


def kept(database: Database) -> set[str]:
    with database.read() as session:
        return set(session.scalars(select(Conversation.id)))


async def test_a_change_that_may_take_long_has_a_transaction_of_its_own(database: Database) -> None:
    seen: list[list[str]] = []

    def look(session: Session) -> None:
        a_conversation(session)
        with database.read() as other:
            seen.append(list(other.scalars(select(Conversation.id))))

    await together(database, look, look, brief=False)

    assert [0, 1] == [len(some) for some in seen]


async def test_brief_changes_that_wait_share_a_transaction_and_are_seen_together(database: Database) -> None:
    seen: list[int] = []

    def look(session: Session) -> None:
        a_conversation(session)
        seen.append(len(kept(database)))

    await together(database, look, look)

    assert [0, 0] == seen


async def test_no_more_wait_for_each_other_than_may(database: Database) -> None:
    sizes: list[int] = []

    def look(session: Session) -> None:
        a_conversation(session)
        sizes.append(len(kept(database)))

    await together(database, *[look] * (MOST_TOGETHER + 1))

    assert [0] * MOST_TOGETHER + [MOST_TOGETHER] == sizes


async def test_a_change_that_raises_leaves_nothing_and_spoils_no_other(database: Database) -> None:
    def fail(session: Session) -> None:
        a_conversation(session)
        raise LookupError

    first, failed, last = await together(database, a_conversation, fail, a_conversation)

    assert isinstance(failed, LookupError)
    assert {first, last} == kept(database)


async def test_a_change_that_the_tables_refuse_spoils_no_other(database: Database) -> None:
    def repeat(session: Session) -> None:
        own = conversations.begin(session, "web", NOW).id
        same = Conversation(id=own, visitor=own, channel="web", key_hash="k", created=NOW, last_seen=NOW)
        session.expunge_all()
        session.add(same)

    first, refused, last = await together(database, a_conversation, repeat, a_conversation)

    assert isinstance(refused, IntegrityError)
    assert {first, last} == kept(database)


async def test_when_the_database_gives_up_what_was_changed_together_all_hear_of_it(database: Database) -> None:
    def lose(session: Session) -> None:
        # As SQLite does by itself when the disk is full.
        session.connection().connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
        raise OperationalError("INSERT", None, Exception("database or disk is full"))

    outcomes = await together(database, a_conversation, lose, a_conversation)

    assert ["OperationalError"] * 3 == [type(outcome).__name__ for outcome in outcomes]
    assert set() == kept(database)


async def test_changes_are_made_in_the_order_of_asking_but_the_urgent_first(database: Database) -> None:
    order: list[str] = []

    def note(name: str) -> Work:
        return lambda _: order.append(name)

    async with held_up(database):
        asked = [
            asyncio.create_task(database.writing(note(name), urgent=urgent, brief=brief))
            for name, urgent, brief in (("a", False, False), ("b", False, True), ("c", True, True), ("d", True, False))
        ]
        await asyncio.sleep(0)
    await asyncio.gather(*asked)

    assert ["c", "d", "a", "b"] == order


async def test_what_is_cancelled_before_it_began_is_never_done(database: Database) -> None:
    async with held_up(database):
        asked = [asyncio.create_task(database.writing(a_conversation, brief=True)) for _ in range(2)]
        await asyncio.sleep(0)
        asked[0].cancel()
        await asyncio.sleep(0)
        was_let_go = asked[0].done()

    assert was_let_go
    assert {await asked[1]} == kept(database)


async def test_after_a_failure_changes_go_on(database: Database) -> None:
    with pytest.raises(OperationalError):
        await database.writing(lambda session: session.execute(text("SELECT * FROM no_such_table")), brief=True)

    assert {await database.writing(a_conversation, brief=True)} == kept(database)


def how_it_waits(session: Session) -> str:
    """How SQLite commits the transaction under way."""
    found: int = session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one()
    return {1: "not for the disk", 2: "for the disk"}[found]


async def test_only_what_can_be_redone_is_committed_without_waiting_for_the_disk(database: Database) -> None:
    redone = await database.writing(how_it_waits, brief=True, can_be_redone=True)

    assert ["not for the disk", "for the disk"] == [redone, await database.writing(how_it_waits, brief=True)]


async def test_what_cannot_be_redone_waits_for_the_disk_with_all_that_shares_its_transaction(
    database: Database,
) -> None:
    async with held_up(database):
        asked = [
            asyncio.create_task(database.writing(how_it_waits, brief=True, can_be_redone=can)) for can in (True, False)
        ]
        await asyncio.sleep(0)

    assert ["for the disk"] * 2 == await asyncio.gather(*asked)


async def test_a_change_after_one_that_failed_waits_for_the_disk_as_ever(database: Database) -> None:
    def fail(_: Session) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await database.writing(fail, brief=True, can_be_redone=True)

    assert "for the disk" == await database.writing(how_it_waits)
    with database.write() as session:
        assert "for the disk" == how_it_waits(session)


async def test_what_can_be_redone_outlives_the_process_and_is_seen_by_others(
    database: Database, tmp_path: Path
) -> None:
    begun = await database.writing(a_conversation, brief=True, can_be_redone=True)

    assert {begun} == kept(a_migrated_database(f"sqlite:///{tmp_path}/a.db"))
