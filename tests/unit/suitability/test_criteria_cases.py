"""The criteria behave as the cases say, every criterion has one, and none can change without a case noticing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.suitability.conditions import AllOf, AnyOf, Condition, Is, Named
from bot.suitability.predicates import PREDICATES
from bot.suitability.ruleset import Criterion, RuleSet
from bot.suitability.tiers import Tier


def test_a_case_turns_out_as_expected(rules: RuleSet, case: Any) -> None:
    """The tier and every criterion that fires are as the case says."""
    assert case.failure(rules) == ""


def test_case_names_are_unique(cases: tuple[Any, ...]) -> None:
    """A name points to one case."""
    assert len({c.name for c in cases}) == len(cases)


def test_every_criterion_has_a_case(rules: RuleSet, cases: tuple[Any, ...]) -> None:
    """Each fires in some case and stays silent in another."""
    fired = {criterion for case in cases for criterion in case.expect["criteria"]}

    assert {c.id for c in rules.criteria} == fired


def test_no_mutation_of_a_criterion_survives(rules: RuleSet, cases: tuple[Any, ...]) -> None:
    """Removing a criterion, moving its tier, or changing its condition fails at least one case."""
    survivors = [
        f"{criterion.id}: {label}"
        for criterion in rules.criteria
        for label, mutant in _mutants(rules, criterion)
        if not any(_fails(case, mutant) for case in _likeliest_first(cases, criterion))
    ]

    assert survivors == []


def _likeliest_first(cases: tuple[Any, ...], criterion: Criterion) -> list[Any]:
    return sorted(cases, key=lambda case: criterion.id not in case.expect["criteria"])


def _fails(case: Any, rules: RuleSet) -> bool:
    return case.failure(rules) != ""


def _mutants(rules: RuleSet, criterion: Criterion) -> Iterator[tuple[str, RuleSet]]:
    yield "removed", _with(rules, criterion, ())
    for step in (-1, 1):
        if criterion.tier + step in list(Tier):
            moved = replace(criterion, tier=Tier(criterion.tier + step))
            yield f"tier {moved.tier.id}", _with(rules, criterion, (moved,))
    for number, when in enumerate(_changed(criterion.when)):
        yield f"condition {number}: {when}", _with(rules, criterion, (replace(criterion, when=when),))


def _with(rules: RuleSet, criterion: Criterion, instead: tuple[Criterion, ...]) -> RuleSet:
    place = rules.criteria.index(criterion)
    return replace(rules, criteria=rules.criteria[:place] + instead + rules.criteria[place + 1 :])


def _changed(when: Condition) -> Iterator[Condition]:
    if isinstance(when, Named):
        yield from (Named(name) for name in PREDICATES if name != when.predicate)
    if isinstance(when, Is):
        yield Is("lung_disease" if when.fact != "lung_disease" else "keloid")
    if isinstance(when, AllOf | AnyOf):
        same, swapped = (AllOf, AnyOf) if isinstance(when, AllOf) else (AnyOf, AllOf)
        yield swapped(when.parts)
        for place, part in enumerate(when.parts):
            before, after = when.parts[:place], when.parts[place + 1 :]
            yield same(before + after)
            yield from (same((*before, changed, *after)) for changed in _changed(part))
