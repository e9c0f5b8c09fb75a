"""What a form is shown of a conversation is a copy of its tracker as it stands, told what the form has done so far.

With each message in a form Rasa tells two new trackers all events anew for that. The copies are the same.
Source: rasa 3.6.21, `FormAction._temporary_tracker`.
"""

from __future__ import annotations

from typing import Any

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, Event, Restarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_server.tracker_copy import copied

told_anew = FormAction._temporary_tracker


def shown_to_form(form: Any, tracker: DialogueStateTracker, further: list[Event], domain: Any) -> DialogueStateTracker:
    """What `FormAction._temporary_tracker` returns: the conversation as if the form had done `further` already."""
    if any(isinstance(event, Restarted) for event in tracker.events):
        made: DialogueStateTracker = told_anew(form, tracker, further, domain)
        return made
    made = copied(tracker)
    for event in (SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(tracker)), ActionExecuted(form.name()), *further):
        made.update(event)
    return made


def install() -> None:
    """Show forms so in this process. It is for serving."""
    FormAction._temporary_tracker = shown_to_form
