"""The named predicates, one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.suitability.predicates import (
    Overview,
    doubt_or_skipped,
    emergency_in_doubt,
    nothing_found,
    nothing_found_in_recent_pain,
)
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Level


@pytest.fixture
def overview(rules: RuleSet) -> Callable[..., Overview]:
    """Build an overview in which the criteria named are met so far and the rest is denied."""

    def build(recent: Level = Level.NO, **found: Level) -> Overview:
        by_criterion = tuple((c, found.get(c.id, Level.NO)) for c in rules.criteria if not c.is_process)
        return Overview({"recent_pain": recent}, by_criterion)

    return build


def test_an_emergency_in_doubt_is_one_of_that_tier(overview: Callable[..., Overview]) -> None:
    """Not an urgent sign, and not one that is affirmed."""
    assert emergency_in_doubt(overview(E01=Level.UNSURE))
    assert not emergency_in_doubt(overview(U01=Level.UNSURE))
    assert not emergency_in_doubt(overview(E01=Level.YES))
    assert not emergency_in_doubt(overview(E13=Level.UNSURE))


def test_a_doubt_counts_and_a_skipped_question_only_when_nothing_else_was_found(
    overview: Callable[..., Overview],
) -> None:
    """What would not matter never counts."""
    assert doubt_or_skipped(overview(C04=Level.UNSURE))
    assert doubt_or_skipped(overview(C04=Level.UNSURE, C01=Level.YES))
    assert doubt_or_skipped(overview(C04=Level.NOT_ASKED))
    assert not doubt_or_skipped(overview(C04=Level.NOT_ASKED, C01=Level.YES))
    assert not doubt_or_skipped(overview(C05b=Level.UNSURE, C17=Level.NOT_ASKED))
    assert not doubt_or_skipped(overview())


def test_nothing_found_means_everything_that_matters_denied(overview: Callable[..., Overview]) -> None:
    """In two wordings, by how old the pain is."""
    assert nothing_found(overview(C05b=Level.YES))
    assert not nothing_found_in_recent_pain(overview())
    assert nothing_found_in_recent_pain(overview(recent=Level.YES))
    assert not nothing_found(overview(recent=Level.YES))
    for level in (Level.YES, Level.UNSURE, Level.NOT_ASKED):
        assert not nothing_found(overview(P02=level))
        assert not nothing_found_in_recent_pain(overview(recent=Level.YES, P02=level))
