"""What the stubs share: a server, what was sent to it, failures on order, and complaints about wrong requests."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.integration.gateway_serving import StubServer, free_port


@dataclass(frozen=True)
class Failure:
    """One answer that is not the usual one.

    `is_taken`: the message is taken all the same. `hangs`: no answer comes before the caller gives up.
    """

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    is_taken: bool = False
    hangs: float = 0.0


class Platform(StubServer):
    """A platform's API. `complaints` must be empty at the end of every test."""

    def __init__(self) -> None:
        self.port = free_port()
        self.sent: list[dict[str, Any]] = []
        self.signs_of_typing: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str]] = []
        self.complaints: list[str] = []
        self.failures: deque[Failure] = deque()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def expect(self, condition: object, complaint: str) -> None:
        if not condition:
            self.complaints.append(complaint)

    def texts(self) -> list[str]:
        """What the person reads."""
        raise NotImplementedError

    async def take(self, request: Request, message: dict[str, Any], answer: Callable[[], Response]) -> Response:
        """Take a message, or fail as ordered."""
        self.requests.append((request.method, request.url.path))
        if not self.failures:
            self.sent.append(message)
            return answer()
        failure = self.failures.popleft()
        if failure.is_taken:
            self.sent.append(message)
        await asyncio.sleep(failure.hangs)
        return JSONResponse(failure.body or {}, failure.status, failure.headers)


def is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and 0 < len(value.encode("utf-16-le")) // 2 <= most
