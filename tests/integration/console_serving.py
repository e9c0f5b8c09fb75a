"""The staff console over real HTTP and a real database, with somebody of each role to log in as."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.bootstrap import Services
from bot.console.__main__ import server_for
from bot.console.app import build_app
from bot.console.passwords import Passwords
from bot.storage.staff_side import staff
from tests.integration.gateway_serving import ServerThread, free_port, services_for

# The real parameters take 64 MiB and a tenth of a second each time.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "correct horse battery"
ROLES = ("tester", "editor", "admin")


class StaffClient:
    """A browser of one member of staff: keeps the cookie, names its origin, sends the page's token with each form."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, headers={"Origin": url}, timeout=30)
        self.csrf = ""

    def login(self, name: str, password: str = PASSWORD) -> httpx.Response:
        response = self.http.post("/login", data={"name": name, "password": password, "next": "/"})
        if response.status_code == 303:
            self.get("/")
        return response

    def get(self, path: str, **more: Any) -> httpx.Response:
        response = self.http.get(path, **more)
        found = re.search(r'name="csrf" value="([^"]+)"', response.text)
        self.csrf = found[1] if found else self.csrf
        return response

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        return self.http.post(path, data={"csrf": self.csrf, **(data or {})}, **more)


@dataclass
class ServedConsole:
    """A running console."""

    services: Services
    app: Starlette
    clients: list[StaffClient] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.services.settings.console_url

    def stranger(self) -> StaffClient:
        self.clients.append(StaffClient(self.url))
        return self.clients[-1]

    def staff(self, role: str) -> StaffClient:
        """Somebody of that role, logged in; the role is the name."""
        client = self.stranger()
        assert client.login(role).status_code == 303
        return client


def console_services(folder: Path, database_url: str, rasa_port: int = 1, **settings: Any) -> Services:
    """As the gateway's, with a port for the console and one member of staff of each role."""
    port = free_port()
    own = {"console_port": port, "console_url": f"http://127.0.0.1:{port}", "time_zone": "UTC"}
    services = services_for(folder, database_url, rasa_port, **{**own, **settings})
    add_staff(services)
    return services


def add_staff(services: Services) -> None:
    with services.database.write() as session:
        for role in ROLES:
            staff.add(session, role, role, datetime.now(UTC)).password = QUICK.hash(PASSWORD)


@contextlib.contextmanager
def serving_console(services: Services) -> Iterator[ServedConsole]:
    app = build_app(services, Passwords(QUICK))
    server = ServerThread(server_for(services.settings, app))
    server.start()
    served = ServedConsole(services, app)
    try:
        yield served
    finally:
        for client in served.clients:
            client.http.close()
        server.stop()
        services.database.close()
