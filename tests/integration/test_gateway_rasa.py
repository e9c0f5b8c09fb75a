"""The real Rasa and the real action server, around a little bot: closed to strangers, and in step with the gateway."""

from __future__ import annotations

import contextlib
import json
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import text

from bot.gateway.rasa_client import Question, RasaClient, RasaFailed
from bot.observing import tracing
from bot.settings import SECRET_HEADER
from tests.integration.gateway_serving import wait_until
from tests.integration.little_rasa import KNOWN, Collector, RunningRasa
from tests.sealing import a_database


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRasa]:
    collector = Collector()
    found = RunningRasa(tmp_path_factory.mktemp("little"), collector)
    try:
        found.train()
        found.start_actions()
        found.start_rasa()
        yield found
    finally:
        found.stop()
        collector.stop()


def texts(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [reply["text"] for reply in answer.json()["replies"]]


ROUTES_OF_RASA = (
    *("/", "/version", "/status", "/domain", "/conversations/abc/tracker", "/conversations/abc/messages"),
    *("/model", "/model/train", "/model/parse", "/webhooks/rest/webhook", "/webhooks/guarded/messages"),
    *(
        "/webhooks/guarded/ready",
        "/webhooks/guarded/expect",
        "/webhooks/guarded/erase",
        "/nothing",
        "/webhook",
        "/health",
        "/actions",
    ),
)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_without_the_secret_every_address_of_both_servers_is_forbidden(running: RunningRasa, method: str) -> None:
    for server, other in ((running.settings.rasa_url, KNOWN.actions), (running.settings.actions_url, KNOWN.rasa)):
        for path in ROUTES_OF_RASA:
            for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: other}, {SECRET_HEADER: "r" * 39}):
                assert 403 == running.status(server + path, method, headers), (server, path, headers)


def test_both_servers_listen_on_loopback_alone(running: RunningRasa) -> None:
    for process in (running.rasa, running.actions):
        assert process is not None
        lines = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]
        ports = {running.settings.rasa_port, running.settings.actions_port}
        places = [line.split()[1] for line in lines if line.split()[3] == "0A"]
        ours = [place for place in places if int(place.split(":")[1], 16) in ports]
        assert ours and all(place.startswith("0100007F:") for place in ours)


def test_a_message_is_answered_and_asked_again_it_gets_the_same_answer(running: RunningRasa) -> None:
    first = running.say("conversation-same", "m1", "hello there")
    events = running.events()
    again = running.say("conversation-same", "m1", "hello there")

    assert ["turn 1: hello there"] == texts(first) == texts(again)
    assert (False, True) == (first.json()["known"], again.json()["known"])
    assert events == running.events()


def test_an_answer_tells_how_long_each_step_took_storing_it_included(running: RunningRasa) -> None:
    answer = running.say("conversation-timed", "m1", "hello there").json()

    stages = [stage for stage, _ in answer["inspection"]["timings"]]
    assert ["remembering", "understanding", "deciding and acting", "storing"] == stages[-4:]


def test_a_message_that_was_read_ahead_is_answered_like_any_other(running: RunningRasa) -> None:
    assert 202 == running.expect("/hello there").status_code
    assert 202 == running.expect("never said").status_code

    assert ["turn 1: hello there"] == texts(running.say("conversation-ahead", "m1", "/hello there"))
    assert ["turn 2: hello there"] == texts(running.say("conversation-ahead", "m2", "/hello there"))


def test_a_message_asked_about_by_two_at_the_same_time_is_answered_once(running: RunningRasa) -> None:
    running.say("conversation-twice", "m1", "hello")

    with ThreadPoolExecutor(4) as many:
        asked = [many.submit(running.say, "conversation-twice", "m2", "hello again") for _ in range(4)]

    answers = [one.result() for one in asked]
    assert [["turn 2: hello again"]] * 4 == [texts(answer) for answer in answers]
    assert [False, True, True, True] == sorted(answer.json()["known"] for answer in answers)
    assert ["turn 3: hello"] == texts(running.say("conversation-twice", "m3", "hello"))


def test_a_worker_that_comes_late_does_not_put_an_old_message_behind_newer_ones(running: RunningRasa) -> None:
    running.say("conversation-late", "m7", "hello")
    events = running.events()

    late = running.say("conversation-late", "m6", "never mind")

    assert (409, {"error": {"code": "overtaken"}}) == (late.status_code, late.json())
    assert events == running.events()
    assert ["turn 2: hello"] == texts(running.say("conversation-late", "m8", "hello"))


async def test_a_trace_goes_from_the_gateway_through_rasa_to_the_action_and_holds_no_words(
    running: RunningRasa,
) -> None:
    exporter = InMemorySpanExporter()
    tracing.start("gateway", "", exporter)
    client = RasaClient(running.settings.rasa_url, KNOWN.rasa, 20)
    try:
        with tracing.span("answer", conversation="conversation-traced", message=1), contextlib.suppress(RasaFailed):
            # The little bot's replies are not whole ones of ours, which is of no interest here.
            await client.answer(Question("conversation-traced", "m1", "hello SECRETWORD"))
    finally:
        tracing.stop()
        await client.close()

    (gateway,) = exporter.get_finished_spans()
    assert gateway.context is not None
    trace = gateway.context.trace_id
    found = wait_until(lambda: len(spans := running.collector.of_trace(trace)) == 2 and spans)
    rasa, action = found["assistant-rasa"], found["assistant-actions"]
    assert ("rasa_turn", gateway.context.span_id.to_bytes(8, "big")) == (rasa.name, rasa.parent_span_id)
    assert ("action", rasa.span_id) == (action.name, action.parent_span_id)
    assert b"SECRETWORD" not in running.collector.received


