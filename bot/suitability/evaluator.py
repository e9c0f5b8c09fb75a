"""The evaluator: answers in, one outcome with its reasons out. Pure; the same answers always give the same value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.suitability.conditions import Named
from bot.suitability.predicates import PREDICATES, Overview
from bot.suitability.ruleset import Criterion, RuleSet
from bot.suitability.tiers import Answer, Level, Tier


@dataclass(frozen=True)
class Fired:
    """A criterion that counts towards the outcome.

    Attributes:
        tier: The tier it stands for here; milder than the criterion's own when it is in doubt.
        facts: A smallest set of facts that makes it count.
    """

    criterion: Criterion
    tier: Tier
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """The outcome of the check.

    Attributes:
        tier: The most cautious tier of all that fired.
        fired: Every criterion that is met, most cautious first, then in the order of criteria.yml.
        in_doubt: Criteria that may be met, the person being not sure; they stand behind G03.
        deciding: Those of `fired` that stand for the outcome's tier; without them it would be milder.
        deciding_facts: A smallest set of facts that meets every deciding criterion.
        answers: What was known, for the record.
        statutory_consult: Whether one that fired matches WAC 246-803-310.
    """

    tier: Tier
    fired: tuple[Fired, ...]
    in_doubt: tuple[Fired, ...]
    deciding: tuple[Fired, ...]
    deciding_facts: tuple[str, ...]
    answers: Mapping[str, Answer]
    rules_version: str
    statutory_consult: bool

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The ids of all criteria that fired."""
        return tuple(f.criterion.id for f in self.fired)

    @property
    def deciding_ids(self) -> tuple[str, ...]:
        """The ids of the criteria that decide the tier."""
        return tuple(f.criterion.id for f in self.deciding)

    def to_record(self) -> dict[str, Any]:
        """As plain JSON values, to be stored and replayed (`bot.suitability.replay`)."""
        return {
            "rules_version": self.rules_version,
            "answers": {fact: answer.value for fact, answer in sorted(self.answers.items())},
            "tier": self.tier.id,
            "rules": list(self.rule_ids),
            "deciding": list(self.deciding_ids),
            "deciding_facts": list(self.deciding_facts),
            "in_doubt": [f.criterion.id for f in self.in_doubt],
            "statutory_consult": self.statutory_consult,
        }


def levels_of(rules: RuleSet, answers: Mapping[str, Answer]) -> dict[str, Level]:
    """How far each fact is so.

    Raises:
        KeyError: when an answer is about a fact that does not exist.
    """
    if unknown := sorted(answers.keys() - rules.facts.keys()):
        raise KeyError(f"unknown facts: {', '.join(unknown)}")
    return {**rules.unanswered, **{fact: Level.of(answer) for fact, answer in answers.items()}}


def tier_alone(rules: RuleSet, fact: str) -> Tier:
    """The tier that a fact leads to when it is told and nothing else is known.

    Raises:
        KeyError: when there is no such fact.
    """
    return evaluate(rules, {fact: Answer.YES}).tier


def evaluate(rules: RuleSet, answers: Mapping[str, Answer]) -> Assessment:
    """Find the one outcome of these answers.

    Args:
        rules: The rule set.
        answers: What is known by fact id; a missing fact was not asked.

    Raises:
        KeyError: when an answer is about a fact that does not exist.
    """
    levels = levels_of(rules, answers)
    overview = Overview(levels, levels_by_criterion(rules, answers, levels))
    in_doubt = tuple(
        Fired(c, c.tier.in_doubt, _witness(c, levels, Level.UNSURE)) for c in overview.concerns(Level.UNSURE)
    )
    fired = [
        Fired(c, c.tier, _witness(c, levels, Level.YES)) for c, level in overview.by_criterion if level is Level.YES
    ]
    # A doubt that loses no caution counts in full: possible thoughts of suicide.
    fired += [doubt for doubt in in_doubt if doubt.tier is doubt.criterion.tier is Tier.CRISIS]
    for criterion in rules.criteria:
        if isinstance(criterion.when, Named) and PREDICATES[criterion.when.predicate](overview):
            doubts = [d for d in in_doubt if d.tier >= criterion.tier]
            fired.append(Fired(criterion, criterion.tier, tuple(sorted({f for d in doubts for f in d.facts}))))
    fired.sort(key=lambda f: (-f.tier, rules.order[f.criterion.id]))
    # Rules under which nothing fires are faulty (the loader refuses them); "suitable" must be earned all the same.
    tier = fired[0].tier if fired else Tier.PROVIDER_FIRST_WITH_CAUTION
    deciding = tuple(f for f in fired if f.tier is tier)
    return Assessment(
        tier=tier,
        fired=tuple(fired),
        in_doubt=in_doubt,
        deciding=deciding,
        deciding_facts=tuple(sorted({fact for f in deciding for fact in f.facts})),
        answers=dict(answers),
        rules_version=rules.version,
        statutory_consult=any(f.criterion.statutory_consult for f in fired),
    )


def levels_by_criterion(
    rules: RuleSet, answers: Mapping[str, Answer], levels: Mapping[str, Level]
) -> tuple[tuple[Criterion, Level], ...]:
    """How far each criterion over facts is met: those that read an answer are judged, the others stand as before.

    Args:
        rules: The rule set.
        answers: What is known by fact id.
        levels: What `levels_of` makes of it.
    """
    found = list(rules.over_facts)
    for place in {place for fact in answers for place in rules.places_reading[fact]}:
        criterion, _ = found[place]
        found[place] = criterion, criterion.when.level(levels)
    return tuple(found)


def _witness(criterion: Criterion, levels: Mapping[str, Level], at_least: Level) -> tuple[str, ...]:
    return tuple(sorted(criterion.when.witness(levels, at_least) or ()))
