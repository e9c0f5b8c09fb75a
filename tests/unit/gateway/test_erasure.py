"""What is to be erased goes, whatever one attempt meets."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.gateway import erasure
from bot.gateway.delivery import Delivery
from bot.gateway.erasure import Erasure
from bot.gateway.listeners import Listeners
from bot.storage import conversations
from bot.storage.retention import Retention
from tests.sealing import a_database


class Rasa:
    """Cannot be asked at first, for a reason that nobody foresaw."""

    def __init__(self) -> None:
        self.asked = 0

    async def erase(self, conversation_id: str) -> None:
        self.asked += 1
        if self.asked == 1:
            raise RuntimeError("can't start new thread")


async def test_an_erasure_that_failed_for_a_reason_nobody_foresaw_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "AGAIN_SECONDS", 0.01)
    database, rasa, at = a_database(f"sqlite:///{tmp_path}/a.db"), Rasa(), datetime.now(UTC)
    database.migrate()
    with database.write() as session:
        conversations.request_erasure(session, conversations.begin(session, "web", at).id, at)
    kept = Retention(timedelta(days=30), timedelta(days=30))

    keeping = asyncio.create_task(Erasure(database, rasa, cast(Delivery, None), Listeners(), kept).keep_on())
    async with asyncio.timeout(10):
        while await database.reading(conversations.awaiting_erasure):
            await asyncio.sleep(0.01)

    assert 2 == rasa.asked
    keeping.cancel()
