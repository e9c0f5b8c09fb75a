"""What Rasa's rule policy does twice or for nobody with each message is left out; what it predicts is the same.

- It looks for rules about the literal text of a message before those about its intent, through all rules and turns.
  There are such rules only where a project writes them.
- It holds every rule against every state. A rule whose last message has another intent than the conversation's cannot
  match, and is not looked at.
- It copies the conversation's states, and the events of each action, for debug logs that are switched off.

Sources: rasa 3.6.21, `RulePolicy._find_action_from_rules`, `MessageProcessor`, `FormAction`.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.trackers import DialogueStateTracker

Value = TypeVar("Value")
_find = RulePolicy._find_action_from_rules
_possible = RulePolicy._get_possible_keys


class _NoCopies:
    """Stands for the module `copy` where Rasa uses it for its debug logs alone."""

    @staticmethod
    def deepcopy(value: Value) -> Value:
        return value


def _find_action(
    self: Any, tracker: DialogueStateTracker, domain: Any, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    # Inside a form Rasa also asks whether the form was interrupted, by the same search.
    if use_text_for_last_user_input and tracker.active_loop_name is None and not _has_text_rules(self):
        return None, None, False
    found: tuple[str | None, str | None, bool] = _find(self, tracker, domain, use_text_for_last_user_input)
    return found


def _has_text_rules(policy: Any) -> bool:
    """Whether some rule may follow a message that is known by its text alone."""
    known: bool | None = policy.__dict__.get("_has_text_rules")
    if known is None:
        known = policy._has_text_rules = any(
            _follows_a_message(state) and "intent" not in state.get(USER, {})
            for key in policy.lookup[rule_policy.RULES]
            for state in json.loads(key)[-1:]
        )
    return known


def _possible_keys(self: Any, lookup: dict[str, str], states: list[dict[str, Any]]) -> set[str]:
    # A conversation's very first state is held against the rules in another way.
    if states and states[-1].get(PREVIOUS_ACTION):
        by_intent = _keys_by_intent(self, lookup)
        intent = states[-1].get(USER, {}).get("intent")
        keys = by_intent.get(None, []) + (by_intent.get(intent, []) if intent else [])
        lookup = {key: lookup[key] for key in keys}
    found: set[str] = _possible(self, lookup, states)
    return found


def _keys_by_intent(policy: Any, lookup: dict[str, str]) -> dict[str | None, list[str]]:
    """The rules by the intent that their last state asks for; None for those that ask for none."""
    known = policy.__dict__.setdefault("_keys_by_intent", {})
    if id(lookup) not in known:
        found: dict[str | None, list[str]] = {}
        for key in lookup:
            intent = next((state.get(USER, {}).get("intent") for state in json.loads(key)[-1:]), None)
            found.setdefault(intent if intent and intent != SHOULD_NOT_BE_SET else None, []).append(key)
        # Kept with what it is made of, so that no other dictionary can come to have the same identity.
        known[id(lookup)] = lookup, found
    by_intent: dict[str | None, list[str]] = known[id(lookup)][1]
    return by_intent


def _follows_a_message(state: dict[str, Any]) -> bool:
    before = state.get(PREVIOUS_ACTION)
    return not before or before.get("action_name") == ACTION_LISTEN_NAME


def install() -> None:
    """Leave it out in this process. It is for serving: training looks at rules in ways of its own."""
    RulePolicy._find_action_from_rules = _find_action
    RulePolicy._get_possible_keys = _possible_keys
    for module in (processor, forms, rule_policy):
        module.copy = _NoCopies
