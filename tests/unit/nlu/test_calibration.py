"""Confidences mean what they say on questions that were not shown."""

import numpy as np
import pytest

from bot.bench.scores import calibration_error
from bot.nlu.calibration import Sharpness


@pytest.fixture
def held_out():
    """Scores as the classifier gives them: a high best score is right more often, and a lead is worth less there."""
    chance = np.random.default_rng(3)
    true = Sharpness(3.2, -1.5)
    scores = chance.normal(0.1, 0.12, (20_000, 8)) + chance.uniform(0, 0.9, (20_000, 1)) * (np.arange(8) == 0)
    cumulated = true.probabilities(scores).cumsum(axis=1)
    classes = (cumulated < chance.uniform(0, 1, (20_000, 1))).sum(axis=1).clip(0, 7)
    return true, scores, classes


def test_the_sharpness_that_made_the_answers_is_found_again(held_out):
    true, scores, classes = held_out
    found = Sharpness.fit(scores, classes)

    assert (true.base, true.slope) == pytest.approx((found.base, found.slope), abs=0.15)


def test_fitted_probabilities_are_as_sure_as_they_are_right(held_out):
    _, scores, classes = held_out
    probabilities = Sharpness.fit(scores, classes).probabilities(scores)

    hits = (probabilities.argmax(axis=1) == classes).tolist()
    assert calibration_error(probabilities.max(axis=1).tolist(), hits) < 0.02
