"""Turns scores into probabilities that mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def softmax(scores: np.ndarray, sharpness: float) -> np.ndarray:
    """Probabilities along the last axis."""
    raised = np.exp(sharpness * (scores - scores.max(axis=-1, keepdims=True)))
    return raised / raised.sum(axis=-1, keepdims=True)


def best_sharpness(scores: np.ndarray, classes: np.ndarray) -> float:
    """The sharpness whose probabilities fit held-out predictions best (least log loss), by golden section."""

    def log_loss(logarithm: float) -> float:
        right = softmax(scores.astype(np.float64), float(np.exp(logarithm)))[np.arange(len(classes)), classes]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    low, high, ratio = 0.0, 5.0, (5**0.5 - 1) / 2
    for _ in range(30):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        if log_loss(first) < log_loss(second):
            high = second
        else:
            low = first
    return round(float(np.exp((low + high) / 2)), 4)


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
