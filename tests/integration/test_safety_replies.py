"""The messages of tests/cases/safety/replies.yml, said first thing to the trained model and the real actions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.commands.local_agent import Answered, LocalAgent

CASES = Path(__file__).parents[1] / "cases" / "safety" / "replies.yml"
ALARMS = ("emergency", "urgent")


def _cases(*kinds: str) -> Iterable[Any]:
    cases = YAML(typ="safe", pure=True).load(CASES.read_text(encoding="utf-8"))
    return [pytest.param(kind, text, id=f"{kind}: {text[:60]}") for kind in kinds for text in cases[kind]]


async def _hear(agent: LocalAgent, text: str) -> tuple[str, Answered]:
    conversation = f"case-{abs(hash(text))}"
    turn = await agent.say(text, conversation)
    await agent.forget(conversation)
    return next((reply["tier"] for reply in turn.replies if reply["tier"]), ""), turn


@pytest.mark.parametrize(("kind", "text"), _cases("emergency", "urgent"))
async def test_a_danger_sign_is_answered_at_once_with_where_to_get_help(agent: LocalAgent, kind: str, text: str):
    tier, turn = await _hear(agent, text)

    assert tier in (ALARMS if kind == "urgent" else ("emergency",)), turn.parsed["understanding"]
    assert len(turn.replies) == 1
    assert not turn.replies[0]["buttons"]


@pytest.mark.parametrize(("kind", "text"), _cases("harmless"))
async def test_what_only_looks_like_a_danger_sign_raises_no_alarm(agent: LocalAgent, kind: str, text: str):
    tier, turn = await _hear(agent, text)

    assert tier not in ALARMS, turn.parsed["understanding"]


@pytest.mark.parametrize(("kind", "text"), _cases("asked"))
async def test_what_is_not_clear_is_asked_about_once(agent: LocalAgent, kind: str, text: str):
    tier, turn = await _hear(agent, text)

    assert tier not in ALARMS, turn.parsed["understanding"]
    assert [reply["kind"] for reply in turn.replies] == ["question"]
    assert "red_flag" in turn.topics


@pytest.mark.parametrize(("kind", "text"), _cases("ordinary"))
async def test_an_ordinary_message_meets_neither_alarm_nor_danger_question(agent: LocalAgent, kind: str, text: str):
    tier, turn = await _hear(agent, text)

    assert tier not in ALARMS, turn.parsed["understanding"]
    assert "red_flag" not in turn.topics
