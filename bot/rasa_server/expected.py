"""Messages that are read while the gateway still stores them.

The gateway tells what was written before it begins its transaction, and asks for the answer when that has ended. The
reading needs neither conversation nor memory, so half of it is over by then. Nothing hangs on it: a message that was
not told of, or whose model was replaced meanwhile, is read when it comes.
"""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.rasa_server.reading import read

# More are not read ahead: whoever is not alone gains nothing, since those that wait are read together anyway.
MOST = 4
# A message that was refused is never asked about; its words do not stay in memory for longer.
KEPT_SECONDS = 10.0

Reading = asyncio.Task[dict[str, Any]]


class Expected:
    """The readings under way, by their words."""

    def __init__(self) -> None:
        """Expect nothing."""
        self._readings: dict[str, tuple[object, Reading]] = {}

    def begin(self, agent: Agent, text: str) -> None:
        """Begin to read a text, as `read` would."""
        if text in self._readings or len(self._readings) >= MOST:
            return
        self._readings[text] = (agent.processor, asyncio.create_task(read(agent, UserMessage(text))))
        asyncio.get_running_loop().call_later(KEPT_SECONDS, self._readings.pop, text, None)

    def take(self, agent: Agent, message: UserMessage) -> Reading:
        """The reading of a message: the one begun, or one that begins now."""
        processor, reading = self._readings.pop(message.text, (None, None))
        if reading is not None and processor is agent.processor:
            return reading
        return asyncio.create_task(read(agent, message))
