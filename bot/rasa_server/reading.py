"""Reading messages beside the event loop, so that one patient's long message makes nobody else wait.

Those that wait for the reader are read together, which takes two thirds of the time (docs/decisions/0031).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT

from bot.observing.stages import spent_on

# Whoever is read first of several hears no sooner than the last of them: of eight, after some 50 ms.
MOST_TOGETHER = 8


@dataclass(frozen=True)
class _Waiting:
    """A message that waits for the reader, and whoever waits for what it means."""

    processor: MessageProcessor
    message: UserMessage
    loop: asyncio.AbstractEventLoop
    found: asyncio.Future[dict[str, Any]]

    def goes_with(self, other: _Waiting) -> bool:
        """Whether both are read by one model for one event loop."""
        return self.processor is other.processor and self.loop is other.loop


# One, since Rasa's graph and our components hold the message under way: they are not made to be entered twice.
_reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
_waiting: deque[_Waiting] = deque()


async def read(agent: Agent, message: UserMessage) -> dict[str, Any]:
    """What the pipeline makes of a message: what Rasa's own `parse_message` returns.

    Rasa runs the pipeline on the event loop, where 200 words stop every other conversation for their time. The
    pipeline needs no tracker (docs/decisions/0007), so it may run before the conversation's turn has come.
    """
    loop = asyncio.get_running_loop()
    waiting = _Waiting(agent.processor, message, loop, loop.create_future())
    _waiting.append(waiting)
    _reader.submit(_read_next)
    return await waiting.found


def _read_next() -> None:
    """Read the messages that wait, as many as may be read together; each asks for it, so some find none left."""
    some: list[_Waiting] = []
    while _waiting and len(some) < MOST_TOGETHER and (not some or _waiting[0].goes_with(some[0])):
        waiting = _waiting.popleft()
        if not waiting.found.cancelled():
            some.append(waiting)
    if some:
        _read(some)


def _read(some: Sequence[_Waiting]) -> None:
    try:
        with spent_on("understanding"):
            parsed = _parsed(some[0].processor, [waiting.message for waiting in some])
    except Exception as error:
        if len(some) == 1:
            _tell(some, [error])
            return
        # A message that cannot be read must not spoil anybody else's.
        for waiting in some:
            _read([waiting])
    else:
        _tell(some, parsed)


def _tell(some: Sequence[_Waiting], found: Sequence[dict[str, Any] | Exception]) -> None:
    # Where the loop has ended, nobody waits any more.
    with suppress(RuntimeError):
        some[0].loop.call_soon_threadsafe(_tell_next, deque(zip(some, found, strict=True)))


def _tell_next(left: deque[tuple[_Waiting, dict[str, Any] | Exception]]) -> None:
    """Tell one in each round of the event loop: all that go on at once would hold it up for everybody else."""
    waiting, found = left.popleft()
    if left:
        waiting.loop.call_soon(_tell_next, left)
    if waiting.found.done():
        return
    if isinstance(found, Exception):
        waiting.found.set_exception(found)
    else:
        waiting.found.set_result(found)


def _parsed(processor: MessageProcessor, messages: list[UserMessage]) -> list[dict[str, Any]]:
    """As `MessageProcessor._parse_message_with_graph`, which takes one; the graph takes any number (rasa 3.6.21)."""
    inputs = {
        PLACEHOLDER_MESSAGE: messages,
        PLACEHOLDER_TRACKER: DialogueStateTracker.from_events(messages[0].sender_id, []),
    }
    target = processor.model_metadata.nlu_target
    return [
        {
            TEXT: "",
            INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0},
            ENTITIES: [],
            **message.as_dict(only_output_properties=True),
        }
        for message in processor.graph_runner.run(inputs=inputs, targets=[target])[target]
    ]
