"""A small gateway for the browser tests: the same routes and headers as the real one, replies from a list, bad weather.

Run by itself, `python -m tests.e2e.stub_gateway [PORT]` serves the demonstration page for work on the widget.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import sys
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.free_ports import free_port

from .stub_conversation import Conversation
from .stub_pages import FRAME_POLICY, PAGES, WIDGET, file, page
from .stub_replies import OPENING, reply_to
from .weather import FAIR, Weather

POLL_SECONDS = 0.02


class StubGateway:
    """The server in a thread; what it remembers outlives a stop and a start."""

    def __init__(self, weather: Weather = FAIR, port: int = 0) -> None:
        """Choose a port; nothing is served yet."""
        self.weather = weather
        self.reply_seconds = 0.05
        self.is_silent = False
        self.notice = ""
        self.opening = OPENING
        self.refuse_next: list[Response] = []
        self.posts: list[dict[str, Any]] = []
        self.conversations: dict[str, Conversation] = {}
        self.port = port or free_port()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def conversation(self) -> Conversation:
        """The newest conversation."""
        return list(self.conversations.values())[-1]

    def start(self) -> StubGateway:
        """Serve until `stop`."""
        config = uvicorn.Config(
            self._app(), host="127.0.0.1", port=self.port, ws="none", log_level="critical", timeout_graceful_shutdown=0
        )
        server = uvicorn.Server(config)
        self._server, self._thread = server, threading.Thread(target=server.run, daemon=True)
        self._thread.start()
        while not server.started:
            assert self._thread.is_alive(), "the stub gateway did not start"
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """Stop at once, as a crash would."""
        if self._server and self._thread:
            self._server.force_exit = self._server.should_exit = True
            self._thread.join(10)

    def _app(self) -> Starlette:
        routes = [
            Route("/", page("home.html", self.url)),
            Route("/article", page("article.html", self.url)),
            Route("/privacy", page("privacy.html", self.url)),
            Route("/chat/frame", page("frame.html", self.url, FRAME_POLICY)),
            Route("/widget/{name}", file(WIDGET)),
            Route("/assets/{name}", file(PAGES / "assets")),
            Route("/chat/session", self._session, methods=["POST"]),
            Route("/chat/history", self._history),
            Route("/chat/messages", self._messages, methods=["POST"]),
            Route("/chat/events", self._events),
            Route("/chat/feedback", self._feedback, methods=["POST"]),
            Route("/chat/reset", self._reset, methods=["POST"]),
            Route("/chat/transcript", self._transcript),
            Route("/chat/about-data", self._about_data),
            Route("/chat/erase", self._erase, methods=["POST"]),
        ]
        return Starlette(routes=routes, lifespan=self._lifespan)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        worker = asyncio.create_task(self._answer())
        yield
        worker.cancel()

    async def _answer(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            for conversation in list(self.conversations.values()):
                waiting = [
                    e for e in conversation.entries if e["from"] == "patient" and e["id"] not in conversation.answered
                ]
                if not waiting or self.is_silent:
                    continue
                conversation.typing += 1
                await asyncio.sleep(self.reply_seconds)
                made = reply_to(waiting[0]["text"], conversation.said(before=waiting[0]["id"]))
                conversation.answered.add(waiting[0]["id"])
                conversation.tell(made, waiting[0]["id"])

    def _find(self, request: Request) -> Conversation | None:
        found = self.conversations.get(request.cookies.get("chat", ""))
        return found if found and found.is_open else None

    async def _session(self, request: Request) -> Response:
        await request.json()
        found = self._find(request)
        return self._opened(found or self._begin(), is_resumed=found is not None)

    def _begin(self) -> Conversation:
        key = secrets.token_urlsafe(24)
        # A real clock would give two conversations of one second the same start.
        started = f"{datetime.now(UTC).isoformat(timespec='microseconds')}"
        self.conversations[key] = Conversation(key, started)
        self.conversations[key].tell(self.opening, None)
        return self.conversations[key]

    def _opened(self, conversation: Conversation, is_resumed: bool) -> Response:
        content = {
            "conversation": {"started": conversation.started, "resumed": is_resumed},
            "notice": {"text": self.notice} if self.notice else None,
        }
        response = JSONResponse(content)
        response.set_cookie("chat", conversation.key, httponly=True, samesite="lax", path="/")
        return response

    async def _history(self, request: Request) -> Response:
        found = self._find(request)
        if not found:
            return _no_session()
        if await self.weather.strikes_history():
            return _unavailable()
        return JSONResponse({"conversation": {"started": found.started}, "messages": found.entries})

    async def _messages(self, request: Request) -> Response:
        body = await request.json()
        self.posts.append(body)
        if self.refuse_next:
            return self.refuse_next.pop(0)
        found = self._find(request)
        if not found:
            return _no_session()
        struck = await self.weather.strikes_post()
        if struck == "before":
            return _unavailable()
        text = body["text"] if "text" in body else found.choices.get(body["choice"])
        if text is None:
            return _refused(422, "invalid", "`choice` cannot be used.", "Send the id of a button.")
        number, is_known = found.accept(body["client_id"], text)
        if struck == "after":
            return _unavailable()
        return JSONResponse({"id": number, "accepted": True, "duplicate": is_known}, 202)

    async def _events(self, request: Request) -> Response:
        found = self._find(request)
        if not found:
            return _no_session()
        after = int(request.headers.get("last-event-id") or request.query_params.get("after", "0"))
        return StreamingResponse(
            self._stream(found, after), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _stream(self, conversation: Conversation, after: int) -> AsyncIterator[str]:
        yield "retry: 150\n\n"
        typing = conversation.typing
        while conversation.is_open:
            if conversation.typing != typing:
                typing = conversation.typing
                yield "event: typing\ndata: {}\n\n"
            news = [entry for entry in conversation.entries if entry["id"] > after]
            for entry in self.weather.shuffled(news):
                for _ in range(self.weather.copies()):
                    yield _event(entry)
                if await self.weather.cuts_stream():
                    return
            after = max((entry["id"] for entry in news), default=after)
            await asyncio.sleep(POLL_SECONDS)
        yield "event: closed\ndata: {}\n\n"

    async def _feedback(self, request: Request) -> Response:
        body, found = await request.json(), self._find(request)
        if not found:
            return _no_session()
        found.entries[body["id"] - 1]["helpful"] = body["helpful"]
        return JSONResponse(body)

    async def _reset(self, request: Request) -> Response:
        found = self._find(request)
        if not found:
            return _no_session()
        found.is_open = False
        return self._opened(self._begin(), is_resumed=False)

    async def _transcript(self, request: Request) -> Response:
        found = self._find(request)
        if not found:
            return _no_session()
        lines = (entry.get("text") or entry["reply"]["text"] for entry in found.entries)
        return PlainTextResponse("\n".join(lines), headers={"Content-Disposition": 'attachment; filename="chat.txt"'})

    async def _about_data(self, request: Request) -> Response:
        found = self._find(request)
        if not found:
            return _no_session()
        senders = [entry["from"] for entry in found.entries]
        kept = {
            "conversations": 1,
            "messages": senders.count("patient"),
            "replies": senders.count("bot"),
            "feedback": 0,
        }
        times = {"since": found.started, "erased_after": "2031-01-01T00:00:00+00:00"}
        return JSONResponse({**times, "kept": kept, "retention_days": 30, "privacy_url": "/privacy"})

    async def _erase(self, request: Request) -> Response:
        found = self._find(request)
        if not found:
            return _no_session()
        found.is_open = False
        found.entries.clear()
        response = JSONResponse({"erased": True})
        response.delete_cookie("chat")
        return response


def _event(entry: dict[str, Any]) -> str:
    name = "accepted" if entry["from"] == "patient" else "reply"
    return f"id: {entry['id']}\nevent: {name}\ndata: {json.dumps(entry)}\n\n"


def _refused(status: int, code: str, message: str, remedy: str, **headers: str) -> Response:
    return JSONResponse({"error": {"code": code, "message": message, "remedy": remedy}}, status, headers)


def _no_session() -> Response:
    return _refused(401, "no_session", "This chat is not open.", "Send POST /chat/session first.")


def _unavailable() -> Response:
    return _refused(503, "unavailable", "", "")


def too_many() -> Response:
    """The kind refusal of someone who writes too fast."""
    return _refused(429, "too_many", "That was a lot at once.", "Please wait a few seconds.", **{"Retry-After": "1"})


def main() -> None:
    """Serve until interrupted."""
    stub = StubGateway(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8123).start()
    stub.reply_seconds = 0.8
    sys.stdout.write(f"{stub.url}\n")
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            time.sleep(1)


if __name__ == "__main__":
    main()
