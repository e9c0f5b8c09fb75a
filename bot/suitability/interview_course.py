"""The course of the check: which questions can still matter, and when an outcome is reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.suitability.evaluator import levels_by_criterion, levels_of
from bot.suitability.interview_state import Known
from bot.suitability.questions import Question
from bot.suitability.ruleset import Criterion, RuleSet
from bot.suitability.tiers import Answer, Level, Tier

UNDER_AGE = "minor"
LEAST = Tier.GENERALLY_SUITABLE_CONSULT_FIRST


@dataclass(frozen=True)
class Standing:
    """How things stand.

    Attributes:
        levels: How far each fact is so.
        affirmed: The most cautious tier some fact affirms, leaving aside doubts and skipped questions.
        reached: The tier the outcome will have at least, whatever is still answered; doubts included.
    """

    levels: Mapping[str, Level]
    affirmed: Tier
    reached: Tier


def standing(rules: RuleSet, facts: Mapping[str, Answer]) -> Standing:
    """See how things stand with these facts."""
    levels = levels_of(rules, facts)
    affirmed = reached = LEAST
    for criterion, level in levels_by_criterion(rules, facts, levels):
        if level is Level.YES:
            affirmed = max(affirmed, criterion.tier)
        elif level is Level.UNSURE:
            reached = max(reached, criterion.tier.in_doubt)
    return Standing(levels, affirmed, max(affirmed, reached))


def open_questions(rules: RuleSet, now: Standing) -> tuple[Question, ...]:
    """The questions left, in order: those with a fact that is not known and can still meet a criterion that matters."""
    open_facts = _open_facts(_mattering(rules.criteria, now), now.levels)
    return tuple(q for q in rules.questions if q.facts & open_facts)


def expected_length(rules: RuleSet, now: Standing) -> int:
    """About how many questions are left, the one on screen included, should every answer be "no"."""
    imagined = dict(now.levels)
    count = 0
    for question in rules.questions:
        concerned = _mattering(rules.criteria_reading(question), Standing(imagined, now.affirmed, now.reached))
        if question.facts & _open_facts(concerned, imagined):
            count += 1
            for fact in question.facts:
                if imagined[fact] is Level.NOT_ASKED:
                    imagined[fact] = Level.NO
    return count


def ending(rules: RuleSet, so_far: Known, now: Standing) -> bool:
    """Whether the check is over.

    At once for an emergency, for what was volunteered and is urgent, and for anyone under 18, of whom nothing more is
    asked. An urgent answer ends it too, unless one more answer could turn just that into an emergency, as drugs by
    needle do with a fever: else the same person would get a milder outcome for saying more.
    """
    if now.reached >= Tier.EMERGENCY or so_far.facts.get(UNDER_AGE) is Answer.YES:
        return True
    if now.affirmed is Tier.URGENT and standing(rules, so_far.volunteered).affirmed is Tier.URGENT:
        return True
    return not open_questions(rules, now)


def _open_facts(criteria: Iterable[Criterion], levels: Mapping[str, Level]) -> frozenset[str]:
    return frozenset().union(*(c.when.open_facts(levels) for c in criteria))


def _mattering(criteria: Iterable[Criterion], now: Standing) -> Iterator[Criterion]:
    """Those that can still change the outcome in a way that is worth a question.

    Up to "provider first" every reason is collected, for the provider to see. From "not suitable" on only what can
    make the outcome more cautious is asked, and after an urgent answer only what can make an emergency of it.
    """
    if now.reached < Tier.NOT_SUITABLE:
        yield from criteria
        return
    # Levels are looked up only here, so that the common way through the check stays quick.
    hoped = {fact: Level.YES if level is Level.NOT_ASKED else level for fact, level in now.levels.items()}
    for criterion in criteria:
        if criterion.tier <= now.reached or criterion.when.level(hoped) is not Level.YES:
            continue
        if now.affirmed is not Tier.URGENT or any(now.levels[f] is Level.YES for f in criterion.when.facts()):
            yield criterion
