"""The conversations of tests/stories, said to the trained model and the real actions."""

from __future__ import annotations

import uuid

import pytest

from bot.commands.local_agent import LocalAgent
from bot.curation.stories import Conversation, judge
from tests.stories.conversation_files import read_conversations

CONVERSATIONS = read_conversations()


def test_there_are_at_least_150_conversations_by_behaviour():
    behaviours = {conversation.behaviour for conversation in CONVERSATIONS}

    assert len(CONVERSATIONS) >= 150
    assert {"faq", "gap", "suitability", "red_flag", "follow_up", "two_questions", "clarify"} <= behaviours


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda c: f"{c.behaviour}: {c.name}")
async def test_the_conversation_goes_as_written(agent: LocalAgent, conversation: Conversation):
    verdict = await judge(conversation, agent.say, f"story-{uuid.uuid4().hex}")

    assert () == verdict.misses
