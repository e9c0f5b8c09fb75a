"""The lower triangle of a large symmetric matrix in bands of rows, and its Cholesky factor in the same place.

It takes half the memory of the whole matrix. Every piece is worked out by BLAS on one thread, and as many pieces side
by side as there are processors: the numbers do not depend on how many that are, and a processor that others need holds
up nobody. BLAS's own threads wait for each other at every step, and spin meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from scipy.linalg import lapack, solve_triangular
from threadpoolctl import threadpool_limits

# Rows of a band, and right-hand sides that are solved for together: fixed, since others would round otherwise.
BAND, SIDES = 256, 32
# What goes through all examples takes some 120 MB on each thread.
MOST_AT_ONCE = 4
Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """What `work` makes of each item, on up to `MOST_AT_ONCE` threads, BLAS on one in each of them."""
    with threadpool_limits(limits=1, user_api="blas"), _threads(MOST_AT_ONCE) as threads:
        return list(threads.map(work, items))


def _threads(most: int | None = None) -> ThreadPoolExecutor:
    processors = os.cpu_count() or 1
    return ThreadPoolExecutor(min(processors, most or processors), thread_name_prefix="triangle")


class LowerTriangle:
    """A symmetric matrix, or after `factorise` the lower triangle L of which it is LL'.

    Attributes:
        bands: `BAND` rows each, from the first column to the last row's own. What is right of the diagonal has no
            meaning in the matrix and is 0 in the factor.
    """

    def __init__(self, bands: Sequence[np.ndarray]) -> None:
        """Take up bands, which `factorise` overwrites."""
        self.bands = list(bands)

    @classmethod
    def of(cls, count: int, band_of: Callable[[slice], np.ndarray]) -> LowerTriangle:
        """Ask for every band, side by side; kept in single precision.

        Args:
            count: The matrix's rows.
            band_of: Makes the band of some rows, (rows, rows.stop).
        """
        every = [slice(at, min(at + BAND, count)) for at in range(0, count, BAND)]
        sizes = [(rows.stop - rows.start) * rows.stop for rows in every]
        # In one piece: bands between what is only needed to make them would leave as much memory unused.
        cut = np.split(np.empty(sum(sizes), np.float32), np.cumsum(sizes)[:-1])
        bands = [part.reshape(-1, rows.stop) for part, rows in zip(cut, every, strict=True)]

        def fill(place: int) -> None:
            bands[place][:] = band_of(every[place])

        side_by_side(fill, range(len(every)))
        return cls(bands)

    def __len__(self) -> int:
        """The number of rows."""
        return sum(map(len, self.bands))

    def in_double(self) -> LowerTriangle:
        """The same in double precision."""
        return LowerTriangle([band.astype(np.float64) for band in self.bands])

    def add_to_diagonal(self, values: np.ndarray) -> None:
        """Add (rows,) values."""
        for place, band in enumerate(self.bands):
            rows = np.arange(len(band))
            band[rows, place * BAND + rows] += values[place * BAND + rows]

    def factorise(self) -> None:
        """Put the factor in the matrix's place.

        Raises:
            ValueError: when the matrix is not positive definite.
        """
        with threadpool_limits(limits=1, user_api="blas"), _threads() as threads:
            for place in range(len(self.bands)):
                self._finish_columns(place, threads)

    def _finish_columns(self, place: int, threads: ThreadPoolExecutor) -> None:
        """The columns of one band's diagonal, in this and all later bands; those before are finished."""
        own, start = self.bands[place], place * BAND
        columns = slice(start, start + len(own))

        def on_diagonal() -> np.ndarray:
            block = own[:, columns]
            block -= own[:, :start] @ own[:, :start].T
            invert, factorise = (
                (lapack.dtrtri, lapack.dpotrf) if block.dtype == np.float64 else (lapack.strtri, lapack.spotrf)
            )
            factor, failed = factorise(block, lower=1, clean=1)
            if failed:
                raise ValueError(f"the kernel is not positive definite at row {start + failed}: raise the ridge")
            block[:] = factor
            inverse: np.ndarray = invert(factor, lower=1)[0].T
            return inverse

        # Begun before the others, which wait for it with their last step.
        diagonal = threads.submit(on_diagonal)

        def below(band: np.ndarray) -> None:
            block = band[:, columns]
            block -= band[:, :start] @ own[:, :start].T
            block[:] = block @ diagonal.result()

        list(threads.map(below, self.bands[place + 1 :]))
        diagonal.result()

    def solve(self, sides: np.ndarray) -> np.ndarray:
        """What the matrix of this factor makes `sides` of; both (rows, columns)."""
        parts = [sides[:, at : at + SIDES] for at in range(0, sides.shape[1], SIDES)]
        return np.concatenate(side_by_side(self._solve_some, parts), axis=1)

    def _solve_some(self, sides: np.ndarray) -> np.ndarray:
        found = np.array(sides, self.bands[0].dtype)
        for place, band in enumerate(self.bands):
            start = place * BAND
            rows = slice(start, start + len(band))
            found[rows] -= band[:, :start] @ found[:start]
            found[rows] = solve_triangular(band[:, start:], found[rows], lower=True)
        for place, band in reversed(list(enumerate(self.bands))):
            start = place * BAND
            rows = slice(start, start + len(band))
            found[rows] = solve_triangular(band[:, start:], found[rows], lower=True, trans=1)
            found[:start] -= band[:, :start].T @ found[rows]
        return found

    def corner(self, start: int) -> np.ndarray:
        """The last rows and columns from one on as a square; 0 right of the diagonal."""
        square = np.zeros((len(self) - start,) * 2, self.bands[0].dtype)
        for place, band in enumerate(self.bands):
            first = max(start, place * BAND)
            rows = band[first - place * BAND :, start:]
            if len(rows) and rows.shape[1]:
                square[first - start : first - start + len(rows), : rows.shape[1]] = rows
        return np.tril(square)
