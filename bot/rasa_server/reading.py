"""Reading a message beside the event loop, so that one patient's long message makes nobody else wait."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from bot.observing.stages import spent_on

# One, since Rasa's graph and our components hold the message under way: they are not made to be entered twice.
_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")


async def read(agent: Agent, message: UserMessage) -> dict[str, Any]:
    """What the pipeline makes of a message: what Rasa's own `parse_message` returns.

    Rasa runs the pipeline on the event loop, where 200 words stop every other conversation for their time. The
    pipeline needs no tracker (docs/decisions/0007), so it may run before the conversation's turn has come.
    """
    return await asyncio.get_running_loop().run_in_executor(_reader, _read, agent, message)


def _read(agent: Agent, message: UserMessage) -> dict[str, Any]:
    with spent_on("understanding"):
        tracker = DialogueStateTracker.from_events(message.sender_id, [])
        parsed: dict[str, Any] = agent.processor._parse_message_with_graph(message, tracker)
        return parsed
