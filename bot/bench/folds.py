"""Deals labelled examples into folds that every compared pipeline sees alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

OUT_OF_SCOPE = "out_of_scope"
Labelled = tuple[str, str]
"""A text and its label."""


@dataclass
class Fold:
    """One training and its test.

    Attributes:
        train: What is learnt from; no out-of-scope example among them.
        test: In-scope examples that were not learnt from.
        outside: Out-of-scope questions to ask as well.
    """

    train: list[Labelled] = field(default_factory=list)
    test: list[Labelled] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def deal(examples: Iterable[Labelled], count: int) -> list[Fold]:
    """Every example is in one fold's test (or outside) and in no other's; labels are spread evenly.

    Raises:
        ValueError: when `count` is below 2.
    """
    folds = []
    for learn, ask in deal_all(examples, count):
        folds.append(
            Fold(
                [row for row in learn if row[1] != OUT_OF_SCOPE],
                [row for row in ask if row[1] != OUT_OF_SCOPE],
                [text for text, label in ask if label == OUT_OF_SCOPE],
            )
        )
    return folds


def deal_all(examples: Iterable[Labelled], count: int) -> list[tuple[list[Labelled], list[Labelled]]]:
    """What to learn from and what to ask, once a fold, with the out-of-scope examples as a label like any other.

    Raises:
        ValueError: when `count` is below 2.
    """
    if count < 2:
        raise ValueError(f"{count} fold(s): at least 2 are needed")
    ordered = [(text, label) for label, texts in _by_label(examples).items() for text in texts]
    return [
        (
            [row for place, row in enumerate(ordered) if place % count != number],
            [row for place, row in enumerate(ordered) if place % count == number],
        )
        for number in range(count)
    ]


def thin_out(examples: Iterable[Labelled], most: int, fewest: int = 6) -> list[Labelled]:
    """About `most` in-scope examples, of each label the same share but never below `fewest`; all that are out of scope.

    Args:
        examples: All there are.
        most: How many to keep about; 0 keeps all.
        fewest: A label's examples are not thinned out below this number.
    """
    grouped = _by_label(examples)
    inside = sum(len(texts) for label, texts in grouped.items() if label != OUT_OF_SCOPE)
    share = min(1.0, most / max(inside, 1)) if most > 0 else 1.0
    kept: list[Labelled] = []
    for label, texts in grouped.items():
        count = len(texts) if label == OUT_OF_SCOPE else max(fewest, round(len(texts) * share))
        kept.extend((text, label) for text in texts[:count])
    return kept


def _by_label(examples: Iterable[Labelled]) -> dict[str, list[str]]:
    """The texts of each label, each once, in an order that depends on nothing but their words."""
    grouped: dict[str, set[str]] = {}
    for text, label in examples:
        grouped.setdefault(label, set()).add(text)
    return {label: sorted(grouped[label], key=_shuffled) for label in sorted(grouped)}


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
