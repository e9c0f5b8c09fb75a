"""Whether Rasa has answered a message before, when the gateway asks a second time.

Rasa stores a message and the replies to it in one transaction, and that is where they are looked up: no second record
could be as exact, since a process may be killed between writing the one and the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered


async def answers_already_given(agent: Agent, message: UserMessage) -> list[dict[str, Any]] | None:
    """The stored replies to this very message; None when Rasa has not seen it. Call it under the message's lock."""
    tracker = await agent.tracker_store.retrieve_full_tracker(message.sender_id)
    if tracker is None:
        return None
    return replies_to(tracker.events, message.message_id)


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
