"""What the tests of a file share: the trained model and the real actions, or a gateway before a stub of Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.local_agent import LocalAgent
from bot.commands.train import ensure_trained
from bot.project import PROJECT
from tests.integration.console_serving import ServedConsole, serving_console
from tests.integration.gateway_serving import Served, services_for, serving
from tests.integration.messenger_stubs.serving import Exchange, exchange
from tests.integration.stub_rasa import StubRasa, stubbed_rasa
from tests.integration.workshop_serving import workshop_services


@pytest.fixture(scope="session")
def model() -> Path:
    """The archive of the data as it stands, trained if it is not there."""
    return ensure_trained(PROJECT)


@pytest.fixture(scope="session")
def agent(model: Path) -> LocalAgent:
    """Rasa's agent in this process."""
    return LocalAgent(model)


@pytest.fixture
def rasa() -> Iterator[StubRasa]:
    """A stub of Rasa, new for each test."""
    with stubbed_rasa() as stub:
        yield stub


@pytest.fixture
def served(tmp_path: Path, rasa: StubRasa) -> Iterator[Served]:
    """A gateway before it, new for each test."""
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as running:
        yield running


@pytest.fixture(scope="module")
def shared_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One gateway for all tests of a file; each opens chats of its own and leaves the stub as it found it."""
    folder = tmp_path_factory.mktemp("gateway")
    with (
        stubbed_rasa() as stub,
        serving(services_for(folder, f"sqlite:///{folder}/a.db", stub.port), stub) as running,
    ):
        yield running


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[Exchange]:
    """Somebody on Telegram, and a gateway before a stub of Rasa."""
    with exchange(tmp_path, "telegram") as running:
        yield running


@pytest.fixture
def console(tmp_path: Path) -> Iterator[ServedConsole]:
    """The staff console over a project of its own that may be edited, new for each test."""
    with serving_console(workshop_services(tmp_path)) as running:
        yield running
