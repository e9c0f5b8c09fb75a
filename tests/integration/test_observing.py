"""What operators see: numbers without words, and traces that hang together across processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import psutil
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.base import PatientAction
from bot.bench.ports import free_ports
from bot.gateway.messengers.base import Messenger
from bot.gateway.messengers.identity import Identities
from bot.gateway.messengers.sending import Sending
from bot.gateway.rasa_client import Question, RasaClient
from bot.observing import metrics, tracing
from bot.observing.observation import observe
from bot.rasa_server import traced_actions
from bot.settings import Settings, SettingsError
from tests.integration.gateway_serving import SECRET, free_port, services_for, serving, wait_until
from tests.integration.stub_rasa import StubRasa
from tests.sealing import a_database

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    found = InMemorySpanExporter()
    tracing.start("test", "", found)
    yield found
    tracing.stop()


def numbers(name: str) -> dict[tuple[tuple[str, str], ...], float]:
    return {
        tuple(sorted(sample.labels.items())): sample.value
        for family in metrics.REGISTRY.collect()
        for sample in family.samples
        if sample.name == name
    }


def test_messages_are_counted_and_no_word_of_them_is_shown(tmp_path: Path, rasa: StubRasa) -> None:
    before = numbers("assistant_messages_handled_total").get((("reason", ""), ("state", "done")), 0)
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as served:
        visitor = served.visitor().open()
        visitor.say("SECRETWORD hurts")
        visitor.wait_for_replies(1)
        visitor.http.get("/chat/SECRETWORD?q=SECRETWORD")
        visitor.http.request("SECRETWORD", "/health")

        assert before + 1 == numbers("assistant_messages_handled_total")[(("reason", ""), ("state", "done"))]
    found = str(list(metrics.REGISTRY.collect()))
    assert "SECRETWORD" not in found
    assert numbers("assistant_answer_seconds_count")[()] >= 1


def test_the_first_reply_that_a_messenger_loses_is_seen_to_be_one_more(tmp_path: Path) -> None:
    pager = {"pager": cast(Messenger, None)}

    Sending(a_database(f"sqlite:///{tmp_path}/a.db"), pager, Identities("s" * 32), lambda reply, _: reply)

    shown = numbers("assistant_messenger_replies_total")

    assert [0, 0] == [shown[(("channel", "pager"), ("state", state))] for state in ("failed", "too_late")]


def test_labels_come_from_closed_sets(tmp_path: Path, rasa: StubRasa) -> None:
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as served:
        for number in range(30):
            served.visitor().http.get(f"/nothing/{number}")

    routes = {dict(labels)["route"] for labels in numbers("assistant_http_requests_total")}
    assert len(routes) < 40 and not any("nothing" in route for route in routes)


def test_a_process_shows_its_numbers_on_loopback_alone_and_says_when_its_port_is_taken() -> None:
    port = free_port()
    settings = Settings(base_dir=PROJECT, metrics_port=port)
    observe("gateway", settings)

    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text

    names = {family.name for family in text_string_to_metric_families(text)}
    assert {"assistant_http_requests", "process_resident_memory_bytes"} <= names
    listening = {found.laddr.ip for found in psutil.Process().net_connections("tcp") if found.laddr.port == port}
    assert {"127.0.0.1"} == {address for address in listening if address}
    with pytest.raises(SettingsError, match="BOT_METRICS_PORT"):
        observe("gateway", settings)


@pytest.mark.parametrize("process", metrics.PROCESSES)
def test_no_process_tells_of_a_fault_that_it_does_not_look_for(process: str) -> None:
    """An alert takes a nought for a database or a worker that is down, whichever process shows it."""
    first = free_ports(len(metrics.PROCESSES))
    metrics.serve(process, first)

    text = httpx.get(f"http://127.0.0.1:{first + metrics.PROCESSES[process]}/metrics").text

    names = {family.name for family in text_string_to_metric_families(text)}
    assert (process in ("gateway", "worker")) == ("assistant_database_up" in names)
    assert (process == "worker") == ("assistant_worker_up" in names)
    assert {"assistant_event_loop_late_seconds", "process_resident_memory_bytes"} <= names


def test_the_console_shows_its_numbers_where_prometheus_is_told_to_look(tmp_path: Path) -> None:
    port, ports = free_port(), [free_port() for _ in range(4)]
    names = ("BOT_PORT", "BOT_RASA_PORT", "BOT_ACTIONS_PORT", "BOT_CONSOLE_PORT")
    environment = {
        **os.environ,
        **{name: str(number) for name, number in zip(names, ports, strict=True)},
        "BOT_METRICS_PORT": str(port - metrics.PROCESSES["console"]),
        "BOT_DATABASE_URL": f"sqlite:///{tmp_path}/a.db",
        "BOT_SECRET_FILE": str(tmp_path / "secrets.json"),
    }

    def shown() -> str:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{port}/metrics").text
        return ""

    with (tmp_path / "console.log").open("wb") as log:
        console = subprocess.Popen(
            [sys.executable, "-m", "bot.console"], cwd=PROJECT, env=environment, stdout=log, stderr=log
        )
    try:
        wait_until(lambda: "process_resident_memory_bytes" in shown(), 30)
    finally:
        console.kill()
        console.wait()


def test_a_trace_goes_on_in_the_process_that_is_asked_and_holds_ids_alone(
    exporter: InMemorySpanExporter, tmp_path: Path, rasa: StubRasa
) -> None:
    async def ask() -> None:
        client = RasaClient(f"http://127.0.0.1:{rasa.port}", SECRET, 2)
        with tracing.span("answer", conversation="conversation-1", message=7):
            await client.answer(Question("conversation-1", "m7", "SECRETWORD hurts"))
        await client.close()

    asyncio.run(ask())

    (outer,) = exporter.get_finished_spans()
    assert outer.context is not None
    assert f"{outer.context.trace_id:032x}" == rasa.headers[-1]["traceparent"].split("-")[1]
    assert {"conversation": "conversation-1", "message": 7} == dict(outer.attributes or {})
    assert "SECRETWORD" not in outer.to_json()


def test_a_failure_marks_its_span_and_leaves_its_text_out(exporter: InMemorySpanExporter) -> None:
    with pytest.raises(RuntimeError), tracing.span("answer"):
        raise RuntimeError("SECRETWORD")

    (span,) = exporter.get_finished_spans()
    assert "ERROR" == span.status.status_code.name
    assert "SECRETWORD" not in span.to_json()


def test_requests_on_one_connection_belong_each_to_its_own_trace(exporter: InMemorySpanExporter) -> None:
    def parent(trace: int) -> dict[str, str]:
        return {"traceparent": f"00-{trace:032x}-{7:016x}-01"}

    tracing.arrive(parent(1))
    with tracing.span("rasa_turn"):
        passed_on = tracing.headers()["traceparent"]
    tracing.arrive(parent(2))
    with tracing.span("rasa_turn"):
        pass
    tracing.arrive({})
    with tracing.span("rasa_turn"):
        pass

    traces = [span.context.trace_id for span in exporter.get_finished_spans() if span.context]
    assert [1, 2] == traces[:2] and traces[2] not in (1, 2)
    assert passed_on.split("-")[1] == f"{1:032x}"


async def test_an_action_is_one_span_with_its_conversation(
    exporter: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waits(PatientAction):
        def name(self) -> str:
            return "action_waits"

        def act(self, dispatcher: Any, tracker: Any) -> Any:
            return []

    monkeypatch.setattr(ActionExecutor, "run", ActionExecutor.run)
    traced_actions.install_in_action_server()
    executor = ActionExecutor()
    executor.register_action(Waits())

    tracker = {"sender_id": "c", "slots": {}, "latest_message": {}, "events": [], "paused": False}
    await executor.run({"next_action": "action_waits", "sender_id": "c", "tracker": tracker, "domain": {}})

    spans = [(span.name, dict(span.attributes or {})) for span in exporter.get_finished_spans()]
    assert [("action", {"action": "action_waits", "conversation": "c"})] == spans


def test_without_tracing_nothing_is_sent_along() -> None:
    with tracing.span("answer", conversation="c"):
        assert {} == tracing.headers()


def test_the_alerts_and_the_dashboard_ask_only_for_numbers_there_are() -> None:
    known = {"up"}
    for family in metrics.REGISTRY.collect():
        known |= {family.name, *(sample.name for sample in family.samples)}
        suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum")}.get(family.type, ("",))
        known |= {f"{family.name}{suffix}" for suffix in suffixes}
    rules = YAML(typ="safe").load(PROJECT / "deploy" / "prometheus" / "alerts.yml")
    board = json.loads((PROJECT / "deploy" / "grafana" / "assistant.json").read_text())
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    asked += [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]

    named = {
        name for expr in asked for name in re.findall(r"\b(?:assistant|process|up)\w*", re.sub(r'"[^"]*"', "", expr))
    }

    assert len(asked) > 20
    assert set() == {name for name in named if not name.startswith("process_")} - known


def test_every_alert_says_what_to_do_and_every_number_is_watched_or_shown() -> None:
    rules = YAML(typ="safe").load(PROJECT / "deploy" / "prometheus" / "alerts.yml")

    for group in rules["groups"]:
        for rule in group["rules"]:
            assert {"alert", "expr", "labels", "annotations"} <= set(rule), rule
            assert rule["labels"]["severity"] in {"page", "ticket"}
            assert {"summary", "remedy"} == set(rule["annotations"])
    everything = (PROJECT / "deploy" / "prometheus" / "alerts.yml").read_text()
    everything += (PROJECT / "deploy" / "grafana" / "assistant.json").read_text()
    assert [] == [
        family.name
        for family in metrics.REGISTRY.collect()
        if family.name.startswith("assistant") and family.name not in everything
    ]
