"""What must hold between the content files: nothing dead, unsourced, unknown, unasked or without an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.faults import Fault
from bot.suitability.conditions import Is, Named
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.predicates import FACTS_READ_BY_PREDICATES, PREDICATES
from bot.suitability.questions import Question
from bot.suitability.ruleset import Criterion, RuleSet
from bot.suitability.tiers import Level, Tier


def inconsistencies(rules: RuleSet, detectable: frozenset[str] | None) -> Iterator[Fault]:
    """Find what does not fit together.

    Args:
        rules: The rule set as read.
        detectable: The facts the safety net can find in a message, or None not to check for it.
    """
    for criterion in rules.criteria:
        yield from _criterion_faults(rules, criterion)
    yield from _twins(rules)
    used = {c.when.predicate for c in rules.criteria if isinstance(c.when, Named)}
    for name in sorted(set(PREDICATES) - used):
        yield Fault("criteria.yml", name, "no criterion uses this predicate", "add one: it covers what is left over")
    for question in rules.questions:
        yield from _question_faults(rules, question)
    yield from _fact_faults(rules, detectable)
    for tier in Tier:
        if tier not in rules.outcomes:
            yield Fault("outcomes.yml", tier.id, "has no outcome", "add an entry with this tier")


def _criterion_faults(rules: RuleSet, criterion: Criterion) -> Iterator[Fault]:
    def fault(key: str, problem: str, remedy: str) -> Fault:
        return Fault("criteria.yml", f'"{criterion.id}": {key}', problem, remedy)

    for source in criterion.sources:
        if source not in rules.sources:
            yield fault("sources", f'"{source}" is unknown', "add it to sources.yml or correct the id")
    if criterion.review_due <= criterion.reviewed:
        yield fault("review_due", "is not after `reviewed`", "set a later day")
    if isinstance(criterion.when, Named):
        if criterion.when.predicate not in PREDICATES:
            yield fault("when", f"unknown predicate; use one of {', '.join(PREDICATES)}", "correct the name")
        return
    unknown = sorted(criterion.when.facts() - set(rules.facts))
    if unknown:
        yield fault("when", f"unknown facts: {', '.join(unknown)}", "add them to facts.yml or correct the id")
    elif not can_fire(criterion):
        yield fault("when", "no answers at all can meet it: the criterion is dead", "correct the condition")


def can_fire(criterion: Criterion) -> bool:
    """Whether some answers to the facts it reads meet the criterion."""
    facts = sorted(criterion.when.facts())
    everything = dict.fromkeys(facts, Level.YES)
    if criterion.when.level(everything) is Level.YES:  # true of every condition without `not`
        return True
    return any(
        criterion.when.level(dict(zip(facts, levels, strict=True))) is Level.YES
        for levels in product((Level.NO, Level.YES), repeat=len(facts))
    )


def _twins(rules: RuleSet) -> Iterator[Fault]:
    seen: dict[object, str] = {}
    for criterion in rules.criteria:
        key = (criterion.tier, criterion.when)
        if key in seen:
            problem = f'has the tier and the condition of "{seen[key]}"'
            yield Fault("criteria.yml", f'"{criterion.id}": when', problem, "join the two or change one")
        seen.setdefault(key, criterion.id)


def _question_faults(rules: RuleSet, question: Question) -> Iterator[Fault]:
    def fault(key: str, problem: str, remedy: str) -> Fault:
        return Fault("questions.yml", f'"{question.id}": {key}', problem, remedy)

    named = set(question.facts)
    if question.follow_up:
        named |= set(question.follow_up.unsure) | set(question.follow_up.none) | set(question.follow_up.yes)
        ids = [option.id for option in question.options]
        if len(ids) != len(set(ids)):
            yield fault("options", "two options have the same id", "give every option an id of its own")
        of_others = frozenset().union(*(other.facts for other in rules.questions if other.id != question.id))
        borrowed = {fact for fact in question.follow_up.unsure if fact in of_others and fact not in question.answerable}
        if strangers := sorted(borrowed | (named - question.facts)):
            yield fault("follow_up", f"sets facts no option has: {', '.join(strangers)}", "correct the fact id")
    if unknown := sorted(named - set(rules.facts)):
        yield fault("facts", f"unknown facts: {', '.join(unknown)}", "add them to facts.yml or correct the id")
    if not question.facts:
        yield fault("yes", "the question sets no fact", "add `yes: {fact: yes}` or a follow_up")


def _fact_faults(rules: RuleSet, detectable: frozenset[str] | None) -> Iterator[Fault]:
    read = FACTS_READ_BY_PREDICATES.union(*(c.when.facts() for c in rules.criteria))
    for fact in sorted(set(rules.facts) - read):
        yield Fault("facts.yml", f'"{fact}"', "no criterion reads it", "add a criterion or remove the fact")
    alone = {c.when.fact for c in rules.criteria if isinstance(c.when, Is) and Tier.URGENT <= c.tier < Tier.CRISIS}
    for fact in sorted(f for f in alone & set(rules.facts) if not rules.facts[f].asks):
        yield Fault("facts.yml", f'"{fact}"', "is a danger sign without a question of its own", "add `asks:`")
    for fact in sorted(f for f in _kept_in_mind(rules) & set(rules.facts) if not rules.facts[f].called):
        remedy = "add `called:`, a few plain words to read it back by"
        yield Fault("facts.yml", f'"{fact}"', "sends to a provider and has no name to read it back by", remedy)
    if detectable is None:
        return
    for fact in sorted(set(rules.facts) - rules.asked_facts - detectable):
        remedy = "add it to a question or to the patterns of the safety net"
        yield Fault("facts.yml", f'"{fact}"', "nobody asks it and nothing detects it", remedy)
    for fact in sorted(detectable - set(rules.facts)):
        yield Fault("facts.yml", f'"{fact}"', "is detected but unknown", "add it, or correct the pattern")


def _kept_in_mind(rules: RuleSet) -> frozenset[str]:
    """The facts that, told in passing, raise no alarm and send the patient to a provider first."""
    read = (c for c in rules.criteria if Tier.GENERALLY_SUITABLE_CONSULT_FIRST < c.tier < Tier.URGENT)
    return frozenset().union(*(c.when.facts() for c in read if not c.is_process)) - {SOMEONE_ELSE}
