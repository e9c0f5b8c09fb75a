"""Taking a newly published model and its danger phrases into a running Rasa, between two messages."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from bot.model_files import model_path
from bot.rasa_server.reading import read

WARMING = "Does it hurt? I have had a sore back."


async def take_published_model(agent: Agent, project: Path) -> str:
    """Load the model of the content as it is published, danger phrases included, and answer from it from now on.

    The messages under way are finished by the model that began them. Rasa's own way of loading would answer nobody
    while it reads the archive, and would keep the old model's danger phrases when the archive is the same.

    Returns:
        The archive's name.
    """
    path = model_path(project)
    if not path.exists():
        # Nothing trained for this content: the model that serves stays, with the danger phrases of today.
        path = agent.processor.model_path

    def load() -> MessageProcessor:
        return MessageProcessor(
            model_path=path,
            tracker_store=agent.tracker_store,
            lock_store=agent.lock_store,
            action_endpoint=agent.action_endpoint,
            generator=agent.nlg,
            http_interpreter=agent.http_interpreter,
        )

    fresh = await asyncio.to_thread(load)
    beside = Agent(tracker_store=agent.tracker_store, lock_store=agent.lock_store)
    beside.processor = fresh
    await read(beside, UserMessage(WARMING))
    agent.processor, agent.domain, agent.tracker_store.domain = fresh, fresh.domain, fresh.domain
    return path.name


def serves_published_model(agent: Agent, project: Path) -> bool:
    """Whether the model of the content as it stands serves; true as well when none was trained for it."""
    path = model_path(project)
    return not path.exists() or bool(agent.processor.model_path.name == path.name)
