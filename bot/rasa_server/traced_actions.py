"""Lets a call of an action carry the trace it belongs to, and shows in that trace how long the action took.

Sources: rasa 3.6.21, `EndpointConfig.request`, which adds given headers to its own; rasa_sdk, `ActionExecutor.run`.
"""

from __future__ import annotations

from typing import Any

from bot.observing import tracing


def install() -> None:
    """In Rasa: put the headers of the current trace on every call. Call it after Rasa can be imported."""
    from rasa.utils.endpoints import EndpointConfig

    plain = EndpointConfig.request

    async def request(self: EndpointConfig, *positional: Any, **named: Any) -> Any:
        headers = tracing.headers()
        if headers:
            named["headers"] = {**named.get("headers", {}), **headers}
        return await plain(self, *positional, **named)

    EndpointConfig.request = request


def install_in_action_server() -> None:
    """Put a span around each action that is run; it holds the action's name and the conversation's id."""
    from rasa_sdk.executor import ActionExecutor

    plain = ActionExecutor.run

    async def run(self: ActionExecutor, action_call: Any) -> Any:
        name, conversation = str(action_call.get("next_action")), str(action_call.get("sender_id"))
        with tracing.span("action", action=name, conversation=conversation):
            return await plain(self, action_call)

    ActionExecutor.run = run
