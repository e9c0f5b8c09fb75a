"""One turn of a conversation, by the steps of Rasa's own processor: remembered, chosen, acted and stored."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from bot.observing.stages import Counted, spent_on
from bot.rasa_server.answered import Answered, explained, replies_to, require_newest


class StopWatch:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        """Start."""
        self.laps: list[tuple[str, float]] = []
        self._since = time.perf_counter()

    def lap(self, name: str) -> None:
        """The stage that ends now."""
        now = time.perf_counter()
        self.laps.append((name, round((now - self._since) * 1000, 2)))
        self._since = now


async def take_turn(
    agent: Agent, message: UserMessage, reading: Awaitable[dict[str, Any]] | None, watch: StopWatch
) -> Answered:
    """What `MessageProcessor.handle_message` does, but that a turn without a reply never happened.

    Rasa stores such a turn. The visitor would be asked to write again, and the dialogue would go on as if answered.

    A message that was answered before gets that answer again, whoever asks: a gateway that did not live to hear it, or
    a second worker that took a message over from one that is merely slow.

    Args:
        agent: Whose model answers.
        message: What was said; of a button with its `parse_data`.
        reading: Makes the `parse_data` of a message that has none; begun already.
        watch: Times the stages.

    Raises:
        Overtaken: when later messages were answered, and this one is not among those in view.
    """
    processor, output = agent.processor, message.output_channel
    # Of the two ways to get it, the one that does not ask each time whether a session is over: a chat is one.
    fetching = processor.fetch_tracker_with_initial_session(message.sender_id, output, message.metadata)
    tracker = await Counted("remembering", fetching)
    known = replies_to(tracker.events, message.message_id)
    if known is not None:
        return Answered(known, explained(tracker.events, message, known, agent), was_known=True)
    require_newest(tracker.events, message.message_id)
    watch.lap("remembering")
    if reading is not None:
        message.parse_data = await reading
        watch.lap("understanding")
    await processor._handle_message_with_tracker(message, tracker)
    await Counted("choosing and acting", _choose_and_act(processor, output, tracker))
    watch.lap("deciding and acting")
    replies = [part["custom"] for part in output.messages if part.get("custom")]
    if not replies:
        return Answered([])
    storing = asyncio.create_task(_store(processor, tracker))
    try:
        # The database's thread begins; the turn is explained meanwhile, by what it holds already.
        await asyncio.sleep(0)
        with spent_on("explaining"):
            inspection = explained(tracker.events, message, replies, agent, watch.laps)
    finally:
        await storing
    watch.lap("storing")
    if inspection:
        inspection["timings"].append(list(watch.laps[-1]))
    return Answered(replies, inspection)


async def _store(processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
    await Counted("remembering", processor.save_tracker(tracker))


async def _choose_and_act(processor: MessageProcessor, output: OutputChannel, tracker: DialogueStateTracker) -> None:
    tracker = await processor.run_action_extract_slots(output, tracker)
    await processor._run_prediction_loop(output, tracker)
