"""How far an example, left out of the training, reads like another label: exactly, or estimated from a trained model.

Exact predictions of all examples need the inverse of the whole kernel, a minute of processor time for 17,000 examples.
A trained model holds the weights, and a weight divided by its place on the inverse's diagonal is what is missing to the
target. One over that place is the ridge plus what the other examples leave open about this one. Some hundred examples,
spread over all and nearest to this one, leave open little more than all of them: 1.1 to 1.4 times as much, the same for
most. A lead so estimated was within 0.11 of the exact one for three of four examples, 0.16 for nine of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import cholesky, solve_triangular

from bot.nlu.topics.features import BLOCK, ExampleSpace
from bot.nlu.topics.kernel_ridge import solve
from bot.nlu.topics.topic_training import TrainingSettings

SPREAD, NEAREST = 400, 80
# What all examples leave open, in shares of what so many do: the middle of 1,453 examples worked out both ways at the
# ridge they are trained with (0.05); it changes with that.
ALL_BESIDE_SOME = 0.78


@dataclass(frozen=True)
class Examples:
    """Labelled examples in the space they are compared in.

    Attributes:
        space, grams: As `ExampleSpace.fit` gives them.
        encoded: (examples, 2, width) as the encoder gives it.
        classes: (examples,) numbers of labels from 0.
    """

    space: ExampleSpace
    grams: sparse.csr_matrix
    encoded: np.ndarray
    classes: np.ndarray


@dataclass(frozen=True)
class Leads:
    """What examples are taken for when they are left out.

    Attributes:
        label: (examples,) the likeliest label but the example's own.
        lead: (examples,) by how much its score is above that of the own label; below 0 where the own label wins. Where
            it was estimated, a lead far below the asked-for one is only known to be below it.
    """

    label: np.ndarray
    lead: np.ndarray


def exact_leads(examples: Examples, settings: TrainingSettings, never: np.ndarray) -> Leads:
    """From the inverse of the kernel; two thirds of n³ steps.

    Args:
        examples: All of them.
        settings: What the model is trained with.
        never: (labels,) whether a label is never predicted.
    """
    kernel = examples.space.kernel(examples.grams)
    scores = solve(kernel, examples.classes, settings.ridge, settings.balance).left_out
    own, label, best = _own_and_best(scores, examples.classes, never)
    return Leads(label, best - own)


def estimated_leads(
    examples: Examples,
    weights: np.ndarray,
    settings: TrainingSettings,
    never: np.ndarray,
    from_lead: float,
    also: np.ndarray,
) -> Leads:
    """From the weights of a model trained on these examples.

    Args:
        examples: All of them.
        weights: (examples, labels); nan in the rows of examples that the model was not trained on: they have no lead.
        settings: What the model was trained with.
        never: (labels,) whether a label is never predicted.
        from_lead: Only leads that may be as large are worked out closely,
        also: (examples,) and those of these examples.
    """
    own, label, best = _own_and_best(-weights, examples.classes, never)
    # The own label misses 1 by weight times openness, every other label misses 0 by it.
    missing = best - own
    sizes = np.bincount(examples.classes)[examples.classes].astype(float) ** settings.balance
    ridge = settings.ridge * sizes * (1 / sizes).mean()
    likeness = _likeness_to_spread(examples, ridge)
    alone = 1 + examples.grams.multiply(examples.grams).sum(axis=1).A1 - (likeness**2).sum(axis=0)
    lead = np.nan_to_num(missing * (ridge + alone) * ALL_BESIDE_SOME - 1, nan=-1.0)
    close = np.flatnonzero((lead >= from_lead) | (also & (lead > 0)))
    for row, open_about in zip(close, _openness(examples, ridge, likeness, close), strict=True):
        lead[row] = missing[row] * open_about * ALL_BESIDE_SOME - 1
    return Leads(label, lead)


def _own_and_best(
    scores: np.ndarray, classes: np.ndarray, never: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The own label's score, the best other label that can be predicted, and its score."""
    rows = np.arange(len(classes))
    others = np.where(never[None], -np.inf, scores)
    own = scores[rows, classes].copy()
    others[rows, classes] = -np.inf
    label = others.argmax(axis=1)
    return own, label, others[rows, label]


def _spread(count: int) -> np.ndarray:
    return np.linspace(0, count - 1, min(SPREAD, count)).astype(int)


def _likeness_to_spread(examples: Examples, ridge: np.ndarray) -> np.ndarray:
    """What examples spread over all say about each: columns whose products are the part of the kernel they explain."""
    chosen = _spread(len(examples.classes))
    kernel = examples.space.meaning(examples.encoded[chosen])[0].astype(np.float64)
    kernel += (examples.grams[chosen] @ examples.grams.T).toarray()
    among = kernel[:, chosen]
    among = (among + among.T) / 2
    among[np.diag_indices_from(among)] += ridge[chosen]
    columns: np.ndarray = solve_triangular(cholesky(among, lower=True), kernel, lower=True)
    # An example says nothing about itself.
    columns[:, chosen] = 0
    return columns


def _openness(examples: Examples, ridge: np.ndarray, likeness: np.ndarray, rows: np.ndarray) -> Iterator[float]:
    """The ridge plus what the spread and the nearest examples leave open, for each of `rows`."""
    space, chosen = examples.space, _spread(len(examples.classes))
    nearest = min(NEAREST, len(examples.classes) - 1)
    for first in range(0, len(rows), BLOCK):
        some = rows[first : first + BLOCK]
        cosine = space.last.products(space.last.rounded[some] * space.last.steps[some, None])
        cosine[:, chosen] = -1
        cosine[np.arange(len(some)), some] = -2
        for row, near in zip(some, np.argpartition(-cosine, nearest, axis=1)[:, :nearest], strict=True):
            places = np.append(near, row)
            grams = examples.grams[places]
            kernel = space.meaning_among(places).astype(np.float64) + (grams @ grams.T).toarray()
            if row not in chosen:
                kernel -= likeness[:, places].T @ likeness[:, places]
            kernel[np.diag_indices_from(kernel)] += ridge[places]
            yield float(cholesky(kernel, lower=True)[-1, -1]) ** 2
