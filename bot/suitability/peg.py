"""PEG: three items about how much pain affects a person. Optional, and it never changes the outcome of the check.

Krebs EE, Lorenz KA, Bair MJ, et al. Development and initial validation of the PEG, a three-item scale assessing pain
intensity and interference. J Gen Intern Med 2009;24:733-738 (source S49). The items derive from the Brief Pain
Inventory; the clinic keeps a note of the free-use source (docs/safety.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SOURCE = "S49"
CREDIT = "PEG scale, Krebs and others, 2009"
LOWEST, HIGHEST = 0, 10


@dataclass(frozen=True)
class PegItem:
    """One item, in the published words, with the ends of its scale."""

    id: str
    text: str
    lowest_means: str
    highest_means: str


ITEMS = (
    PegItem(
        "pain",
        "What number best describes your pain on average in the past week?",
        "No pain",
        "Pain as bad as you can imagine",
    ),
    PegItem(
        "enjoyment",
        "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
        "Does not interfere",
        "Completely interferes",
    ),
    PegItem(
        "activity",
        "What number best describes how, during the past week, pain has interfered with your general activity?",
        "Does not interfere",
        "Completely interferes",
    ),
)


def peg_mean(scores: Sequence[int]) -> float:
    """The PEG score: the mean of the three items, to one decimal.

    Raises:
        ValueError: when there are not three whole numbers from 0 to 10.
    """
    if len(scores) != len(ITEMS):
        raise ValueError(f"PEG has {len(ITEMS)} items, got {len(scores)}")
    for score in scores:
        if isinstance(score, bool) or not isinstance(score, int) or not LOWEST <= score <= HIGHEST:
            raise ValueError(f"{score!r} is not a whole number from {LOWEST} to {HIGHEST}")
    return round(sum(scores) / len(ITEMS), 1)
