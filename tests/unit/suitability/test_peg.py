"""PEG: the mean of three numbers from 0 to 10, credited."""

from __future__ import annotations

import pytest

from bot.suitability.peg import CREDIT, ITEMS, SOURCE, peg_mean
from bot.suitability.ruleset import RuleSet


@pytest.mark.parametrize(
    ("scores", "mean"), [([0, 0, 0], 0.0), ([10, 10, 10], 10.0), ([6, 5, 5], 5.3), ([1, 2, 2], 1.7)]
)
def test_the_score_is_the_mean(scores: list[int], mean: float) -> None:
    """To one decimal."""
    assert mean == peg_mean(scores)


@pytest.mark.parametrize("scores", [[], [1, 2], [1, 2, 3, 4], [0, 0, 11], [-1, 0, 0], [True, 1, 1], [1.5, 1, 1]])
def test_anything_else_is_refused(scores: list[int]) -> None:
    """No score is made up."""
    with pytest.raises(ValueError, match=r"PEG has 3 items|whole number"):
        peg_mean(scores)


def test_the_items_are_credited(rules: RuleSet) -> None:
    """With a source of the list."""
    assert len(ITEMS) == 3
    assert "Krebs" in CREDIT
    assert SOURCE in rules.sources
