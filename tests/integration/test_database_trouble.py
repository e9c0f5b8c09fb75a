"""A database that is locked for a while, before or after a message is accepted: it is answered all the same."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import database as database_module
from tests.integration.gateway_serving import Served, StubRasa, free_port, services_for, serving


@pytest.fixture
def rasa() -> Iterator[StubRasa]:
    stub = StubRasa(free_port())
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def served(tmp_path: Path, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    # So that the tests need not wait as long as patients may have to.
    monkeypatch.setattr(database_module, "LOCK_WAIT_SECONDS", 1)
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as running:
        yield running


def test_a_message_written_while_the_database_is_locked_is_answered_when_it_is_free(
    served: Served, tmp_path: Path
) -> None:
    visitor = served.visitor().open()
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
    release.start()

    accepted = visitor.say("does it hurt?")
    release.join()
    other.close()

    assert 202 == accepted.status_code
    assert ["You said: does it hurt?"] == visitor.wait_for_replies(1)


def test_a_database_that_is_locked_when_the_answer_comes_keeps_it_until_it_is_free(
    served: Served, rasa: StubRasa, tmp_path: Path
) -> None:
    rasa.delay = 0.5
    visitor = served.visitor().open()
    visitor.say("does it hurt?")
    time.sleep(0.3)
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(2.0)
    other.execute("ROLLBACK")
    other.close()

    assert ["You said: does it hurt?"] == visitor.wait_for_replies(1)


def test_a_message_that_was_tampered_with_is_apologised_for_and_the_next_one_answered(
    served: Served, rasa: StubRasa, tmp_path: Path
) -> None:
    visitor = served.visitor().open()
    rasa.delay = 1.0
    visitor.say("first")
    visitor.say("second")
    with sqlite3.connect(tmp_path / "a.db") as other:
        other.execute("UPDATE inbound_message SET sealed_text = x'0102' WHERE entry = 3")
    rasa.delay = 0.0
    visitor.say("third")

    first, second, third = visitor.wait_for_replies(3)

    assert ("You said: first", "You said: third") == (first, third)
    assert "911" in second
