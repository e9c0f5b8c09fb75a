"""The conversations of tests/stories, said to the trained model and the real actions."""

from __future__ import annotations

import uuid

import pytest

from bot.commands.local_agent import Answered, LocalAgent
from bot.conversation.consult import suggests_provider_first
from tests.stories.conversation_files import Conversation, read_conversations

CONVERSATIONS = read_conversations()
MOST_QUESTIONS = 30


def test_there_are_at_least_150_conversations_by_behaviour():
    behaviours = {conversation.behaviour for conversation in CONVERSATIONS}

    assert len(CONVERSATIONS) >= 150
    assert {"faq", "gap", "suitability", "red_flag", "follow_up", "two_questions", "clarify"} <= behaviours


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda c: f"{c.behaviour}: {c.name}")
async def test_the_conversation_goes_as_written(agent: LocalAgent, conversation: Conversation):
    identity = f"story-{uuid.uuid4().hex}"

    for turn in conversation.turns:
        said = await agent.say(turn["user"] if "user" in turn else turn["rest"], identity)
        if "rest" in turn:
            said = await _until_the_result(agent, turn["rest"], identity, said)

        assert said.replies, f"silence after {said.text!r}"
        assert all(suggests_provider_first(reply["consult_first"]) for reply in said.replies)
        if "topics" in turn:
            assert set(turn["topics"]) & set(said.topics), f"{said.text!r} was taken for {said.topics}"
        if "kind" in turn:
            assert turn["kind"] in [reply["kind"] for reply in said.replies]
        if "tier" in turn:
            assert turn["tier"] in [reply["tier"] for reply in said.replies]


async def _until_the_result(agent: LocalAgent, answer: str, identity: str, said: Answered) -> Answered:
    for _ in range(MOST_QUESTIONS):
        if not said.replies or said.replies[-1]["kind"] != "question":
            break
        said = await agent.say(answer, identity)
    return said
