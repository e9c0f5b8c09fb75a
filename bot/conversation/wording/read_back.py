"""What was told, read back in a few words, so that nobody seems unheard and a misreading can be put right."""

from __future__ import annotations

from collections.abc import Mapping

from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer


def read_back(rules: RuleSet, told: Mapping[str, Answer]) -> str:
    """What the facts that are so are called: "cancer, a blood thinner and a pacemaker"; "" where none has a name."""
    so = (rules.facts[fact].called for fact in rules.facts if told.get(fact) is Answer.YES)
    names = list(dict.fromkeys(name for name in so if name))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def with_warning(rules: RuleSet, told: Mapping[str, Answer], text: str) -> str:
    """What is said of facts that are so, after what can not wait for the result: not to stop a medicine by oneself."""
    warnings = (rules.facts[fact].warns for fact in rules.facts if told.get(fact) is Answer.YES)
    return " ".join((*dict.fromkeys(filter(None, warnings)), text))
