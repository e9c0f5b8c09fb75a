"""Word and letter n-grams of a text, weighted by how telling they are (TF-IDF)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np

# Columns and values of a text's n-grams.
Row = tuple[np.ndarray, np.ndarray]
_WORD = re.compile(r"\w+(?:'\w+)?")


def words_of(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


def word_ngrams(text: str) -> np.ndarray:
    """The hashes of single words and pairs of neighbours; uint32."""
    words = words_of(text)
    return _hashes(words + [f"{first} {second}" for first, second in pairwise(words)])


class LetterNgrams:
    """The hashes of two to five neighbouring letters within words, the words' ends marked by a space; uint32.

    Words come again and again, in what is read of one message above all. Those of the training texts are taken apart
    once; any other, which may be a patient's name, is taken apart anew and does not stay.
    """

    def __init__(self, trained: np.ndarray) -> None:
        """Keep what words are made of whose hash is among `trained`, which ascend."""
        self._trained = trained.astype(np.uint32)
        self._kept: dict[str, np.ndarray] = {}

    def __call__(self, text: str) -> np.ndarray:
        """Of a text, one word after the other."""
        words = words_of(text)
        return np.concatenate([self._of_word(word) for word in words]) if words else np.zeros(0, np.uint32)

    def _of_word(self, word: str) -> np.ndarray:
        if (kept := self._kept.get(word)) is not None:
            return kept
        found = _letters_of_word(word)
        (number,) = _hashes([word])
        place = self._trained.searchsorted(number)
        if place < len(self._trained) and self._trained[place] == number:
            self._kept[word] = found
        return found


def _letters_of_word(word: str) -> np.ndarray:
    padded = f" {word} "
    grams: list[str] = []
    for size in (2, 3, 4, 5):
        if size >= len(padded):
            grams.append(padded)
            break
        grams.extend(padded[start : start + size] for start in range(len(padded) - size + 1))
    return _hashes(grams)


def _hashes(grams: Sequence[str]) -> np.ndarray:
    return np.array([crc32(gram.encode()) for gram in grams], np.uint32)


class NgramVectors:
    """TF-IDF vectors over the n-grams seen in training: sparse, of length one.

    The n-grams are kept as 32-bit hashes: 70,000 strings would take 30 times the memory, and one pair in 60,000 meets.

    Attributes:
        hashes: Of the n-grams, ascending; the place of one is its column; shape (columns,).
        weights: The inverse document frequency of every column; shape (columns,).
    """

    def __init__(self, grams_of: Callable[[str], np.ndarray], hashes: np.ndarray, weights: np.ndarray) -> None:
        """Take up vectors as `fit` made them; `grams_of` gives the hashes of a text's n-grams."""
        self.grams_of = grams_of
        self.hashes, self.weights = hashes.astype(np.uint32), weights.astype(np.float32)

    @classmethod
    def fit(cls, grams_of: Callable[[str], np.ndarray], texts: Sequence[str]) -> tuple[NgramVectors, list[Row]]:
        """Count in how many texts every n-gram occurs; also gives the texts' rows, so that none is read twice."""
        found = [_counted(grams_of(text)) for text in texts]
        every = np.concatenate([hashes for hashes, _ in found]) if found else np.zeros(0, np.uint32)
        hashes, counts = np.unique(every, return_counts=True)
        vectors = cls(grams_of, hashes, np.log((1 + len(texts)) / (1 + counts)) + 1)
        return vectors, [vectors._weighted(*grams) for grams in found]

    def row(self, text: str) -> Row:
        """Columns and values of one text; the values' squares sum to one, or there are none."""
        return self._weighted(*_counted(self.grams_of(text)))

    def _weighted(self, hashes: np.ndarray, counts: np.ndarray) -> Row:
        columns: np.ndarray = np.minimum(self.hashes.searchsorted(hashes), max(len(self.hashes) - 1, 0))
        known = self.hashes[columns] == hashes if len(self.hashes) else np.zeros(len(hashes), bool)
        columns = columns[known]
        values = (1 + np.log(counts[known])) * self.weights[columns]
        return columns, (values / (math.sqrt(float(values @ values)) or 1.0)).astype(np.float32)


def _counted(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different hashes, ascending, and how often each occurs."""
    return np.unique(hashes, return_counts=True)
