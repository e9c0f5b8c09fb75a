"""What an example reads like when it is left out, estimated from a trained model's weights."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.topics.features import ExampleSpace
from bot.nlu.topics.kernel_ridge import solve
from bot.nlu.topics.left_out import Examples, estimated_leads, exact_leads
from bot.nlu.topics.topic_training import TrainingSettings
from bot.nlu.training_data import read_examples
from bot.nlu.words.normalise import normalise

PROJECT = Path(__file__).parents[3]
SETTINGS = TrainingSettings()
MISPLACED = "how long do the needles stay in for each visit"


@pytest.fixture(scope="module")
def examples(encoder) -> Examples:
    """Some 900 of the product's own examples, one of them put under the wrong label."""
    rows = [e for e in read_examples(PROJECT / "data" / "nlu") if e.label.startswith("ask_") and len(e.text) < 60][::6]
    texts = [MISPLACED, *(normalise(row.text) for row in rows)]
    names = sorted({row.label for row in rows})
    classes = np.array([names.index("ask_qi"), *(names.index(row.label) for row in rows)])
    encoded = encoder.encode(texts)
    space, grams = ExampleSpace.fit(texts, encoded)
    return Examples(space, grams, encoded, classes)


@pytest.fixture(scope="module")
def weights(examples) -> np.ndarray:
    kernel = examples.space.kernel(examples.grams)
    return solve(kernel, examples.classes, SETTINGS.ridge, SETTINGS.balance).weights


def test_an_estimate_tells_the_misplaced_and_ranks_the_others_as_the_exact_leads_do(examples, weights):
    never = np.zeros(weights.shape[1], bool)

    exact = exact_leads(examples, SETTINGS, never)
    estimated = estimated_leads(examples, weights, SETTINGS, never, -0.5, np.zeros(len(weights), bool))

    far = exact.lead > -0.4
    assert exact.lead[0] > 0 and estimated.lead[0] > 0
    assert exact.label[0] == estimated.label[0]
    assert np.corrcoef(exact.lead[far], estimated.lead[far])[0, 1] > 0.9


def test_an_example_the_model_was_not_trained_on_has_no_lead(examples, weights):
    unseen = weights.copy()
    unseen[0] = np.nan
    never = np.zeros(weights.shape[1], bool)

    found = estimated_leads(examples, unseen, SETTINGS, never, 0.45, np.ones(len(weights), bool))

    assert found.lead[0] == -1


def test_a_label_that_is_never_predicted_is_nobodys_second_reading(examples, weights):
    never = np.zeros(weights.shape[1], bool)
    first = int(exact_leads(examples, SETTINGS, never).label[0])
    never[first] = True

    assert first not in exact_leads(examples, SETTINGS, never).label
    assert first not in estimated_leads(examples, weights, SETTINGS, never, 1.0, np.zeros(len(weights), bool)).label
