"""What breaks under a gateway: the patient gets an answer, nothing accepted is lost, nothing is answered twice."""

from __future__ import annotations

import asyncio
import resource
import secrets
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import event

from bot.conversation.reply import Reply
from bot.gateway import app, chat_routes, context, delivery, visitors
from bot.storage import engine, outbox
from bot.storage.schema.conversation_tables import InboundMessage
from tests.integration.cut_connections import cut_when_stored
from tests.integration.gateway_serving import Served, a_reply, services_for, serving, wait_until
from tests.integration.stub_rasa import StubRasa
from tests.integration.test_gateway_processes import GatewayProcess, Visitor


@pytest.fixture
def served(tmp_path: Path, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    # A patient waits ten seconds for a lock; a test does not.
    monkeypatch.setattr(engine, "LOCK_WAIT_SECONDS", 0.3)
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as found:
        yield found


def assert_is_an_answer(response: Any) -> None:
    """Words for a patient: whom to ask first, and where to call."""
    content = response.json()
    assert 503 == response.status_code, content
    assert content["reply"]["consult_first"] and "911" in content["reply"]["text"]
    assert "Retry-After" in response.headers


def test_work_beside_the_answers_that_ends_is_told_in_the_log_and_patients_are_answered(
    tmp_path: Path, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def keep_indexing(_: object) -> None:
        raise LookupError

    monkeypatch.setattr(app, "keep_indexing", keep_indexing)
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as served:
        visitor = served.visitor().open()
        visitor.say("Does it hurt?")

        assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)
    assert [("work_beside_ended", "keep_indexing")] == [
        (record.message, vars(record)["bot_event"]["work"])
        for record in caplog.records
        if hasattr(record, "bot_event")
        if record.levelname == "ERROR"
    ]


def test_while_the_database_is_locked_a_patient_is_told_and_afterwards_answered(served: Served, tmp_path: Path) -> None:
    visitor = served.visitor().open()
    with sqlite3.connect(tmp_path / "a.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused = visitor.say("Does it hurt?", "message-0001")
        other.execute("ROLLBACK")

    again = visitor.say("Does it hurt?", "message-0001")

    assert_is_an_answer(refused)
    assert 202 == again.status_code
    assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)


def test_a_message_written_while_the_database_is_locked_for_a_moment_is_answered(
    tmp_path: Path, rasa: StubRasa
) -> None:
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as served:
        visitor = served.visitor().open()
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
        release.start()

        accepted = visitor.say("Does it hurt?")
        release.join()
        other.close()

        assert 202 == accepted.status_code
        assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)


def test_a_database_that_is_locked_when_the_answer_comes_keeps_the_message_until_it_is_free(
    served: Served, rasa: StubRasa, tmp_path: Path
) -> None:
    rasa.delay = 0.5
    visitor = served.visitor().open()
    visitor.say("Does it hurt?")
    wait_until(lambda: rasa.asked)
    with sqlite3.connect(tmp_path / "a.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(1.5)
        other.execute("ROLLBACK")

    assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)


@pytest.mark.parametrize(
    "inspection",
    [{"segments": [{"candidates": [{"no": "label"}]}]}, {"timings": "none"}, {"intent": {}, "confidence": "high"}],
)
def test_an_answer_with_an_inspection_nobody_can_keep_reaches_the_patient(
    served: Served, rasa: StubRasa, inspection: dict[str, Any]
) -> None:
    rasa.inspection = inspection
    visitor = served.visitor().open()
    for text in ("Does it hurt?", "And then?"):
        visitor.say(text)

    assert ["You said: Does it hurt?", "You said: And then?"] == visitor.wait_for_replies(2)
    assert 2 == len(rasa.asked)


