"""Confidences mean what they say on questions that were not shown."""

from pathlib import Path

import numpy as np
import pytest

from bot.bench.scores import calibration_error
from bot.nlu.topics.calibration import Sharpness
from bot.nlu.topics.topic_training import train
from bot.nlu.training_data import read_examples

NLU = Path(__file__).parents[3] / "data" / "nlu"
# Five examples of each topic to learn from, five to be asked.
HALVES = slice(0, 9, 2), slice(1, 10, 2)


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


def test_few_examples_of_many_topics_make_nobody_too_sure(encoder):
    by_topic = {}
    for example in read_examples(NLU):
        by_topic.setdefault(example.label, []).append(example.text)
    topics = {label: texts for label, texts in by_topic.items() if label != "out_of_scope" and len(texts) > 9}
    shown, held = ([(text, label) for label in topics for text in topics[label][half]] for half in HALVES)

    model = train(*zip(*shown, strict=True), encoder, encoder.tokenizer.is_word)
    found = model.predict([text for text, _ in held])

    hits = [prediction.label == label for prediction, (_, label) in zip(found, held, strict=True)]
    assert calibration_error([prediction.confidence for prediction in found], hits) < 0.15
