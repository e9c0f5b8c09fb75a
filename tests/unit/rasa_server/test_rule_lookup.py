"""Rules about the literal text of a message are looked for only where there are such rules."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from bot import without_tensorflow

without_tensorflow.install()

from bot.rasa_server.rule_lookup import _has_text_rules  # noqa: E402

LISTENING = {"prev_action": {"action_name": "action_listen"}}
BY_INTENT = [{**LISTENING, "user": {"intent": "hello"}}]
BY_TEXT = [{**LISTENING, "user": {"text": "hello"}}]
AFTER_AN_ACTION = [*BY_TEXT, {"prev_action": {"action_name": "action_hello"}, "user": {"text": "hello"}}]
AT_THE_BEGINNING = [{"user": {"text": "hello"}}]
AFTER_ANY_MESSAGE = [LISTENING]


def policy_of(*rules: list[dict[str, Any]]) -> SimpleNamespace:
    return SimpleNamespace(lookup={"rules": {json.dumps(rule): "action_hello" for rule in rules}})


@pytest.mark.parametrize("rules", [[], [BY_INTENT], [BY_INTENT, AFTER_AN_ACTION]])
def test_without_a_rule_that_follows_a_text_there_is_nothing_to_look_for(rules: list[list[dict[str, Any]]]) -> None:
    assert not _has_text_rules(policy_of(*rules))


@pytest.mark.parametrize("rule", [BY_TEXT, AT_THE_BEGINNING, AFTER_ANY_MESSAGE])
def test_a_rule_that_may_follow_a_text_is_looked_for(rule: list[dict[str, Any]]) -> None:
    assert _has_text_rules(policy_of(BY_INTENT, rule))
