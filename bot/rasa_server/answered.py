"""Whether Rasa has answered a message before: a message may be asked about twice, in any order, at the same time.

Rasa stores a message and the replies to it in one transaction, and that is where they are looked up: no second record
could be as exact, since a process may be killed between writing the one and the other.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.observing.logs import failure
from bot.rasa_server.inspection import Timings, inspect_turn

# As `bot.gateway.delivery` names a message.
_NUMBERED = re.compile(r"m([0-9]{1,20})", re.ASCII)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answered:
    """What came of one message: the replies, and why they are so (`bot.rasa_server.inspection`).

    `was_known` when it was answered before.
    """

    replies: list[dict[str, Any]]
    inspection: dict[str, Any] = field(default_factory=dict)
    was_known: bool = False


class Overtaken(Exception):
    """A later message of the conversation has been answered already."""


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


def require_newest(events: Iterable[Event], message_id: str) -> None:
    """Refuse a message of the gateway's that is older than the last one answered; its numbers grow.

    Raises:
        Overtaken: when it is.
    """
    number = _NUMBERED.fullmatch(message_id)
    last = next((event for event in reversed(list(events)) if isinstance(event, UserUttered)), None)
    last_number = _NUMBERED.fullmatch(last.message_id or "") if last is not None else None
    if number and last_number and int(number[1]) < int(last_number[1]):
        raise Overtaken
