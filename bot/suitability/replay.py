"""Replaying a stored assessment: the same answers on the same version give the same outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.suitability.evaluator import Assessment, evaluate
from bot.suitability.interview import facts_so_far
from bot.suitability.interview_state import State
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer


class OtherVersion(Exception):
    """The record was made with other rules; load those rules to replay it."""

    def __init__(self, recorded: str, loaded: str) -> None:
        """Say both versions."""
        self.recorded, self.loaded = recorded, loaded
        super().__init__(f"recorded with rules {recorded}, loaded are {loaded}; load the content of that release")


def replay(rules: RuleSet, recorded: State | Mapping[str, Any]) -> Assessment:
    """Evaluate again what was recorded.

    Args:
        rules: The rules, of the recorded version.
        recorded: The state of a check, or what `Assessment.to_record` gave.

    Raises:
        OtherVersion: when the rules are not those it was recorded with.
        KeyError, ValueError: when it is no such record.
    """
    version = recorded.rules_version if isinstance(recorded, State) else recorded["rules_version"]
    if version != rules.version:
        raise OtherVersion(version, rules.version)
    if isinstance(recorded, State):
        return evaluate(rules, facts_so_far(rules, recorded))
    return evaluate(rules, {fact: Answer(answer) for fact, answer in recorded["answers"].items()})
