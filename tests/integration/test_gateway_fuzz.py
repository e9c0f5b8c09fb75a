"""Thousands of odd requests on every public route: no failure of ours, no process death, nothing stored unsaid.

`make fuzz` sends 10,000 and prints how long another visitor had to wait meanwhile.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select
from starlette.routing import Route

from bot.gateway import chat_routes, data_routes, event_routes, page_routes, summary_routes
from bot.gateway.requests import clean
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.sealing.vault import Vault
from tests.integration.fuzzing import Findings, described_routes, fuzz_description, fuzz_known_evils
from tests.integration.stub_rasa import StubRasa
from tests.integration.test_gateway_processes import PROJECT, GatewayProcess

REQUESTS = int(os.environ.get("BOT_FUZZ_REQUESTS", "1200"))
LONGEST_STALL_SECONDS = 0.25
BASELINE_SECONDS = 2.0 if REQUESTS < 10_000 else 15.0


@pytest.fixture
def gateway(tmp_path: Path, rasa: StubRasa) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path, rasa.port)
    process.environment["BOT_ADDRESS_MESSAGES_PER_MINUTE"] = "10000"
    process.start()
    yield process
    process.kill()


class Watchdog:
    """Another visitor, in a process of his own."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "tests.integration.watchdog", url]
        self.process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def milliseconds(self) -> list[float]:
        """How long each of his requests took; raises when one failed."""
        output, _ = self.process.communicate()
        assert 0 == self.process.returncode
        return sorted(seconds * 1000 for seconds in json.loads(output))


def summary(waits: list[float]) -> str:
    def at(share: float) -> float:
        return waits[min(len(waits) - 1, int(share * len(waits)))]

    return f"n={len(waits)} p50={at(0.5):.1f} p99={at(0.99):.1f} p99.9={at(0.999):.1f} max={waits[-1]:.1f} ms"


def test_odd_requests_break_nothing_and_store_nothing_unsaid(gateway: GatewayProcess, tmp_path: Path) -> None:
    assert gateway.process is not None
    before = Watchdog(gateway.url)
    time.sleep(BASELINE_SECONDS)
    quiet = before.milliseconds()
    process = psutil.Process(gateway.process.pid)
    memory = process.memory_info().rss
    found = Findings(lambda: sum(process.cpu_times()[:2]))

    # Alone, so that what the gateway spends is spent on the odd request; then beside another visitor.
    fuzz_known_evils(gateway.url, REQUESTS // 2, 20260301, found)
    cost, costliest = max(found.costs)
    watchdog = Watchdog(gateway.url)
    fuzz_description(gateway.url, REQUESTS // 2, found)
    fuzz_known_evils(gateway.url, REQUESTS - found.statuses.total(), 20261125, found)

    waits = watchdog.milliseconds()
    grown = (process.memory_info().rss - memory) / 2**20
    print(f"{found.statuses.total()} odd requests: {dict(sorted(found.statuses.items()))}, memory +{grown:.0f} MB")
    print(f"another visitor before: {summary(quiet)}")
    print(f"another visitor meanwhile: {summary(waits)}")
    print(f"costliest: {costliest}, {cost * 1000:.0f} ms of the gateway's processor time")
    assert [] == found.failures
    # One event loop serves all. Processor time, unlike waiting, does not depend on what else this machine does.
    assert cost < LONGEST_STALL_SECONDS, costliest
    assert gateway.process.poll() is None
    assert {200, 202, 400, 401, 403, 404, 405, 415, 422} <= set(found.statuses)
    assert found.statuses.total() == REQUESTS
    database = Database(f"sqlite:///{tmp_path}/a.db", Vault.of_file(tmp_path / "secrets.json"))
    with database.read() as session:
        kept = {message.text for message in session.scalars(select(InboundMessage))}
    database.close()
    assert kept <= {clean(text) for text in found.said}


def test_every_public_route_is_described() -> None:
    routes = [*page_routes.ROUTES, *chat_routes.ROUTES, *data_routes.ROUTES, *event_routes.ROUTES]
    routes += summary_routes.ROUTES
    public = {
        (method, route.path.replace(":path", ""))
        for route in routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }

    assert public == set(described_routes())
