"""Whether Rasa has answered a message before, when the gateway asks a second time.

Rasa stores a message and the replies to it in one transaction, and that is where they are looked up: no second record
could be as exact, since a process may be killed between writing the one and the other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.logs import failure
from bot.rasa_server.inspection import Timings, inspect_turn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answered:
    """What came of one message: the replies, and why they are so (`bot.rasa_server.inspection`)."""

    replies: list[dict[str, Any]]
    inspection: dict[str, Any] = field(default_factory=dict)


async def answers_already_given(agent: Agent, message: UserMessage) -> Answered | None:
    """The stored answer to this very message; None when Rasa has not seen it. Call it under the message's lock."""
    tracker = await agent.tracker_store.retrieve_full_tracker(message.sender_id)
    replies = replies_to(tracker.events, message.message_id) if tracker is not None else None
    if replies is None:
        return None
    return Answered(replies, explained(tracker.events, message, replies, agent))


def explained(
    events: Iterable[Event],
    message: UserMessage,
    replies: list[dict[str, Any]],
    agent: Agent,
    timings: Timings = (),
) -> dict[str, Any]:
    """The inspection of a turn; {} when it cannot be made: a patient's answer does not hang on it."""
    try:
        return inspect_turn(events, message.message_id, replies, agent, timings)
    except Exception as error:
        failure(log, "inspection_failed", error, conversation=message.sender_id, message=message.message_id)
        return {}


def replies_to(events: Iterable[Event], message_id: str) -> list[dict[str, Any]] | None:
    """The replies between a message and the next one; None when there is no such message."""
    replies: list[dict[str, Any]] | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if replies is not None:
                break
            if event.message_id == message_id:
                replies = []
        elif replies is not None and isinstance(event, BotUttered) and event.data.get("custom"):
            replies.append(event.data["custom"])
    return replies
