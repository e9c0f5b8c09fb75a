"""The whole assistant behind the staff console: gateway, console and database over HTTP, the trained model answering.

Only Rasa's own web server is left out: the model and the actions run in this process.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.bootstrap import Services, shared_content
from bot.commands.local_agent import LocalAgent
from bot.conversation.answering.apology import apology
from bot.conversation.answering.notices import notice
from bot.conversation.answering.opening import opening
from bot.storage.database import Database
from tests.integration.console_serving import ServedConsole, console_services, serving_console
from tests.integration.gateway_serving import Served, Visitor, free_port, serving
from tests.integration.stub_rasa import StubRasa, stubbed_rasa


class ModelRasa(StubRasa):
    """Answers by the trained model and the real actions."""

    agent: LocalAgent

    async def _messages(self, request: Request) -> Response:
        body = await request.json()
        turn = await self.agent.say(body["text"], body["conversation_id"], body["payload"])
        return JSONResponse({"replies": turn.replies, "known": False, "inspection": turn.inspection})


@dataclass
class Assistant:
    """Everything that runs."""

    gateway: Served
    console: ServedConsole
    rasa: StubRasa
    talks: dict[str, Visitor] = field(default_factory=dict)


def own_database(services: Services) -> Services:
    """The same with connections of its own, as each process has: turns at writing are taken within one event loop."""
    return replace(services, database=Database(services.settings.database_url, services.database.vault))


@contextlib.contextmanager
def serving_stubbed(folder: Path, database_url: str = "", **settings: Any) -> Iterator[Assistant]:
    """The same with replies that the test decides."""
    url = database_url or f"sqlite:///{folder / 'assistant.db'}"
    with stubbed_rasa() as rasa:
        services = console_services(folder, url, rasa.port, **settings)
        with serving(services, rasa) as gateway, serving_console(own_database(services)) as console:
            yield Assistant(gateway, console, rasa)


@contextlib.contextmanager
def serving_assistant(folder: Path, agent: LocalAgent, database_url: str = "") -> Iterator[Assistant]:
    rasa = ModelRasa(free_port())
    rasa.agent = agent
    rasa.start()
    content = shared_content()
    services = console_services(
        folder, database_url or f"sqlite:///{folder / 'assistant.db'}", rasa.port, reply_timeout=20.0
    )
    services = replace(
        services,
        opening=lambda: opening(content),
        apology=lambda reason: apology(content, reason),
        notice=lambda key: notice(content, key),
        clinic=content.clinic,
        article=content.article,
    )
    try:
        with serving(services, rasa) as gateway, serving_console(own_database(services)) as console:
            yield Assistant(gateway, console, rasa)
    finally:
        rasa.stop()
