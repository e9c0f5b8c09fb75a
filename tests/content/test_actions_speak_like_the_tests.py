"""The actions lead a conversation just as `tests.conversing.Chat` does, so what holds there holds for Rasa."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import base
from actions.answers import ActionAnswer
from actions.suitability import (
    ActionAskSuitabilityOutcome,
    ActionCheckSuitability,
    ActionSuitabilityResult,
    ValidateSuitabilityForm,
)
from bot.conversation.content import Content
from bot.conversation.wording.consult import suggests_provider_first
from tests.conversing import Chat, understood


@pytest.fixture(autouse=True)
def _shared(monkeypatch: pytest.MonkeyPatch, content: Content) -> None:
    for module in (base, __import__("actions.suitability", fromlist=["suitability"])):
        monkeypatch.setattr(module, "shared_content", lambda: content)


def tracker(slot: Any, text: str, number: int, *labels: str) -> Tracker:
    """Rasa's tracker after a message."""
    message = {"message_id": f"m{number}", "entities": [], "understanding": understood(text, *labels).to_dict()}
    return Tracker("someone", {"conversation": slot}, message, [], False, None, {}, "action_listen")


def slot_after(events: list[dict[str, Any]], slot: Any) -> Any:
    """The memory after these events."""
    return next((e["value"] for e in events if e.get("name") == "conversation"), slot)


async def test_a_whole_check_through_the_actions_says_what_the_pure_one_says(content: Content) -> None:
    chat, slot, number = Chat(content), None, 1
    expected = [reply.to_dict() for reply in chat.says("check me", "check_suitability")]
    form = (ValidateSuitabilityForm(), ActionAskSuitabilityOutcome())
    actions: tuple[Any, ...] = (ActionCheckSuitability(), *form)
    said = []
    for _ in range(60):
        dispatcher = CollectingDispatcher()
        text = "check me" if number == 1 else "no"
        for action in actions:
            label = ("check_suitability",) if number == 1 else ()
            events = await action.run(dispatcher, tracker(slot, text, number, *label), {})
            slot = slot_after(events, slot)
            if any(e.get("name") == "requested_slot" for e in events):
                events = await ActionSuitabilityResult().run(dispatcher, tracker(slot, text, number), {})
                slot = slot_after(events, slot)
                break
        said += [message["custom"] for message in dispatcher.messages]
        if not chat.question:
            break
        expected += [reply.to_dict() for reply in chat.says("no")]
        actions, number = form, number + 1

    assert expected == said
    assert "outcome" == said[-1]["kind"]


async def test_an_action_that_fails_apologises_and_still_puts_a_provider_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dispatcher = CollectingDispatcher()
    monkeypatch.setattr(base, "turn_of", lambda content, tracker: 1 / 0)

    await ActionAnswer().run(dispatcher, tracker(None, "hi", 1, "chitchat/greet"), {})

    (message,) = dispatcher.messages
    assert "apology" == message["custom"]["kind"]
    assert "911" in message["text"]
    assert suggests_provider_first(message["text"])
