"""The trained model and the real actions in one process, with nothing kept: for `bot ask`, `bot shell` and tests."""

from __future__ import annotations

import logging
import os
import uuid
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import without_tensorflow
from bot.rasa_server.words import parse_data_of_choice, plain_text


@dataclass(frozen=True)
class Answered:
    """One turn, as it was understood and answered.

    Attributes:
        parsed: Rasa's parse data, with the pipeline's `understanding`.
        replies: The replies as plain values, in order.
        actions: The names of the actions that were run.
        inspection: Why they are so (`bot.rasa_server.inspection`).
    """

    text: str
    parsed: dict[str, Any]
    replies: list[dict[str, Any]]
    actions: tuple[str, ...] = ()
    inspection: dict[str, Any] = field(default_factory=dict)

    @property
    def topics(self) -> list[str]:
        """The topics the turn was understood as, in the order in which they are answered."""
        return list(dict.fromkeys(topic for reply in self.replies for topic in reply["topics"]))


class LocalAgent:
    """Rasa's agent over a model archive, its actions called without a network.

    Args:
        model: The archive. Actions and content are those of the running code's project.
    """

    def __init__(self, model: Path) -> None:
        os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
        with warnings.catch_warnings():
            # Rasa's pinned parts warn about their own age, a screenful before the first answer. Sanic asks for it as
            # soon as it is imported.
            import sanic.app  # noqa: F401

            warnings.simplefilter("ignore")
            self._agent = self._load(model)

    @staticmethod
    def _load(model: Path) -> Any:
        without_tensorflow.install()
        from rasa.core.agent import Agent
        from rasa.utils.endpoints import EndpointConfig
        from rasa.utils.log_utils import configure_structlog
        from rasa_sdk.executor import ActionExecutor

        from bot.rasa_server import action_replies

        # Rasa logs what is said at debug level, to standard output, unless told otherwise.
        configure_structlog(logging.ERROR)
        action_replies.install()
        executor = ActionExecutor()
        executor.register_package("actions")

        class InProcess(EndpointConfig):  # type: ignore[misc]
            """Rasa's action endpoint without the network."""

            async def request(self, *_args: Any, json: Any = None, **_kwargs: Any) -> Any:
                return await executor.run(json)

        return Agent.load(str(model), action_endpoint=InProcess())

    async def converse(self, turns: list[str], conversation: str | None = None) -> list[Answered]:
        """Say `turns` one after another in a fresh conversation, or go on with the one named."""
        conversation = conversation or f"local-{uuid.uuid4().hex}"
        return [await self.say(text, conversation) for text in turns]

    async def say(self, text: str, conversation: str, payload: str | None = None) -> Answered:
        """Say one message, or press a button: its title is `text` then. A leading slash is plain text, as ever."""
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
        from rasa.shared.core.events import ActionExecuted, UserUttered

        from bot.rasa_server.inspection import inspect_turn

        channel = CollectingOutputChannel()
        message = UserMessage(
            plain_text(text),
            channel,
            conversation,
            input_channel="local",
            parse_data=parse_data_of_choice(text, payload) if payload is not None else None,
        )
        await self._agent.handle_message(message)
        tracker = await self._agent.tracker_store.retrieve(conversation)
        # Not `latest_message`: inside a form Rasa leaves the answers to the form's questions out of it.
        events = list(tracker.events) if tracker else []
        said = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
        parsed = dict(events[said[-1]].parse_data) if said else {}
        after = events[said[-1] :] if said else []
        actions = tuple(str(event.action_name) for event in after if isinstance(event, ActionExecuted))
        replies = [m["custom"] for m in channel.messages if isinstance(m.get("custom"), dict)]
        seen = inspect_turn(events, message.message_id, replies, self._agent)
        return Answered(text, parsed, replies, actions, seen)

    async def remembered(self, conversation: str) -> Any:
        """The memory of a conversation, as State keeps it; None where nothing was said yet."""
        tracker = await self._agent.tracker_store.retrieve(conversation)
        return tracker.get_slot("conversation") if tracker else None

    async def forget(self, conversation: str) -> None:
        """Drop a conversation from memory."""
        store = self._agent.tracker_store
        if hasattr(store, "store"):
            store.store.pop(conversation, None)
