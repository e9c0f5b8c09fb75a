"""Thousands of odd requests on every public address: no failure of ours, nobody held up, nothing stored unsaid."""

from __future__ import annotations

import json
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.storage.tables import InboundMessage
from tests.integration.gateway_serving import Served, StubRasa, free_port, services_for, serving

REQUESTS = int(os.environ.get("BOT_FUZZ_REQUESTS", "1000"))
PATHS = (
    *("/", "/chat/frame", "/article", "/privacy", "/health", "/ready", "/widget/launcher.js", "/assets/x", "/%00"),
    *("/chat/session", "/chat/history", "/chat/messages", "/chat/feedback", "/chat/reset", "/chat/transcript"),
    *("/chat/about-data", "/chat/erase", "/chat/", "/chat/events/x", "//", "/chat//history", "/webhooks/rest/webhook"),
)
CHANGES = (*("/chat/messages",) * 6, "/chat/feedback", "/chat/session", "/chat/reset", "/chat/erase")
METHODS = ("GET", "POST", "POST", "POST", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "BREW")
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 10**40, 1.5, 1e308, "", "a", "\x00", "\ud800", "é" * 50, "x" * 3000),
    *([], [[]], {}, {"a": {}}, "/restart", "' OR 1=1", "<img src=x onerror=alert(1)>", "../../etc/passwd", "%s%n"),
)
NAMES = ("client_id", "text", "choice", "id", "helpful", "conversation_id", "payload", "__proto__", "")
MEDIA_TYPES = ("application/json", "application/json", "application/json; charset=utf-16", "text/plain", "", "a/b/c")
ODD_HEADERS = (
    *(("Cookie", "chat=x"), ("Cookie", "chat=" + "é"), ("Cookie", ";;;=;="), ("Last-Event-ID", "9" * 50)),
    *(("Last-Event-ID", "-1"), ("Origin", "null"), ("Host", "evil.example"), ("Content-Encoding", "gzip")),
    *(("If-None-Match", "*"), ("Range", "bytes=0-"), ("X-Forwarded-For", "1.2.3.4, x"), ("Accept", "\x01")),
    *(("Accept-Encoding", "gzip, br, \xff"), ("Sec-Fetch-Site", "cross-site"), ("Transfer-Encoding", "x")),
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    stub = StubRasa(free_port())
    stub.start()
    services = services_for(
        tmp_path,
        f"sqlite:///{tmp_path}/a.db",
        stub.port,
        messages_per_minute=100_000,
        address_messages_per_minute=100_000,
    )
    with serving(services, stub) as running:
        yield running
    stub.stop()


def odd_body(chance: random.Random) -> bytes:
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randrange(200))
    if kind == 1:
        return b"[" * chance.randrange(9000)
    content: dict[str, Any] = {chance.choice(NAMES): chance.choice(ODD) for _ in range(chance.randrange(5))}
    if kind > 2:
        content |= {
            "client_id": f"fuzz-{chance.randrange(10**9):09}",
            chance.choice(("text", "choice")): chance.choice(ODD),
        }
    raw = json.dumps(content).encode()
    return raw[: chance.randrange(len(raw) + 1)] if kind == 4 and chance.random() < 0.3 else raw


def test_odd_requests_break_nothing_and_hold_nobody_up(served: Served) -> None:
    chance = random.Random(20260301)
    statuses: dict[int, int] = {}
    waits: list[float] = []
    over = threading.Event()

    def ordinary_visitor() -> None:
        visitor = served.visitor().open()
        while not over.wait(0.02):
            began = time.monotonic()
            assert visitor.http.get("/chat/history").status_code == 200
            waits.append(time.monotonic() - began)

    ordinary = threading.Thread(target=ordinary_visitor)
    ordinary.start()
    attacker = served.visitor().open()
    for _ in range(REQUESTS):
        headers = [("Content-Type", chance.choice(MEDIA_TYPES))]
        if chance.random() < 0.3:
            headers.append(chance.choice(ODD_HEADERS))
        # Half of them where a body is read, and most of these where words are stored.
        is_change = chance.random() < 0.5
        request = attacker.http.build_request(
            "POST" if is_change else chance.choice(METHODS),
            chance.choice(CHANGES) if is_change else chance.choice(PATHS),
            content=odd_body(chance),
            headers=[(name, value.encode("latin-1")) for name, value in headers],  # type: ignore[misc]
        )
        try:
            status = attacker.http.send(request).status_code
        except httpx.TransportError:
            status = 0
        statuses[status] = statuses.get(status, 0) + 1
        if status == 401 or chance.random() < 0.01:
            attacker.open()
    over.set()
    ordinary.join()

    assert not [status for status in statuses if status >= 500 and status != 503], statuses
    assert {200, 202, 400, 401, 403, 404, 405, 415, 422} <= set(statuses), statuses
    assert statistics.median(waits) < 0.25, (statistics.median(waits), max(waits))
    said = {text for text in ODD if isinstance(text, str)}
    with served.services.database.read() as session:
        kept = {message.text for message in session.scalars(select(InboundMessage))}
    assert kept <= {text.strip() for text in said}, kept - said