@pytest.mark.parametrize("order", ["/restart", " /restart", "/back", '/restart{"choice": "stolen"}', "//restart"])
def test_orders_to_rasa_are_words_when_a_visitor_types_them(running: RunningRasa, order: str) -> None:
    conversation = f"conversation-{abs(hash(order))}"
    running.say(conversation, "m1", "hello")

    answer = texts(running.say(conversation, "m2", order))

    assert [f"turn 2: {order.lstrip(' /')}"] == answer


def test_a_button_reaches_the_action_as_a_choice(running: RunningRasa) -> None:
    answer = running.say("conversation-button", "m1", "Needle pain", payload="topic:needle_pain")

    assert ["turn 1: ['topic:needle_pain']"] == texts(answer)


@pytest.mark.parametrize("words", ["quiet", "break SECRETWORD"])
def test_a_turn_without_a_reply_is_a_failure_and_never_happened(running: RunningRasa, words: str) -> None:
    conversation = f"conversation-{words[:5]}"
    running.say(conversation, "m1", "hello")
    events = running.events()

    silent = running.say(conversation, "m2", words)

    assert (500, {"error": {"code": "empty"}}) == (silent.status_code, silent.json())
    assert events == running.events()
    assert ["turn 2: hello"] == texts(running.say(conversation, "m3", "hello"))


@pytest.mark.parametrize(
    "change",
    [
        {"conversation_id": "short"},
        {"conversation_id": "conversation\x00"},
        {"conversation_id": "conversation\ud800"},
        {"conversation_id": "x" * 65},
        {"conversation_id": 12345678},
        {"conversation_id": None},
        {"message_id": ""},
        {"message_id": "m 1"},
        {"text": None},
        {"text": 7},
        {"text": ""},
        {"text": "x" * 6001},
        {"payload": 7},
        {"payload": ""},
    ],
)
def test_what_the_gateway_would_never_send_is_refused_and_harms_nothing(
    running: RunningRasa, change: dict[str, Any]
) -> None:
    body = {"conversation_id": "conversation-odd", "message_id": "m1", "text": "hello", **change}
    raw = json.dumps(body).encode()
    headers = {SECRET_HEADER: KNOWN.rasa, "Content-Type": "application/json"}

    answer = httpx.post(running.address("messages"), content=raw, headers=headers)

    assert 422 == answer.status_code
    assert running.rasa is not None and running.rasa.poll() is None


def test_erasing_waits_for_a_message_under_way_and_leaves_nothing(running: RunningRasa) -> None:
    before = running.events()
    running.say("conversation-erase", "m1", "hello")
    running.say("conversation-erase", "m2", "hello")

    assert {"erased": True} == running.post("erase", {"conversation_id": "conversation-erase"}).json()

    assert before == running.events()
    assert ["turn 1: hello"] == texts(running.say("conversation-erase", "m3", "hello"))


def test_a_killed_rasa_remembers_what_it_answered(running: RunningRasa) -> None:
    running.say("conversation-killed", "m1", "hello")
    second = texts(running.say("conversation-killed", "m2", "hello again"))
    assert running.rasa is not None
    running.rasa.send_signal(signal.SIGKILL)
    running.rasa.wait()

    running.start_rasa()

    again = running.say("conversation-killed", "m2", "hello again")
    assert (second, True) == (texts(again), again.json()["known"])
    assert ["turn 3: hello"] == texts(running.say("conversation-killed", "m3", "hello"))


def test_without_its_action_server_rasa_says_that_asking_again_may_help(running: RunningRasa) -> None:
    assert running.actions is not None
    running.actions.kill()
    running.actions.wait()

    refused = running.say("conversation-actions", "m1", "hello")
    running.start_actions()
    again = running.say("conversation-actions", "m1", "hello")

    assert (503, {"error": {"code": "no_actions"}}) == (refused.status_code, refused.json())
    assert ["turn 1: hello"] == texts(again)


def test_an_unreadable_memory_fails_the_message_instead_of_forgetting(running: RunningRasa) -> None:
    running.say("conversation-memory", "m1", "hello")
    database = a_database(running.settings.database_url)
    with database.write() as session:
        session.execute(text("ALTER TABLE tracker_turn RENAME TO hidden"))
    try:
        refused = running.say("conversation-memory", "m2", "hello")
    finally:
        with database.write() as session:
            session.execute(text("ALTER TABLE hidden RENAME TO tracker_turn"))
        database.close()

    assert (503, {"error": {"code": "no_memory"}}) == (refused.status_code, refused.json())
    assert ["turn 2: hello"] == texts(running.say("conversation-memory", "m2", "hello"))


def test_no_word_of_a_visitor_is_in_the_logs(running: RunningRasa) -> None:
    running.say("conversation-logs", "m1", "break SECRETWORD")
    running.say("conversation-logs", "m2", "hello SECRETWORD {not json")
    wait_until(lambda: {"action_failed", "message_answered"} <= set(re.findall(r"\w+", running.log.read_text())))

    log = running.log.read_text()
    assert "SECRETWORD" not in log
    assert KNOWN.rasa not in log and KNOWN.actions not in log
