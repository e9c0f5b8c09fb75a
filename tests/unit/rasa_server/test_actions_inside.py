"""Actions in Rasa's own process are asked and answer as over the network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot import without_tensorflow
from bot.rasa_server import actions_inside
from bot.settings import ACTIONS_INSIDE

without_tensorflow.install()

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, FollowupAction, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402
from rasa_sdk import Action, Tracker  # noqa: E402
from rasa_sdk import ActionExecutionRejection as Rejection  # noqa: E402
from rasa_sdk.executor import ActionExecutor  # noqa: E402

DOMAIN = Domain.from_dict(
    {"slots": {"kept": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}}}
)


class Meddles(Action):  # type: ignore[misc]
    """Changes what it was given, and says what it saw."""

    def name(self) -> str:
        return "action_meddles"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        seen = [event["event"] for event in tracker.events]
        tracker.slots["kept"]["words"].append("meddled")
        dispatcher.utter_message(json_message={"seen": seen, "text": tracker.latest_message["text"]})
        return []


class Declines(Action):  # type: ignore[misc]
    def name(self) -> str:
        return "action_declines"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise Rejection(self.name())


@pytest.fixture
def tracker(monkeypatch: pytest.MonkeyPatch) -> Iterator[DialogueStateTracker]:
    executor = ActionExecutor()
    for action in (Meddles(), Declines()):
        executor.register_action(action)
    monkeypatch.setattr(actions_inside, "_executor", lambda: executor)
    monkeypatch.setattr(RemoteAction, "_action_call_format", RemoteAction._action_call_format)
    monkeypatch.setattr(EndpointConfig, "request", EndpointConfig.request)
    actions_inside.install()
    said = UserUttered("does it hurt", {"name": "ask"})
    yield DialogueStateTracker.from_events("one", [SlotSet("kept", {"words": ["told"]}), said], DOMAIN.slots)


def run(name: str, tracker: DialogueStateTracker) -> Any:
    action = RemoteAction(name, EndpointConfig(ACTIONS_INSIDE))
    return asyncio.run(action.run(None, None, tracker, DOMAIN))


def test_an_action_sees_the_conversation_and_cannot_change_it(tracker: DialogueStateTracker) -> None:
    (said,) = run("action_meddles", tracker)

    assert {"seen": ["slot", "user"], "text": "does it hurt"} == said.data["custom"]
    assert {"words": ["told"]} == tracker.get_slot("kept")


def test_an_action_that_declines_is_declined_as_over_the_network(tracker: DialogueStateTracker) -> None:
    with pytest.raises(ActionExecutionRejection):
        run("action_declines", tracker)


@pytest.mark.parametrize(
    "further",
    [
        [],
        [ActionExecuted("action_listen"), FollowupAction("action_declines")],
        [UserUttered("and now", {"name": "ask"}, [{"entity": "choice", "value": "more"}]), ActiveLoop("a_form")],
    ],
    ids=("nothing", "an action", "a form"),
)
def test_an_action_is_shown_what_it_would_be_over_the_network(
    tracker: DialogueStateTracker, further: list[Event]
) -> None:
    tracker.update_with_events(further, DOMAIN)

    there = Tracker.from_dict({**json.loads(json.dumps(tracker.current_state())), "events": []})
    here = Tracker.from_dict({**actions_inside.seen_of(tracker), "events": []})

    # What a form was begun with is no action's business.
    there.active_loop.pop("trigger_message", None)
    assert vars(there) == vars(here)
