"""A gateway with messengers, in front of a stub of Rasa and stubs of the platforms."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.bootstrap import Services
from bot.conversation.reply import Button, Kind, Reply
from bot.gateway.messengers import sending, service
from bot.secret_file import Secrets
from tests.integration.gateway_serving import Served, a_reply, services_for, serving
from tests.integration.messenger_stubs.people import PEOPLE, PLATFORMS, Person
from tests.integration.messenger_stubs.platform import Platform
from tests.integration.stub_rasa import StubRasa, stubbed_rasa
from tests.integration.summary_serving import summaries

MESSENGER_SECRET = "m" * 43
OPENING = "I am automated."


def notice(key: str) -> Reply:
    buttons = (Button("Check if it may suit me", "check:start"),) if key == "messenger_help" else ()
    return a_reply(f"({key})", kind=Kind.CHITCHAT, buttons=buttons)


def opening() -> Reply:
    buttons = (Button("Does it hurt?", "topic:needle_pain"), Button("Check if it may suit me", "check:start"))
    return a_reply(OPENING, kind=Kind.CHITCHAT, buttons=buttons)


def messenger_services(folder: Path, rasa_port: int, given: dict[str, str], **settings: Any) -> Services:
    url = settings.pop("database_url", f"sqlite:///{folder}/a.db")
    services = services_for(folder, url, rasa_port, **settings)
    services.settings = replace(services.settings, messengers={**given, "BOT_PUBLIC_URL": services.settings.public_url})
    known = Secrets(services.secrets.cookie_keys, services.secrets.rasa, services.secrets.actions, MESSENGER_SECRET)
    return replace(services, secrets=known, notice=notice, opening=opening, summaries=summaries())


@dataclass
class Exchange:
    """One person, the platform, the gateway, Rasa."""

    served: Served
    platform: Any
    person: Any
    rasa: StubRasa
    folder: Path

    @contextlib.contextmanager
    def restarted(self) -> Iterator[Exchange]:
        """The same installation served by another process."""
        given = dict(self.served.services.settings.messengers)
        with serving(messenger_services(self.folder, self.rasa.port, given), self.rasa) as again:
            person = type(self.person).of(again, self.platform)
            yield Exchange(again, self.platform, person, self.rasa, self.folder)
            person.http.close()


@contextlib.contextmanager
def exchange(folder: Path, name: str, **settings: Any) -> Iterator[Exchange]:
    """One messenger set up, and a person on it. Waits between attempts are short."""
    platform, before = PLATFORMS[name](), (sending.BACKOFF, service.FAREWELL_WAITS)
    sending.BACKOFF, service.FAREWELL_WAITS = (0.05, 0.05, 0.05), (0.0, 0.05, 0.05)
    platform.start()
    try:
        with (
            stubbed_rasa() as rasa,
            serving(messenger_services(folder, rasa.port, platform.settings(), **settings), rasa) as served,
        ):
            person = PEOPLE[name].of(served, platform)
            yield Exchange(served, platform, person, rasa, folder)
            person.http.close()
    finally:
        sending.BACKOFF, service.FAREWELL_WAITS = before
        platform.leave()
    assert [] == platform.complaints


__all__ = ["MESSENGER_SECRET", "OPENING", "Exchange", "Person", "Platform", "exchange", "messenger_services"]
