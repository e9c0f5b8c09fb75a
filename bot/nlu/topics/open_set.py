"""Whether a text belongs to any of the trained labels: the numbers the open-set score is made of."""

from __future__ import annotations

import numpy as np

NEIGHBOURS = 3
# Examples of which the nearest is looked for first.
GROUP = 64


def open_set_numbers(scores: np.ndarray, cosine: np.ndarray) -> np.ndarray:
    """What tells a known text from an unknown one.

    Args:
        scores: (texts, classes).
        cosine: (texts, examples); -1 where an example must not count.

    Returns:
        (texts, 4): the best score, its lead over the second, the nearest example's cosine and the mean of the
        nearest three.
    """
    ordered = np.sort(scores, axis=1)
    top = ordered[:, -1]
    second = ordered[:, -2] if scores.shape[1] > 1 else np.zeros_like(top)
    near = _nearest(cosine)
    # In double precision the mean of three is the same in any order.
    mean = near.mean(axis=1, dtype=np.float64).astype(near.dtype)
    return np.column_stack([top, top - second, near[:, -1], mean])


def _nearest(cosine: np.ndarray) -> np.ndarray:
    """The largest `NEIGHBOURS` of each row, in ascending order.

    They are among the groups whose largest are largest: a tenth of the work of parting all of a row.
    """
    count = cosine.shape[1]
    width = count // GROUP
    if width < NEIGHBOURS:
        return np.sort(cosine, axis=1)[:, -NEIGHBOURS:]
    groups = cosine[:, : width * GROUP].reshape(len(cosine), GROUP, width)
    best = np.argpartition(groups.max(axis=1), width - NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
    found = [
        np.sort(np.concatenate([groups[row][:, best[row]].ravel(), cosine[row, width * GROUP :]]))[-NEIGHBOURS:]
        for row in range(len(cosine))
    ]
    return np.array(found, cosine.dtype).reshape(len(cosine), NEIGHBOURS)
