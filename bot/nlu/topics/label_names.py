"""What labels are called, as examples of what they mean.

Whoever writes `exchange_rate` over three questions has given a fourth one. docs/understanding.md says what
it gains: six points of accuracy with 5 examples a label, nothing from 20 on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np

# A label of so many examples is told by them.
NAMED_BELOW = 20
_SHORTEST = 3
_SEAMS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W\d_]+")


def words_of(label: str) -> str:
    """`ask_not_in_article/cost` as "ask not in article cost", `ExchangeRate` as "exchange rate"; "" where none are."""
    words = " ".join(_SEAMS.sub(" ", label).split()).lower()
    return words if len(words) >= _SHORTEST else ""


def with_names(
    texts: Sequence[str], names: Sequence[str], classes: np.ndarray, nameless: Collection[str]
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The examples with one more for each label of few: its name.

    Args:
        texts: The examples, by class.
        names: The labels.
        classes: (examples,) class numbers, ascending.
        nameless: Labels whose names say nothing of what their examples mean.

    Returns:
        Texts, class numbers, ascending as before, and which of the texts are names.
    """
    added = [
        (number, words)
        for number, (name, size) in enumerate(zip(names, np.bincount(classes), strict=True))
        if size < NAMED_BELOW and name not in nameless and (words := words_of(name))
    ]
    numbers = np.concatenate([classes, np.array([number for number, _ in added], classes.dtype)])
    order = np.argsort(numbers, kind="stable")
    everything = [*texts, *(words for _, words in added)]
    return [everything[place] for place in order], numbers[order], order >= len(texts)
