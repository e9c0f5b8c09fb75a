"""The closed forms agree with training again without the example, or without its class."""

import numpy as np
import pytest

from bot.nlu.topics.kernel_ridge import Solution
from bot.nlu.topics.kernel_ridge import solve as solve_triangle
from bot.nlu.topics.lower_triangle import LowerTriangle


@pytest.fixture
def problem():
    points = np.random.default_rng(1).normal(size=(30, 4)).astype(np.float32)
    return (points @ points.T + 1).astype(np.float32), np.arange(30) % 3


def solve(kernel: np.ndarray, *arguments, **options) -> Solution:
    triangle = LowerTriangle.of(len(kernel), lambda rows: kernel[rows, : rows.stop])
    return solve_triangle(triangle, *arguments, **options)


def predict(kernel, classes, kept, row):
    weights = solve(kernel[np.ix_(kept, kept)], classes[kept], 0.5).weights
    return kernel[row, kept] @ weights


def test_a_left_out_prediction_is_that_of_a_model_without_the_example(problem):
    kernel, classes = problem
    kept = np.arange(1, 30)

    expected = predict(kernel, classes, kept, 0)
    assert expected == pytest.approx(solve(kernel, classes, 0.5).left_out[0], abs=1e-4)


def test_a_class_left_out_is_predicted_by_a_model_that_never_saw_it(problem):
    kernel, classes = problem
    kept = np.flatnonzero(classes != 2)

    expected = predict(kernel, classes, kept, 2)
    assert expected == pytest.approx(solve(kernel, classes, 0.5).class_left_out[2, :2], abs=1e-4)


def test_held_out_predictions_of_the_last_examples_are_those_of_all(problem):
    kernel, classes = problem
    last = np.arange(12, 30)
    all_of_them, some = solve(kernel, classes, 0.5), solve(kernel, classes, 0.5, judged_from=12)

    assert some.weights == pytest.approx(all_of_them.weights, abs=1e-5)
    assert some.left_out == pytest.approx(all_of_them.left_out[last], abs=1e-4)


def test_a_class_among_the_last_examples_is_left_out_as_among_all(problem):
    kernel, classes = problem
    order = np.argsort(classes == 2, kind="stable")
    kernel, classes = kernel[np.ix_(order, order)].copy(), classes[order]
    all_of_them, some = solve(kernel, classes, 0.5), solve(kernel, classes, 0.5, judged_from=20)

    assert some.class_left_out == pytest.approx(all_of_them.class_left_out[20:], abs=1e-4)


def test_a_kernel_that_is_none_is_refused():
    with pytest.raises(ValueError, match="raise the ridge"):
        solve(-np.eye(4, dtype=np.float32), np.array([0, 1, 0, 1]), 0.1)
