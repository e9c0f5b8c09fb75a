"""A tracker cut into turns for the database, and put together again from the last of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_server.tracker_copy import copied

# At least so many turns of a conversation are read, and fewer than twice as many; so many are kept in memory. Rules
# look back over one or two; what Rasa's policies make of more costs time and changes nothing (decision 0015).
TURNS_KEPT_IN_VIEW = 3


@dataclass(frozen=True)
class Before:
    """How a conversation stood when a turn began: what the events before it had made of the tracker.

    Attributes:
        slots: Values that differ from the initial ones.
        loop: The active form.
    """

    slots: dict[str, Any]
    loop: str | None

    @classmethod
    def of(cls, tracker: DialogueStateTracker) -> Before:
        """How a tracker stands now."""
        slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
        return cls(slots, tracker.active_loop_name)

    def as_events(self) -> list[Event]:
        """Events that bring a new tracker to where this one stood: waiting for the patient."""
        events: list[Event] = [SlotSet(name, value) for name, value in self.slots.items()]
        if self.loop is not None:
            events.append(ActiveLoop(self.loop))
        return [*events, ActionExecuted(ACTION_LISTEN_NAME)]

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"slots": self.slots, "loop": self.loop}


@dataclass(frozen=True)
class Beginning:
    """Where a turn begins among a tracker's events, and how the conversation stood then."""

    place: int
    before: Before


def shortened(
    tracker: DialogueStateTracker, begun: tuple[Beginning, ...]
) -> tuple[DialogueStateTracker, tuple[Beginning, ...]]:
    """A tracker of these turns alone, standing as the given one does, and where each of them begins in it."""
    events, first = list(tracker.events), begun[0]
    scene = first.before.as_events()
    moved = len(scene) - first.place
    shorter = copied(tracker)
    shorter.events = deque([*scene, *events[first.place :]])
    return shorter, tuple(Beginning(turn.place + moved, turn.before) for turn in begun)


def content_of(events: Sequence[Event], before: Before | None) -> dict[str, Any]:
    """A turn as it is sealed."""
    content: dict[str, Any] = {"events": [event.as_dict() for event in events]}
    if before is not None:
        content["before"] = before.to_dict()
    return content


def events_of(contents: Sequence[dict[str, Any]]) -> tuple[list[Event], list[Event]]:
    """The events that set the scene for the first of `contents`, and those of all of them."""
    scene: list[Event] = []
    if contents and "before" in contents[0]:
        scene = Before(**contents[0]["before"]).as_events()
    told = (Event.from_parameters(event) for content in contents for event in content["events"])
    return scene, [event for event in told if event is not None]
