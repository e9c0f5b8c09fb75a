"""Turns scores into probabilities that mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STARTING_BASE = 3.0
LONGEST_STEP, SMALLEST_STEP = 2.0, 1e-6


@dataclass(frozen=True)
class Sharpness:
    """Turns scores into probabilities; the best score says how much a lead is worth.

    Attributes:
        base, slope: The scores are multiplied by e^(base + slope * best score).
    """

    base: float
    slope: float = 0.0

    def probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Probabilities along the last axis of (texts, labels)."""
        return _softmax(scores * self._factor(scores)[:, None])

    def _factor(self, scores: np.ndarray) -> np.ndarray:
        return np.exp(np.clip(self.base + self.slope * scores.max(axis=1), -5, 7))

    @classmethod
    def fit(cls, scores: np.ndarray, classes: np.ndarray) -> Sharpness:
        """The one whose probabilities fit held-out predictions best: least log loss, by Fisher scoring."""
        scores = scores.astype(np.float64)
        rows = np.arange(len(classes))
        features = np.column_stack([np.ones(len(scores)), scores.max(axis=1)])

        def loss(candidate: np.ndarray) -> float:
            raised = scores * cls(*candidate)._factor(scores)[:, None]
            highest = raised.max(axis=1)
            total = np.exp(raised - highest[:, None]).sum(axis=1)
            return float(np.mean(highest + np.log(total) - raised[rows, classes]))

        found, least = np.array([STARTING_BASE, 0.0]), np.inf
        for _ in range(40):
            factor = cls(*found)._factor(scores)
            chance = _softmax(scores * factor[:, None])
            expected = (chance * scores).sum(axis=1)
            spread = (chance * scores**2).sum(axis=1) - expected**2
            slope = features.T @ (factor * (expected - scores[rows, classes])) / len(scores)
            curve = (features * (factor**2 * spread)[:, None]).T @ features / len(scores) + 1e-4 * np.eye(2)
            step = np.linalg.solve(curve, slope)
            # Shortened as a whole: each number by itself would turn it another way than down.
            step *= min(1.0, LONGEST_STEP / max(np.abs(step).max(), SMALLEST_STEP))
            least = min(least, loss(found))
            # Few examples, of labels that are hard to tell apart, curve so little that a whole step overshoots.
            while (reached := loss(found - step)) > least and np.abs(step).max() >= SMALLEST_STEP:
                step = step / 2
            if reached > least:
                break
            found, least = found - step, reached
            if np.abs(step).max() < SMALLEST_STEP:
                break
        return cls(round(float(found[0]), 4), round(float(found[1]), 4))


def _softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


@dataclass(frozen=True)
class Logistic:
    """A probability from a few numbers.

    Attributes:
        weights: (numbers,).
        bias: Added to the weighted sum.
    """

    weights: np.ndarray
    bias: float

    def __call__(self, numbers: np.ndarray) -> np.ndarray:
        """Probabilities of shape (rows,) for `numbers` of shape (rows, numbers)."""
        return 1 / (1 + np.exp(-np.clip(numbers @ self.weights + self.bias, -30, 30)))

    @classmethod
    def fit(cls, numbers: np.ndarray, target: np.ndarray, importance: np.ndarray, ridge: float = 1e-3) -> Logistic:
        """Newton's method on the weighted log loss; `target` 0 or 1, `importance` sums to about one."""
        middle, spread = numbers.mean(axis=0), np.maximum(numbers.std(axis=0), 1e-6)
        rows = np.column_stack([(numbers - middle) / spread, np.ones(len(numbers))]).astype(np.float64)
        solution = np.zeros(rows.shape[1])
        for _ in range(50):
            chance = 1 / (1 + np.exp(-np.clip(rows @ solution, -30, 30)))
            slope = rows.T @ (importance * (chance - target)) + ridge * solution
            curve = (rows * (importance * chance * (1 - chance))[:, None]).T @ rows + ridge * np.eye(rows.shape[1])
            step = np.linalg.solve(curve, slope)
            solution -= step
            if np.abs(step).max() < 1e-9:
                break
        weights = solution[:-1] / spread
        return cls(np.round(weights, 6), round(float(solution[-1] - (middle * weights).sum()), 6))
