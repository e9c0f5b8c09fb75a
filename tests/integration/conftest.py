"""What the tests of a file share: the trained model and the real actions, or a gateway before a stub of Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.local_agent import LocalAgent
from bot.commands.train import PROJECT, ensure_trained
from tests.integration.gateway_serving import Served, StubRasa, free_port, services_for, serving


@pytest.fixture(scope="session")
def model() -> Path:
    """The archive of the data as it stands, trained if it is not there."""
    return ensure_trained(PROJECT)


@pytest.fixture(scope="session")
def agent(model: Path) -> LocalAgent:
    """Rasa's agent in this process."""
    return LocalAgent(model, PROJECT)


@pytest.fixture(scope="module")
def rasa() -> Iterator[StubRasa]:
    """A stub of Rasa for a file's tests, which leave it as they found it."""
    stub = StubRasa(free_port())
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, rasa: StubRasa) -> Iterator[Served]:
    """One gateway for all tests of a file; each opens chats of its own."""
    folder = tmp_path_factory.mktemp("gateway")
    with serving(services_for(folder, f"sqlite:///{folder}/a.db", rasa.port), rasa) as running:
        yield running
