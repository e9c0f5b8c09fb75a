"""Actions in Rasa's own process, where one machine needs no action server (decision 0017).

An action is asked and answers as over HTTP, by the same executor of `rasa_sdk`; what falls away are the connection,
the conversation's whole history as JSON, and a process. Source: rasa 3.6.21, `RemoteAction` and `EndpointConfig`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, overload

from bot.settings import ACTIONS_INSIDE


class Events(Sequence[dict[str, Any]]):
    """A tracker's events as `rasa_sdk` shows them; put into that form only for an action that looks at them."""

    def __init__(self, events: Sequence[Any]) -> None:
        """Take Rasa's own events."""
        self._events = events

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [event.as_dict() for event in self._events[place]]
        return self._events[place].as_dict()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._events)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each in turn."""
        return (event.as_dict() for event in self._events)


@cache
def _executor() -> Any:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


def install() -> None:
    """Let Rasa run the actions itself wherever `endpoints.yml` says so by `ACTIONS_INSIDE`.

    Call it once, after Rasa can be imported.
    """
    from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
    from rasa.utils.endpoints import EndpointConfig
    from rasa_sdk import ActionExecutionRejection as Rejection

    describe, ask = RemoteAction._action_call_format, EndpointConfig.request

    def call_of(action: Any, tracker: Any, domain: Any) -> dict[str, Any]:
        if not is_inside(action.action_endpoint):
            return describe(action, tracker, domain)
        # None of our actions reads the domain, which is large.
        return {"next_action": action.name(), "sender_id": tracker.sender_id, "tracker": seen_of(tracker), "domain": {}}

    async def request(endpoint: Any, *positional: Any, **named: Any) -> Any:
        if not is_inside(endpoint):
            return await ask(endpoint, *positional, **named)
        try:
            return json.loads(json.dumps(await _executor().run(named["json"])))
        except Rejection as rejection:
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from rejection

    RemoteAction._action_call_format = call_of
    EndpointConfig.request = request


def seen_of(tracker: Any) -> dict[str, Any]:
    """A tracker as `rasa_sdk` takes it: `DialogueStateTracker.current_state` without what it does not look at.

    Left out as well is the message that a form was begun with, all that was understood of it included: with each
    message in the check it would be copied four times.
    """
    loop, heard = tracker.active_loop, tracker.latest_message
    seen: dict[str, Any] = {
        "sender_id": tracker.sender_id,
        "slots": tracker.current_slot_values(),
        "latest_message": heard and {**heard.parse_data, "entities": heard.entities},
        "paused": tracker.is_paused(),
        "followup_action": tracker.followup_action,
        "active_loop": {"name": loop.name, "is_interrupted": loop.is_interrupted, "rejected": loop.rejected}
        if loop
        else {},
        "latest_action_name": tracker.latest_action_name,
    }
    # Copied, as the network would: what an action does to its tracker stays its own.
    seen = json.loads(json.dumps(seen))
    seen["events"] = Events(list(tracker.events))
    return seen


def is_inside(endpoint: Any) -> bool:
    """Whether an action endpoint is this very process."""
    return endpoint is not None and endpoint.url == ACTIONS_INSIDE


def warm_up() -> None:
    """Read what the first action would read, so that no message waits for it."""
    from bot.served_content import shared_content

    shared_content()
    _executor()
