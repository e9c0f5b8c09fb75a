"""A gateway over real HTTP and a real database, in front of a stub of Rasa (`stub_rasa`)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn
from sqlalchemy import func, select
from starlette.applications import Starlette

from bot.article.article import read_article
from bot.bootstrap import Services
from bot.conversation.answering.clinic import Clinic
from bot.conversation.reply import Button, Kind, Reply
from bot.gateway.__main__ import server_for
from bot.gateway.app import build_app
from bot.secret_file import Secrets
from bot.settings import Settings
from bot.storage.base import Base
from tests.free_ports import free_port as free_port
from tests.sealing import a_migrated_database

if TYPE_CHECKING:
    from tests.integration.stub_rasa import StubRasa

SECRET = "s" * 40
CONSULT = "Please ask your healthcare provider first."
CLINIC = Clinic(
    name="Clinic of the tests",
    phone="(360) 555-0100",
    email="",
    website="",
    address="",
    booking_link="",
    privacy_link="",
    emergency_number="911",
    crisis_number="988",
    reviewed_by="",
    reviewed_on="",
    notice="",
    answers={},
)
PROJECT = Path(__file__).parent.parent.parent


def a_reply(text: str, **more: Any) -> Reply:
    return Reply(**{"kind": Kind.ANSWER, "text": text, "consult_first": CONSULT, **more})


def wait_until(condition: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Wait for what a busy machine may take long over; a test that passes waits no longer than it takes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


class ServerThread:
    """A uvicorn server on a thread."""

    def __init__(self, server: uvicorn.Server) -> None:
        self.server = server
        self.thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)

    def start(self) -> None:
        self.thread.start()
        wait_until(lambda: self.server.started)

    def stop(self) -> None:
        self.leave()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def leave(self) -> None:
        """Let it end by itself, within a fraction of a second, for which the next test need not wait."""
        self.server.should_exit = True


class StubServer:
    """A stub with a server of its own."""

    port: int
    _thread: ServerThread | None = None

    def app(self) -> Starlette:
        raise NotImplementedError

    def start(self) -> None:
        config = uvicorn.Config(self.app(), port=self.port, log_config=None, ws="none", timeout_graceful_shutdown=1)
        self._thread = ServerThread(uvicorn.Server(config))
        self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            self._thread.stop()
            self._thread = None

    def leave(self) -> None:
        """Let it end by itself."""
        if self._thread is not None:
            self._thread.leave()


class Visitor:
    """A browser with the chat open: keeps its cookie and names its origin."""

    def __init__(self, base_url: str, origin: str | None = None) -> None:
        self.http = httpx.Client(base_url=base_url, headers={"Origin": origin or base_url}, timeout=20)
        self._number = 0

    def post(self, path: str, content: Any, **more: Any) -> httpx.Response:
        return self.http.post(path, json=content, **more)

    def open(self) -> Visitor:
        assert self.post("/chat/session", {}).status_code == 200
        return self

    def say(self, text: str, client_id: str | None = None) -> httpx.Response:
        self._number += 1
        return self.post("/chat/messages", {"client_id": client_id or f"message-{self._number:04}", "text": text})

    def history(self) -> list[dict[str, Any]]:
        return list(self.http.get("/chat/history").json()["messages"])

    def whole_history(self) -> list[dict[str, Any]]:
        """All of a chat that is longer than what one request gets."""
        found: list[dict[str, Any]] = []
        while more := self.http.get(f"/chat/history?after={found[-1]['id'] if found else 0}").json()["messages"]:
            found += more
        return found

    def replies(self) -> list[str]:
        return [entry["reply"]["text"] for entry in self.history() if entry["from"] == "bot"][1:]

    def wait_for_replies(self, count: int, seconds: float = 15.0) -> list[str]:
        return list(wait_until(lambda: len(self.replies()) >= count and self.replies(), seconds))

    def events(self, count: int, **request: Any) -> list[dict[str, Any]]:
        """The next events that have an id."""
        found: list[dict[str, Any]] = []
        with self.http.stream("GET", "/chat/events", **request) as response:
            assert response.status_code == 200
            name = ""
            for line in response.iter_lines():
                key, _, value = line.partition(": ")
                if key == "event":
                    name = value
                elif key == "data" and name not in ("ping", "typing"):
                    found.append({"event": name, **json.loads(value)})
                    if len(found) == count:
                        return found
        return found


@dataclass
class Served:
    """A running gateway."""

    services: Services
    rasa: StubRasa
    server: ServerThread
    app: Starlette
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.services.settings.port}"

    def count(self, table: type[Base]) -> int:
        """How many rows a table has."""
        with self.services.database.read() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def visitor(self, origin: str | None = None) -> Visitor:
        self.visitors.append(Visitor(self.url, origin))
        return self.visitors[-1]


def services_for(folder: Path, database_url: str, rasa_port: int, **settings: Any) -> Services:
    port = free_port()
    chosen = Settings(
        base_dir=folder,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        database_url=database_url,
        rasa_port=rasa_port,
        secret_file=folder / "secrets.json",
        messages_per_minute=10_000,
        address_messages_per_minute=10_000,
        outage_patience=0.0,
        reply_timeout=2.0,
    )
    database = a_migrated_database(database_url)
    return Services(
        settings=replace(chosen, **settings),
        secrets=Secrets(("k" * 40,), SECRET, "a" * 40),
        database=database,
        opening=lambda: a_reply("I am automated.", kind=Kind.CHITCHAT, buttons=(Button("Check", "/check"),)),
        apology=lambda reason: a_reply(f"Sorry ({reason}). Call (360) 555-0100, or 911 now.", kind=Kind.APOLOGY),
        clinic=CLINIC,
        notice=lambda key: a_reply(f"({key})", kind=Kind.CHITCHAT),
        article=read_article(PROJECT / "data" / "article" / "back-pain.md"),
    )


@contextlib.contextmanager
def serving(services: Services, rasa: StubRasa) -> Iterator[Served]:
    app = build_app(services)
    server = ServerThread(server_for(services.settings, app, app.state.gateway))
    server.start()
    served = Served(services, rasa, server, app)
    try:
        yield served
    finally:
        for visitor in served.visitors:
            visitor.http.close()
        app.state.gateway.listeners.close()
        server.stop()
        services.database.close()