def test_an_answer_that_cannot_be_stored_is_apologised_for(
    served: Served, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_replies = outbox.add_replies

    def failing(session: Any, conversation: str, replies: list[Reply], *rest: Any) -> Any:
        if any("breaks" in reply.text for reply in replies):
            raise LookupError
        return add_replies(session, conversation, replies, *rest)

    monkeypatch.setattr(outbox, "add_replies", failing)
    visitor = served.visitor().open()
    for text in ("It breaks", "And then?"):
        visitor.say(text)

    apology, answer = visitor.wait_for_replies(2)
    assert "911" in apology
    assert "You said: And then?" == answer


def test_a_message_whose_commit_nobody_heard_of_is_sent_again_and_answered_once(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    with cut_when_stored(InboundMessage, is_committed=True):
        unheard = visitor.say("Does it hurt?", "message-0001")

    again = visitor.say("Does it hurt?", "message-0001")
    visitor.say("And then?", "message-0002")

    assert_is_an_answer(unheard)
    assert (202, True) == (again.status_code, again.json()["duplicate"])
    assert ["You said: Does it hurt?", "You said: And then?"] == visitor.wait_for_replies(2)
    assert 2 == len(rasa.asked)


def test_a_message_that_was_tampered_with_is_apologised_for_and_the_next_one_answered(
    rasa: StubRasa, tmp_path: Path
) -> None:
    is_tampered = threading.Event()

    def answer(body: dict[str, Any]) -> list[Reply]:
        is_tampered.wait(20)
        return [a_reply(f"You said: {body['text']}")]

    rasa.answer = answer
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, reply_timeout=25.0)
    with serving(services, rasa) as served:
        visitor = served.visitor().open()
        visitor.say("first")
        visitor.say("second")
        with sqlite3.connect(tmp_path / "a.db") as other:
            other.execute("UPDATE inbound_message SET sealed_text = x'0102' WHERE entry = 3")
        is_tampered.set()
        visitor.say("third")

        first, second, third = visitor.wait_for_replies(3)

    assert ("You said: first", "You said: third") == (first, third)
    assert "911" in second


def test_on_a_full_disk_a_patient_is_told_and_what_was_said_before_can_be_read(served: Served, tmp_path: Path) -> None:
    visitor = served.visitor().open()
    visitor.say("Does it hurt?")
    visitor.wait_for_replies(1)
    database, engine = served.services.database, served.services.database.engine
    # Pages that migrations have left free would still take something in.
    with sqlite3.connect(tmp_path / "a.db", isolation_level=None) as other:
        other.execute("VACUUM")

    def fill(connection: Any, *_: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    def limit(pages: int) -> None:
        """For the connection that is kept for changes, which is not checked out again."""
        change = f"PRAGMA max_page_count={pages}"
        asyncio.run(database.writing(lambda session: session.connection().exec_driver_sql(change).close()))

    event.listen(engine, "checkout", fill)
    limit(1)
    refused = [visitor.say(secrets.token_hex(950)) for _ in range(12)]
    event.remove(engine, "checkout", fill)
    engine.dispose()
    limit(2**30)

    told = [response for response in refused if response.status_code != 202]
    assert told
    for response in told:
        assert_is_an_answer(response)
    accepted = 1 + len(refused) - len(told)
    assert accepted == len(visitor.wait_for_replies(accepted))
    assert 202 == visitor.say("And now?").status_code
    assert "You said: And now?" == visitor.wait_for_replies(accepted + 1)[-1]


@pytest.mark.parametrize("seconds", [-3 * 86_400, -2, 3600])
def test_a_clock_that_jumps_ends_no_conversation_and_mixes_up_no_answers(
    served: Served, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    visitor = served.visitor().open()
    visitor.say("One")
    visitor.wait_for_replies(1)

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr(visitors, "datetime", Jumped)
    for module in (chat_routes, context, delivery):
        monkeypatch.setattr(module, "now", lambda: Jumped.now(delivery.UTC))
    visitor.say("Two")
    visitor.say("Three")

    assert ["You said: One", "You said: Two", "You said: Three"] == visitor.wait_for_replies(3)


def test_out_of_file_handles_a_gateway_recovers_and_answers_each_message_once(tmp_path: Path, rasa: StubRasa) -> None:
    gateway = GatewayProcess(tmp_path, rasa.port)
    gateway.start()
    try:
        assert gateway.process is not None
        visitor = Visitor(gateway.url).open()
        visitor.say("Before", "message-0001")
        visitor.wait_for_replies(1)
        process = psutil.Process(gateway.process.pid)
        process.rlimit(resource.RLIMIT_NOFILE, (process.num_fds() + 2, 4096))
        crowd = [socket.create_connection(("127.0.0.1", gateway.port)) for _ in range(8)]
        during = visitor.say("During", "message-0002")
        time.sleep(0.5)
        for one in crowd:
            one.close()

        assert during.status_code in (202, 503)
        process.rlimit(resource.RLIMIT_NOFILE, (4096, 4096))
        for _ in range(20):
            if visitor.say("During", "message-0002").status_code == 202:
                break
            time.sleep(0.3)
        replies = wait_until(lambda: len(found := visitor.replies()) >= 2 and found, 30)
        assert "You said: Before" == replies[0] and 2 == len(replies)
        assert replies[1] == "You said: During" or "911" in replies[1]
        visitor.http.close()
    finally:
        gateway.kill()
