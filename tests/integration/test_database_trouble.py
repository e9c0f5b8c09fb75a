"""A database that is locked, full or away for a while: what was accepted is answered, and nobody gets silence."""

from __future__ import annotations

import random
import sqlite3
import string
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.storage import database as database_module
from tests.integration.gateway_serving import Served, StubRasa, free_port, services_for, serving

# Words that cannot be compressed.
LONG = "".join(random.Random(1).choices(string.ascii_letters, k=1900))


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


def test_a_database_locked_for_too_long_refuses_with_words_for_the_patient_and_takes_the_message_later(
    served: Served, tmp_path: Path
) -> None:
    visitor = served.visitor().open()
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    refused = visitor.say("does it hurt?", "the-same-id")
    other.execute("ROLLBACK")
    other.close()
    accepted = visitor.say("does it hurt?", "the-same-id")

    assert 503 == refused.status_code, refused.text
    assert "911" in refused.text
    assert (202, False) == (accepted.status_code, accepted.json()["duplicate"])
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


def test_a_full_database_refuses_new_messages_and_still_shows_what_was_said(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("first")
    visitor.wait_for_replies(1)
    full = fill(served)
    try:
        for number in range(8):
            refused = visitor.say(LONG, f"message-{number:02}-full")
            if refused.status_code != 202:
                break
        history = visitor.history()
    finally:
        full()

    assert 503 == refused.status_code, refused.text
    assert "911" in refused.text
    assert "first" in [entry.get("text") for entry in history]
    assert 202 == visitor.say(LONG, f"message-{number:02}-full").status_code
    visitor.wait_for_replies(number + 2)


def fill(served: Served) -> Callable[[], None]:
    """Let SQLite find no room for another page, as on a full disk; returns what ends it."""
    engine = served.services.database.engine
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        plain = connection.connection
        plain.execute("VACUUM")
        pages = plain.execute("PRAGMA page_count").fetchone()[0]
    engine.dispose()

    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", limit)

    def free() -> None:
        event.remove(engine, "connect", limit)
        engine.dispose()

    return free
