"""The trained model and the real actions, loaded once for all tests that talk to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.local_agent import LocalAgent
from bot.commands.train import PROJECT, ensure_trained


@pytest.fixture(scope="session")
def model() -> Path:
    """The archive of the data as it stands, trained if it is not there."""
    return ensure_trained(PROJECT)


@pytest.fixture(scope="session")
def agent(model: Path) -> LocalAgent:
    """Rasa's agent in this process."""
    return LocalAgent(model, PROJECT)
