"""Deals labelled examples into folds that every compared pipeline sees alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
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
    if count < 2:
        raise ValueError(f"{count} fold(s): at least 2 are needed")
    folds = [Fold() for _ in range(count)]
    dealt = 0
    for label, texts in _by_label(examples).items():
        for text in texts:
            own = dealt % count
            dealt += 1
            if label == OUT_OF_SCOPE:
                folds[own].outside.append(text)
                continue
            for number, fold in enumerate(folds):
                (fold.test if number == own else fold.train).append((text, label))
    return folds


def thin_out(examples: Sequence[Labelled], most: int, fewest: int = 8) -> list[Labelled]:
    """About `most` examples, of every label the same share, but never fewer than `fewest` where there are that many."""
    if most <= 0 or len(set(examples)) <= most:
        return list(examples)
    grouped = _by_label(examples)
    share = most / sum(len(texts) for texts in grouped.values())
    kept: list[Labelled] = []
    for label, texts in grouped.items():
        kept.extend((text, label) for text in texts[: max(fewest, round(len(texts) * share))])
    return kept


def _by_label(examples: Iterable[Labelled]) -> dict[str, list[str]]:
    """The texts of each label, each once, in an order that depends on nothing but their words."""
    grouped: dict[str, set[str]] = {}
    for text, label in examples:
        grouped.setdefault(label, set()).add(text)
    return {label: sorted(grouped[label], key=_shuffled) for label in sorted(grouped)}


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
