"""Which examples the calibration is made on where held-out predictions of all would take as long as the training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Up to so many examples all are taken. Beyond, so many of each kind: a handful of numbers is found from them.
ALL_UNTIL, ENOUGH = 4_000, 3_000


@dataclass(frozen=True)
class CalibrationSample:
    """An order of the examples in which those that calibrate come last.

    Attributes:
        order: (examples,) old places in the new order.
        first: The new place of the first that calibrates.
        single: (examples - first,) whether one stands for all examples, held out by itself.
        whole: (examples - first,) whether one stands for its class, which is held out: all of it calibrates.
    """

    order: np.ndarray
    first: int
    single: np.ndarray
    whole: np.ndarray


def calibration_sample(
    classes: np.ndarray, is_name: np.ndarray, enough: int = ENOUGH, all_until: int = ALL_UNTIL
) -> CalibrationSample:
    """Examples evenly from all, and every example of some classes, evenly from all classes of the usual size.

    Args:
        classes: (examples,) class numbers from 0, in ascending order.
        is_name: (examples,) which are no questions but a label's name: they stand for nothing and are held out with
            their class.
        enough: How many of each kind.
        all_until: Up to so many examples all are taken, in the order they have.
    """
    count = len(classes)
    single = whole = np.ones(count, bool)
    if count > all_until:
        single = np.zeros(count, bool)
        single[np.linspace(0, count - 1, enough).astype(int)] = True
        whole = np.isin(classes, _whole_classes(np.bincount(classes), enough))
    last = single | whole
    order = np.argsort(last, kind="stable")
    first = int(count - last.sum())
    return CalibrationSample(order, first, (single & ~is_name)[order][first:], (whole & ~is_name)[order][first:])


def _whole_classes(sizes: np.ndarray, enough: int) -> np.ndarray:
    usual = np.flatnonzero(sizes <= 2 * np.median(sizes))
    wanted = min(len(usual), max(1, round(enough / sizes[usual].mean())))
    return usual[np.linspace(0, len(usual) - 1, wanted).astype(int)]
