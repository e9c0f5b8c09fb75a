"""Messages that are read at the same time are read as each by itself."""

from __future__ import annotations

import asyncio
from typing import Any

from bot import without_tensorflow
from bot.commands.local_agent import LocalAgent

without_tensorflow.install()

from rasa.core.channels.channel import UserMessage  # noqa: E402

from bot.rasa_server.reading import READERS, read  # noqa: E402

# Misspelt words, several parts, other languages, danger signs: all that keeps something while it is read.
SAID = (
    "does it hrut",
    "how long does it tkae and what about needels",
    "me duele mucho el pecho",
    "I cant feel my lges since yestrday and I wet mysef",
    "is it safe with warfrin? my doctor said I have osteoporsis",
    "hi",
    "my back hurts, it started two days ago after I fell down the stairs, can I come?",
    "numbness betwen the legs",
    "what does accupuncture do for siatica",
    "no fever, no weight loss, just stiff",
)


def without_times(parsed: dict[str, Any]) -> dict[str, Any]:
    understood = {name: value for name, value in parsed["understanding"].items() if name != "timings"}
    return {**parsed, "understanding": understood, "message_id": None}


async def test_messages_read_at_the_same_time_are_understood_as_each_alone(agent: LocalAgent) -> None:
    assert READERS > 1
    texts = [f"{text} {word}" for word in ("tomorow", "thursdya", "nexxt weeek", "plese", "thnaks") for text in SAID]

    alone = [await read(agent.rasa, UserMessage(text)) for text in texts]
    together = await asyncio.gather(*(read(agent.rasa, UserMessage(text)) for text in texts))

    assert [without_times(parsed) for parsed in alone] == [without_times(parsed) for parsed in together]
