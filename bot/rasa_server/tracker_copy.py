"""A tracker is copied as it stands; Rasa makes each copy by telling a new tracker all events anew.

It copies one for each action, so that what the policy says can be taken back. The copy is the same.
Source: rasa 3.6.21, `DialogueStateTracker.copy`, `MessageProcessor._run_action`.
"""

from __future__ import annotations

import copy
from collections import deque

from rasa.shared.core.trackers import DialogueStateTracker


def copied(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """What `tracker.copy()` returns: nothing that happens to it reaches the tracker."""
    made = copy.copy(tracker)
    made.events = deque(tracker.events, tracker._max_event_history)
    made.slots = copy.copy(tracker.slots)
    for name, slot in tracker.slots.items():
        made.slots[name] = copy.copy(slot)
    # The two that an event changes in place; it puts others in place of the rest.
    made.active_loop, made.latest_action = copy.copy(tracker.active_loop), copy.copy(tracker.latest_action)
    # Rasa's own copies do not mark what is told to them as the model's.
    made.model_id = made.assistant_id = None
    return made


def install() -> None:
    """Copy trackers so in this process. It is for serving."""
    DialogueStateTracker.copy = copied
