"""The numbers that tell a known text from an unknown one."""

import numpy as np
import pytest

from bot.nlu.topics.open_set import GROUP, open_set_numbers


@pytest.mark.parametrize("examples", [1, 2, 3, GROUP, 3 * GROUP - 1, 3 * GROUP, 3 * GROUP + 1, 20 * GROUP + 7])
def test_the_nearest_three_are_found_among_any_number_of_examples(examples):
    random = np.random.default_rng(examples)
    scores = random.random((4, 5)).astype(np.float32)
    # Many are alike, so that the nearest share a value.
    cosine = np.round(random.random((4, examples)), 2).astype(np.float32)

    numbers = open_set_numbers(scores, cosine)

    nearest = np.sort(cosine, axis=1)[:, -3:]
    assert np.array_equal(numbers[:, 2], nearest[:, -1])
    assert np.allclose(numbers[:, 3], nearest.mean(axis=1), atol=1e-6)
    assert np.array_equal(numbers[:, 0], scores.max(axis=1))


def test_of_examples_as_near_as_each_other_all_count():
    cosine = np.zeros((1, 5 * GROUP), np.float32)
    cosine[0, [0, 1, 2]] = 0.9, 0.8, 0.7

    assert np.allclose(open_set_numbers(np.zeros((1, 1), np.float32), cosine)[0, 2:], [0.9, 0.8])
