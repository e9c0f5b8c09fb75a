"""Word and letter n-grams of a text, weighted by how telling they are (TF-IDF)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from scipy import sparse

_WORD = re.compile(r"\w+(?:'\w+)?")


def words_of(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def word_ngrams(text: str) -> list[str]:
    """Single words and pairs of neighbours."""
    words = words_of(text)
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def letter_ngrams(text: str) -> list[str]:
    """Two to five neighbouring letters within words, the words' ends marked by a space."""
    grams: list[str] = []
    for word in words_of(text):
        padded = f" {word} "
        for size in (2, 3, 4, 5):
            if size >= len(padded):
                grams.append(padded)
                break
            grams.extend(padded[start : start + size] for start in range(len(padded) - size + 1))
    return grams


class NgramVectors:
    """TF-IDF vectors over the n-grams seen in training: sparse, of length one.

    Attributes:
        column: N-gram -> column.
        weights: The inverse document frequency of every column; shape (columns,).
    """

    def __init__(self, grams_of: Callable[[str], list[str]], grams: Sequence[str], weights: np.ndarray) -> None:
        """Take up vectors as `fit` made them; `weights` in the order of `grams`."""
        self.grams_of = grams_of
        self.column = {gram: column for column, gram in enumerate(grams)}
        self.weights = weights.astype(np.float32)

    @classmethod
    def fit(cls, grams_of: Callable[[str], list[str]], texts: Sequence[str]) -> NgramVectors:
        """Count in how many texts every n-gram occurs."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(set(grams_of(text)))
        grams = sorted(counts)
        weights = [math.log((1 + len(texts)) / (1 + counts[gram])) + 1 for gram in grams]
        return cls(grams_of, grams, np.array(weights))

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row a text, of length one (or zero when nothing is known); shape (texts, columns)."""
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            found = Counter(column for gram in self.grams_of(text) if (column := self.column.get(gram)) is not None)
            row = [(1 + math.log(count)) * float(self.weights[column]) for column, count in found.items()]
            length = math.sqrt(sum(value * value for value in row)) or 1.0
            indices.extend(found)
            values.extend(value / length for value in row)
            ends.append(len(indices))
        shape = (len(texts), len(self.column))
        return sparse.csr_matrix((np.array(values, np.float32), np.array(indices, np.int32), np.array(ends)), shape)
