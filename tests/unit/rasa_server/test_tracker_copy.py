"""A copied tracker is what Rasa's own copy is, and nothing that happens to it reaches the tracker."""

from __future__ import annotations

from typing import Any

import pytest

from bot import without_tensorflow

without_tensorflow.install()

from rasa.core.actions.forms import FormAction  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.rasa_server.form_tracker import shown_to_form, told_anew  # noqa: E402
from bot.rasa_server.tracker_copy import copied  # noqa: E402

DOMAIN = Domain.from_dict(
    {
        "intents": ["hello"],
        "actions": ["action_hello"],
        "slots": {"conversation": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        "forms": {"suitability_form": {"required_slots": ["conversation"]}},
    }
)
TURN: list[Event] = [
    ActionExecuted("action_listen"),
    UserUttered("hello", {"name": "hello", "confidence": 1.0}),
    SlotSet("conversation", {"turn": 1}),
    ActionExecuted("action_hello"),
    BotUttered("Hello."),
]
IN_FORM: list[Event] = [*TURN, ActiveLoop("suitability_form"), ActionExecuted("suitability_form")]
CONVERSATIONS: list[list[Event]] = [
    TURN,
    [*TURN, FollowupAction("action_listen")],
    [*TURN, *TURN, *IN_FORM],
    [*IN_FORM, LoopInterrupted(True)],
    [*IN_FORM, ActionExecutionRejected("suitability_form")],
    [*IN_FORM, *TURN, ActiveLoop(None)],
]
# Told to a copy, they change everything that a tracker knows.
LATER: list[Event] = [
    LoopInterrupted(True),
    SlotSet("conversation", {"turn": 9}),
    UserUttered("thanks", {"name": "hello", "confidence": 1.0}),
    ActionExecuted("action_hello"),
    ActiveLoop(None),
]


def known(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a tracker is."""
    loop = tracker.active_loop
    return {
        **vars(tracker),
        "events": list(tracker.events),
        "slots": {name: (type(slot), vars(slot)) for name, slot in tracker.slots.items()},
        "active_loop": loop and vars(loop),
        "latest_action": dict(tracker.latest_action or {}),
    }


@pytest.mark.parametrize("events", CONVERSATIONS, ids=range(len(CONVERSATIONS)))
def test_a_copy_is_the_tracker_and_its_own(events: list[Event]) -> None:
    tracker = DialogueStateTracker.from_events("somebody", events, DOMAIN.slots, domain=DOMAIN)
    tracker.model_id = "a model"
    before = repr(known(tracker))

    copy = copied(tracker)
    assert repr(known(tracker.travel_back_in_time(float("inf")))) == repr(known(copy))
    for event in LATER:
        copy.update(event)

    assert before == repr(known(tracker)) != repr(known(copy))


@pytest.mark.parametrize(
    "events",
    [*CONVERSATIONS, [*IN_FORM, Restarted(), *IN_FORM], [*IN_FORM, SlotSet("requested_slot", "conversation")]],
    ids=range(len(CONVERSATIONS) + 2),
)
def test_a_form_is_shown_what_rasa_would_show_it(events: list[Event]) -> None:
    form = FormAction("suitability_form", None)
    tracker = DialogueStateTracker.from_events("somebody", events, DOMAIN.slots, domain=DOMAIN)
    before = repr(known(tracker))
    done = [SlotSet("conversation", {"turn": 2}), BotUttered("How old are you?")]

    def steps(made: DialogueStateTracker) -> str:
        # The two events that it adds itself are timed when they are made.
        return repr({**known(made), "events": [{**event.as_dict(), "timestamp": 0} for event in made.events]})

    assert steps(told_anew(form, tracker, done, DOMAIN)) == steps(shown_to_form(form, tracker, done, DOMAIN))
    assert before == repr(known(tracker))
