"""Odd requests for every public route: made from docs/openapi.yml by schemathesis, and by a list of known evils."""

from __future__ import annotations

import contextlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import requests as requests_library
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

OPENAPI = Path(__file__).parents[2] / "docs" / "openapi.yml"
STREAM = "/chat/events"
PATHS = (
    *("/", "/chat/frame", "/article", "/privacy", "/health", "/ready", "/widget/launcher.js", "/assets/x", "/%00"),
    *("/chat/session", "/chat/history", "/chat/messages", "/chat/feedback", "/chat/reset", "/chat/transcript"),
    *(
        "/chat/about-data",
        "/chat/export",
        "/chat/erase",
        "/chat/summary",
        "/chat/summary/text",
        "/chat/summary/ticket",
        "/chat/summary/link?t=x",
        "/chat/",
        "/chat/events/x",
        "//",
        "/chat//history",
        "/webhooks/rest/webhook",
    ),
)
CHANGES = (*("/chat/messages",) * 6, "/chat/feedback", "/chat/session", "/chat/reset", "/chat/erase", "/chat/summary")
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


@dataclass
class Findings:
    """What came of it.

    Attributes:
        spent: Seconds of processor time that the gateway has used so far.
        statuses: How often each was answered; 0 is no answer at all.
        failures: Answers that must not be.
        said: The words that were sent.
        costs: Seconds of processor time from a request to its answer, by request.
    """

    spent: Callable[[], float]
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    costs: list[tuple[float, str]] = field(default_factory=list)
    _before: float = 0.0

    def begin(self) -> None:
        """A request is about to be sent."""
        self._before = self.spent()

    def note(self, status: int, request: str) -> None:
        """Keep an answer."""
        self.statuses[status] += 1
        self.costs.append((self.spent() - self._before, request))
        if status >= 500 and not (status == 503 and "/ready" in request):
            self.failures.append(f"{status} {request}")

    def note_said(self, body: Any) -> None:
        """Keep the words of a body, as far as it has any."""
        if isinstance(body, dict) and isinstance(body.get("text"), str):
            self.said.add(body["text"])


def fuzz_known_evils(url: str, count: int, seed: int, found: Findings) -> None:
    """Requests put together from what has broken servers before; half of them where a body is read."""
    chance = random.Random(seed)
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=20, trust_env=False) as attacker:
        _open(attacker)
        for _ in range(count):
            headers = [("Content-Type", chance.choice(MEDIA_TYPES))]
            if chance.random() < 0.3:
                headers.append(chance.choice(ODD_HEADERS))
            is_change = chance.random() < 0.5
            content = _odd_body(chance)
            with contextlib.suppress(ValueError, RecursionError):
                found.note_said(json.loads(content))
            request = attacker.build_request(
                "POST" if is_change else chance.choice(METHODS),
                chance.choice(CHANGES) if is_change else chance.choice(PATHS),
                content=content,
                headers=[(name, value.encode("latin-1")) for name, value in headers],  # type: ignore[misc]
            )
            found.begin()
            try:
                status = attacker.send(request).status_code
            except httpx.TransportError:
                status = 0
            found.note(status, f"{request.method} {request.url.path}")
            if status == 401 or chance.random() < 0.01:
                _open(attacker)


def _odd_body(chance: random.Random) -> bytes:
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


def fuzz_description(url: str, count: int, found: Findings) -> None:
    """Requests that schemathesis makes from the description of the routes: right ones, and wrong in one way each."""
    operations = [result.ok() for result in schemathesis.openapi.from_path(str(OPENAPI)).get_all_operations()]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    # Where a body is read there is more to get wrong.
    weights = {operation.label: 4 if operation.method == "post" else 1 for operation in operations}
    share = count / (len(modes) * sum(weights.values()))
    session = requests_library.Session()
    session.trust_env = False
    session.headers["Origin"] = url
    session.post(f"{url}/chat/session", json={}, timeout=20)
    for operation in operations:
        for mode in modes:
            examples = max(1, round(share * weights[operation.label]))
            _run(operation.as_strategy(generation_mode=mode), examples, url, session, found)


def _run(strategy: Any, examples: int, url: str, session: requests_library.Session, found: Findings) -> None:
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def send(case: Any) -> None:
        found.note_said(case.body)
        status = 0
        found.begin()
        with contextlib.suppress(requests_library.RequestException, UnicodeError, ValueError):
            options = case.as_transport_kwargs(base_url=url)
            options["headers"]["Origin"] = url
            with session.request(**options, timeout=20, stream=True, allow_redirects=False) as answer:
                status = answer.status_code
        found.note(status, f"{case.method} {case.path}")
        if status == 401:
            session.post(f"{url}/chat/session", json={}, timeout=20)

    # Where a route leaves nothing to get wrong there is no such request.
    with contextlib.suppress(schemathesis.errors.SchemathesisError, _unsatisfiable()):
        send()


def _unsatisfiable() -> type[Exception]:
    from hypothesis.errors import Unsatisfiable

    return Unsatisfiable


def _open(attacker: httpx.Client) -> None:
    with contextlib.suppress(httpx.TransportError):
        attacker.post("/chat/session", json={})


def described_routes() -> Iterator[tuple[str, str]]:
    """Method and path of every route in the description."""
    for result in schemathesis.openapi.from_path(str(OPENAPI)).get_all_operations():
        yield result.ok().method.upper(), result.ok().path
