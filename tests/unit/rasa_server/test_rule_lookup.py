"""Rules are looked for where there may be some, and what is found is what Rasa finds."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from bot import without_tensorflow

without_tensorflow.install()

from rasa.core.policies.rule_policy import RulePolicy  # noqa: E402

from bot.rasa_server.rule_lookup import _has_text_rules, _possible, _possible_keys  # noqa: E402

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


def said(intent: str, **more: Any) -> dict[str, Any]:
    return {**LISTENING, "user": {"intent": intent}, **more}


def done(action: str, intent: str) -> dict[str, Any]:
    return {"prev_action": {"action_name": action}, "user": {"intent": intent}}


IN_FORM = {"active_loop": {"name": "suitability_form"}}
OUTSIDE = {"active_loop": {"name": "None"}}
RULES = [
    BY_INTENT,
    BY_TEXT,
    AFTER_AN_ACTION,
    AT_THE_BEGINNING,
    AFTER_ANY_MESSAGE,
    [said("hello"), done("action_hello", "hello")],
    [said("hello", **IN_FORM)],
    [said("hello", **OUTSIDE)],
    [said("thanks")],
    [said("None")],
    [done("action_hello", "hello"), said("thanks")],
    [{**LISTENING, **IN_FORM}],
    [said("thanks", slots={"outcome": [1.0, 0.0]})],
]
STATES = [
    [],
    [{}],
    [{}, said("hello")],
    [{}, said("hello", **IN_FORM)],
    [{}, said("hello"), done("action_hello", "hello")],
    [{}, said("hello"), done("action_hello", "hello"), said("thanks")],
    [{}, said("hello"), done("action_hello", "hello"), said("thanks", slots={"outcome": (1.0, 0.0)})],
    [{}, said("unheard of")],
    [{}, {**LISTENING, "user": {"text": "hello"}}],
    [{}, {**LISTENING, **IN_FORM}],
    [said("hello")],
    [{"user": {"text": "hello"}}],
]


@pytest.mark.parametrize("states", STATES, ids=range(len(STATES)))
def test_the_rules_that_may_apply_are_those_that_rasa_finds(states: list[dict[str, Any]]) -> None:
    policy: Any = object.__new__(RulePolicy)
    lookup = {json.dumps(rule): "action_hello" for rule in RULES}

    assert _possible(policy, lookup, states) == _possible_keys(policy, lookup, states)
    assert _possible(policy, {}, states) == _possible_keys(policy, {}, states)
