"""A matrix in bands is factorised, solved and cut as a whole one is, with the same bytes on any number of processors."""

import os

import numpy as np
import pytest

from bot.nlu.topics.lower_triangle import BAND, LowerTriangle

# Two whole bands and a part of one.
ROWS = 2 * BAND + 100


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    points = np.random.default_rng(1).normal(size=(ROWS, 40))
    return (points @ points.T / 40 + np.eye(ROWS)).astype(np.float32).astype(np.float64)


def in_bands(matrix: np.ndarray) -> LowerTriangle:
    return LowerTriangle.of(len(matrix), lambda rows: matrix[rows, : rows.stop])


def factor_of(matrix: np.ndarray) -> LowerTriangle:
    """In double precision, of a matrix rounded to single."""
    factor = in_bands(matrix).in_double()
    factor.factorise()
    return factor


def test_the_factor_is_that_of_the_whole_matrix(matrix):
    assert factor_of(matrix).corner(0) == pytest.approx(np.linalg.cholesky(matrix), abs=1e-10)


def test_what_is_solved_for_gives_the_right_hand_sides_again(matrix):
    sides = np.random.default_rng(2).normal(size=(ROWS, 70))

    assert matrix @ factor_of(matrix).solve(sides) == pytest.approx(sides, abs=1e-9)


@pytest.mark.parametrize("start", [0, 3, BAND, BAND + 1, ROWS - 1])
def test_a_corner_is_that_of_the_whole_factor(matrix, start):
    factor = factor_of(matrix)

    assert np.array_equal(factor.corner(start), factor.corner(0)[start:, start:])


def test_any_number_of_processors_gives_the_same_bytes(matrix, monkeypatch):
    def bands(processors: int) -> list[bytes]:
        monkeypatch.setattr(os, "cpu_count", lambda: processors)
        factor = in_bands(matrix)
        factor.factorise()
        return [band.tobytes() for band in [*factor.bands, factor.solve(np.eye(ROWS, 70, dtype=np.float32))]]

    assert bands(1) == bands(2) == bands(5)


def test_a_matrix_that_is_not_positive_definite_is_refused_with_the_row(matrix):
    broken = matrix.copy()
    broken[BAND + 7, BAND + 7] = -1

    with pytest.raises(ValueError, match=f"at row {BAND + 8}: raise the ridge"):
        factor_of(broken)
