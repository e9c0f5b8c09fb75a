"""A stub of Rasa behind the guarded channel: it answers as a test wants it to, and fails when told to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversation.reply import Reply
from bot.settings import SECRET_HEADER
from tests.integration.gateway_serving import SECRET, StubServer, a_reply, free_port


@dataclass
class StubRasa(StubServer):
    """Answers as Rasa would, remembers what it was asked, and fails when told to."""

    port: int
    answer: Callable[[dict[str, Any]], list[Reply]] = lambda body: [a_reply(f"You said: {body.get('text')}")]
    status: int = 200
    delay: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    expecting_takes: float = 0.0
    answered: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    working: set[str] = field(default_factory=set)
    overlaps: int = 0
    strangers: int = 0
    inspection: dict[str, Any] = field(default_factory=dict)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhooks/guarded/messages", self._messages, methods=["POST"]),
                Route("/webhooks/guarded/expect", self._expect, methods=["POST"]),
                Route("/webhooks/guarded/erase", self._erase, methods=["POST"]),
                Route("/webhooks/guarded/ready", self._ready, methods=["GET"]),
            ]
        )

    def _is_stranger(self, request: Request) -> bool:
        is_stranger = request.headers.get(SECRET_HEADER) != SECRET
        self.strangers += is_stranger
        return is_stranger

    async def _ready(self, request: Request) -> Response:
        return Response(status_code=403 if self._is_stranger(request) else self.status)

    async def _messages(self, request: Request) -> Response:
        if self._is_stranger(request):
            return Response(status_code=403)
        body = await request.json()
        self.asked.append(body)
        self.headers.append(dict(request.headers))
        conversation, key = body["conversation_id"], (body["conversation_id"], body["message_id"])
        self.overlaps += conversation in self.working
        self.working.add(conversation)
        try:
            await asyncio.sleep(self.delay)
            if self.status != 200:
                return JSONResponse({"error": {"code": "stub"}}, self.status)
            # As Rasa does: a turn without a reply never happened.
            if not self.answered.get(key):
                self.answered[key] = [reply.to_dict() for reply in self.answer(body)]
            return JSONResponse({"replies": self.answered[key], "known": False, "inspection": self.inspection})
        finally:
            self.working.discard(conversation)

    async def _expect(self, request: Request) -> Response:
        if self._is_stranger(request):
            return Response(status_code=403)
        self.expected.append((await request.json())["text"])
        await asyncio.sleep(self.expecting_takes)
        return JSONResponse({}, self.status if self.status != 200 else 202)

    async def _erase(self, request: Request) -> Response:
        if self._is_stranger(request):
            return Response(status_code=403)
        if self.status != 200:
            return Response(status_code=self.status)
        self.erased.append((await request.json())["conversation_id"])
        return JSONResponse({"erased": True})


@contextlib.contextmanager
def stubbed_rasa(**how: Any) -> Iterator[StubRasa]:
    """A running stub of Rasa; `how` as its fields."""
    stub = StubRasa(free_port(), **how)
    stub.start()
    try:
        yield stub
    finally:
        stub.leave()
