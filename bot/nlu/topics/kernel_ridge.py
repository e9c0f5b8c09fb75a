"""Kernel ridge regression in closed form, and what it predicts for examples it was not shown.

One triangular factor gives the weights, the exact leave-one-out predictions and the exact predictions for each class
with that whole class left out, so calibration needs no data of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack
from threadpoolctl import threadpool_limits

from bot.nlu.topics.lower_triangle import LowerTriangle

# Below it double precision costs little.
LARGEST_IN_DOUBLE = 4_000


@dataclass(frozen=True)
class Solution:
    """The trained weights and the held-out predictions.

    Attributes:
        weights: (examples, classes); a text's scores are its kernel row times these.
        left_out: (judged, classes); the scores of every judged example by a model trained on all others.
        class_left_out: (judged, classes); its scores by a model that never saw its class (0 for that class). They mean
            nothing for examples whose class was not judged whole.
    """

    weights: np.ndarray
    left_out: np.ndarray
    class_left_out: np.ndarray


def solve(
    kernel: LowerTriangle, classes: np.ndarray, ridge: float, balance: float = 0.0, judged_from: int = 0
) -> Solution:
    """Fit one-against-rest targets 0 and 1.

    Args:
        kernel: (examples, examples), positive semi-definite, float32; overwritten.
        classes: (examples,) class numbers from 0.
        ridge: What is added to the diagonal; above 0.
        balance: How far examples of small classes weigh more: 0 all alike, 1 every class alike.
        judged_from: Held-out predictions are made for the examples from this one on. The fewer, the sooner it is done:
            those of all take longer than the training.

    Raises:
        ValueError: when the kernel with its ridge is not positive definite.
    """
    targets = np.zeros((len(classes), int(classes.max()) + 1), np.float32)
    targets[np.arange(len(classes)), classes] = 1
    importance = targets.sum(axis=0)[classes].astype(np.float64) ** -balance
    diagonal = ridge * importance.mean() / importance
    factor = kernel.in_double() if len(classes) <= LARGEST_IN_DOUBLE else kernel
    factor.add_to_diagonal(diagonal)
    factor.factorise()
    weights = factor.solve(targets)
    # A set number of threads: another number would round otherwise.
    with threadpool_limits(limits=1, user_api="blas"):
        left_out, class_left_out = _held_out(
            factor.corner(judged_from), targets[judged_from:], weights[judged_from:], classes[judged_from:]
        )
    return Solution(weights.astype(np.float32), left_out.astype(np.float32), class_left_out.astype(np.float32))


def _held_out(
    factor: np.ndarray, targets: np.ndarray, weights: np.ndarray, classes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What the last examples get from models without them, from their own corner of the factor.

    The inverse of the whole is R'R with R the inverse of the factor, and of a lower triangle the last corner of the
    inverse is the inverse of the last corner.
    """
    invert = lapack.dtrtri if factor.dtype == np.float64 else lapack.strtri
    root, _ = invert(factor, lower=1)
    left_out = targets - weights / np.einsum("ij,ij->j", root, root)[:, None]
    class_left_out = np.zeros_like(left_out)
    for number in np.unique(classes):
        members = np.flatnonzero(classes == number)
        some = root[:, members].astype(np.float64)
        class_left_out[members] = -np.linalg.solve(some.T @ some, weights[members].astype(np.float64))
        class_left_out[members, number] = 0
    return left_out, class_left_out
