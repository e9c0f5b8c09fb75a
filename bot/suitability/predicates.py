"""Named predicates: criteria that judge the answers as a whole, which all/any/not over facts cannot say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.suitability.ruleset import Criterion
from bot.suitability.tiers import Level, Tier


@dataclass(frozen=True)
class Overview:
    """What the criteria over facts gave.

    Attributes:
        levels: How far each fact is so.
        by_criterion: How far each criterion over facts is met, with the criterion.
    """

    levels: Mapping[str, Level]
    by_criterion: tuple[tuple[Criterion, Level], ...]

    def concerns(self, level: Level) -> tuple[Criterion, ...]:
        """The criteria met just so far, of those that would matter for the outcome."""
        return self._concerns.get(level, ())

    @cached_property
    def _concerns(self) -> dict[Level, tuple[Criterion, ...]]:
        found: dict[Level, list[Criterion]] = {}
        for criterion, level in self.by_criterion:
            if criterion.tier is not Tier.GENERALLY_SUITABLE_CONSULT_FIRST:
                found.setdefault(level, []).append(criterion)
        return {level: tuple(criteria) for level, criteria in found.items()}


Predicate = Callable[[Overview], bool]


def emergency_in_doubt(overview: Overview) -> bool:
    """Someone was not sure about an emergency sign, also after the simpler question."""
    return any(c.tier.in_doubt is Tier.URGENT for c in overview.concerns(Level.UNSURE))


def doubt_or_skipped(overview: Overview) -> bool:
    """Someone was not sure about anything that matters, or nothing was found but a question was skipped."""
    if overview.concerns(Level.UNSURE):
        return True
    return bool(overview.concerns(Level.NOT_ASKED)) and not overview.concerns(Level.YES)


def nothing_found(overview: Overview) -> bool:
    """Every criterion that would matter is denied, and the pain is not known to be recent."""
    return _all_denied(overview) and overview.levels.get("recent_pain") is not Level.YES


def nothing_found_in_recent_pain(overview: Overview) -> bool:
    """Every criterion that would matter is denied, and the pain is recent."""
    return _all_denied(overview) and overview.levels.get("recent_pain") is Level.YES


def _all_denied(overview: Overview) -> bool:
    return not any(overview.concerns(level) for level in (Level.YES, Level.UNSURE, Level.NOT_ASKED))


PREDICATES: Mapping[str, Predicate] = {
    "emergency_in_doubt": emergency_in_doubt,
    "doubt_or_skipped": doubt_or_skipped,
    "nothing_found": nothing_found,
    "nothing_found_in_recent_pain": nothing_found_in_recent_pain,
}

# The facts predicates read by name, so that a check can find facts that nothing reads.
FACTS_READ_BY_PREDICATES = frozenset({"recent_pain"})
