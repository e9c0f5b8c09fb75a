"""An answer may be undone by a power failure where giving it again would show nobody the same thing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy.orm import Session

from bot.conversation.reply import Kind, Reply
from bot.gateway import delivery as module
from bot.gateway.asking import Asked, Asking
from bot.gateway.delivery import Delivery
from bot.gateway.listeners import Listeners
from bot.gateway.rasa_client import Answer
from bot.gateway.rasa_pool import RasaPool
from bot.storage import conversations, inbox
from bot.storage.database import Database
from tests.sealing import a_migrated_database

NOW = datetime(2026, 11, 4, tzinfo=UTC)
REPLY = Reply(kind=Kind.ANSWER, text="So it is.", consult_first="Please ask your healthcare provider first.")


class Answering:
    """Stands for whoever is asked."""

    async def ask(self, _: Any) -> Asked:
        return Asked(Answer([REPLY]))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return a_migrated_database(f"sqlite:///{tmp_path}/a.db")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the transaction of each answer waits for the disk."""
    found: list[bool] = []

    def look(session: Session, *_: Any, **__: Any) -> None:
        found.append(session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one() == 2)

    monkeypatch.setattr(module.turn_records, "add", look)
    return found


async def answer_one(database: Database, listeners: Listeners) -> None:
    delivery = Delivery(database, cast(RasaPool, None), cast(Asking, Answering()), listeners)

    def say(session: Session) -> tuple[str, inbox.Accepted]:
        begun = conversations.begin(session, "web", NOW).id
        return begun, inbox.accept(session, begun, inbox.Said("client-1", inbox.TYPED, "hello"), NOW, takes_up=True)

    conversation, accepted = await database.writing(say)
    delivery.take_up(accepted, conversation)
    async with asyncio.timeout(10):
        while delivery._tasks:
            await asyncio.sleep(0.01)


async def test_an_answer_to_a_page_does_not_wait_for_the_disk(database: Database, waits: list[bool]) -> None:
    await answer_one(database, Listeners())

    assert [False] == waits


async def test_an_answer_that_goes_to_a_messenger_does(database: Database, waits: list[bool]) -> None:
    listeners = Listeners()
    passed_on: list[str] = []
    watcher: Callable[[str], None] = passed_on.append
    listeners.watchers.append(watcher)

    await answer_one(database, listeners)

    assert [True] == waits and passed_on
