"""A Rasa that has just started becomes ready, however impatient those are who ask whether it is."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot import without_tensorflow

without_tensorflow.install()

from bot.rasa_server import readiness  # noqa: E402


@pytest.fixture
def app() -> Any:
    return SimpleNamespace(ctx=SimpleNamespace(agent=SimpleNamespace(action_endpoint=None)))


@pytest.fixture(autouse=True)
def model_that_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "serves_published_model", lambda *_: True)
    monkeypatch.setattr(readiness, "warm_up", lambda: None)


async def test_probes_that_hang_up_neither_stop_the_warming_up_nor_begin_it_anew(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    can_go_on = asyncio.Event()

    async def read(_: Any, message: Any) -> None:
        begun.append(message.text)
        await can_go_on.wait()

    monkeypatch.setattr(readiness, "read", read)
    for _ in range(3):
        probe = asyncio.create_task(readiness.become_ready(app))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        probe.cancel()
        await asyncio.wait([probe])
    can_go_on.set()

    assert await readiness.become_ready(app)
    assert 1 == len(begun)


async def test_what_failed_once_is_tried_again_when_somebody_asks(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    async def read(*_: Any) -> None:
        tried.append(1)
        if len(tried) == 1:
            raise RuntimeError

    monkeypatch.setattr(readiness, "read", read)

    assert [False, True] == [await readiness.become_ready(app) for _ in range(2)]
