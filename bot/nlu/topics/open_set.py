"""Whether a text belongs to any of the trained labels: the numbers the open-set score is made of."""

from __future__ import annotations

import numpy as np

NEIGHBOURS = 3


def open_set_numbers(scores: np.ndarray, cosine: np.ndarray) -> np.ndarray:
    """What tells a known text from an unknown one.

    Args:
        scores: (texts, classes).
        cosine: (texts, examples), overwritten; -1 where an example must not count.

    Returns:
        (texts, 4): the best score, its lead over the second, the nearest example's cosine and the mean of the
        nearest three.
    """
    ordered = np.sort(scores, axis=1)
    top = ordered[:, -1]
    second = ordered[:, -2] if scores.shape[1] > 1 else np.zeros_like(top)
    keep = min(NEIGHBOURS, cosine.shape[1])
    cosine.partition(cosine.shape[1] - keep, axis=1)
    near = cosine[:, -keep:]
    return np.column_stack([top, top - second, near.max(axis=1), near.mean(axis=1)])
