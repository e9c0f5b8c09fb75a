"""A conversation of any length goes on as in a plain Rasa, though ours is shown its last turns alone and looks less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.shared.core.events import UserUttered

from bot.commands.local_agent import LocalAgent
from bot.rasa_server.tracker_store import ConversationStore
from bot.rasa_server.tracker_turns import TURNS_KEPT_IN_VIEW

# A check that is left for other questions again and again, for many more turns than Rasa is shown.
DIGRESSIONS = [
    "does it hurt?",
    "how long is a session",
    "why do you ask",
    "what is qi",
    "is it safe",
    "more",
    "how many sessions do i need",
    "can it help sciatica",
]
SCRIPT = [
    "I am 45 and have had a sore back for three weeks",
    "can acupuncture help me? check if it suits me",
    "no",
    *(text for question in DIGRESSIONS for text in (question, "no")),
    "back",
    "not sure",
    *(text for question in DIGRESSIONS for text in (question, "no", "2")),
    "what did you just say",
    "where is that from",
    "thanks",
]


@pytest.fixture
def with_our_store(agent: LocalAgent, tmp_path: Path) -> Iterator[ConversationStore]:
    """The agent, for one test, with the tracker store that serves patients."""
    rasa = agent._agent
    kept = rasa.tracker_store, rasa.processor.tracker_store
    store = ConversationStore(rasa.domain, f"sqlite:///{tmp_path}/a.db", secret_file=f"{tmp_path}/secrets.json")
    rasa.tracker_store = rasa.processor.tracker_store = store
    yield store
    rasa.tracker_store, rasa.processor.tracker_store = kept
    store.database.close()


@pytest.fixture
def with_our_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are looked up and trackers copied as where patients are served, for one test."""
    # Only once the agent has said that there is no TensorFlow.
    from rasa.core import processor
    from rasa.core.actions import forms
    from rasa.core.policies import rule_policy
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.rasa_server import rule_lookup, tracker_copy

    for name in ("_find_action_from_rules", "_get_possible_keys"):
        monkeypatch.setattr(RulePolicy, name, getattr(RulePolicy, name))
    monkeypatch.setattr(DialogueStateTracker, "copy", DialogueStateTracker.copy)
    for module in (processor, forms, rule_policy):
        monkeypatch.setattr(module, "copy", module.copy)
    rule_lookup.install()
    tracker_copy.install()


async def replies(agent: LocalAgent, conversation: str, forget: ConversationStore | None = None) -> list[list[str]]:
    told = []
    for number, text in enumerate(SCRIPT):
        if forget is not None and number % 2:
            forget._cache.pop(conversation)  # as after a restart, or on another machine
        answered = await agent.say(text, conversation)
        told.append([reply["text"] for reply in answered.replies])
    return told


async def test_the_answers_are_those_of_a_rasa_that_remembers_everything(
    agent: LocalAgent, request: pytest.FixtureRequest
) -> None:
    remembered = await replies(agent, "long-whole")

    store: ConversationStore = request.getfixturevalue("with_our_store")
    request.getfixturevalue("with_our_lookup")
    bounded = await replies(agent, "long-bounded", forget=store)

    assert len(SCRIPT) > 3 * TURNS_KEPT_IN_VIEW
    assert all(remembered)
    assert remembered == bounded
    read = await store.retrieve("long-bounded")
    assert read is not None
    assert sum(isinstance(event, UserUttered) for event in read.events) < 3 * TURNS_KEPT_IN_VIEW
