"""How alike a text and the training examples are: by meaning, by words and by letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bot.nlu.ngrams import NgramVectors, letter_ngrams, word_ngrams
from bot.nlu.normalise import text_key

# Chosen by cross-validation (docs/understanding.md): how fast likeness of meaning fades, and what n-grams weigh.
MEANING_FADES = 2.0
NGRAM_WEIGHT = 0.1
BLOCK = 512
# BLAS copies the larger matrix before it multiplies two; for so few vectors one by one is faster (measured).
AS_SINGLE_VECTORS = 2


@dataclass(frozen=True)
class Likeness:
    """Texts against training examples.

    Attributes:
        kernel: (texts, examples), between 0 and 1.2; 1.2 for equal texts.
        cosine: (texts, examples), of the encoder's last layer.
    """

    kernel: np.ndarray
    cosine: np.ndarray


class Postings:
    """In which examples every n-gram stands, and how much it counts there.

    Attributes:
        ends: (columns + 1,) where a column's entries begin and end.
        examples, values: (entries,) the examples' numbers, and the weighted TF-IDF values.
        count: The number of examples.
    """

    def __init__(self, ends: np.ndarray, examples: np.ndarray, values: np.ndarray, count: int) -> None:
        """Take up what `of` made."""
        self.ends, self.examples, self.count = ends.astype(np.int32), examples.astype(np.uint16), count
        # Rounded as they are stored: a model just trained and the same one loaded must answer alike.
        self.values = values.astype(np.float16).astype(np.float32)

    @classmethod
    def of(cls, rows: sparse.csr_matrix) -> Postings:
        """From one row an example."""
        columns = rows.tocsc()
        columns.sort_indices()
        return cls(columns.indptr, columns.indices, columns.data, rows.shape[0])

    def likeness(self, columns: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Of one text to every example; (examples,)."""
        starts, lengths = self.ends[columns], self.ends[columns + 1] - self.ends[columns]
        before = np.cumsum(lengths) - lengths
        entries = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        return np.bincount(self.examples[entries], np.repeat(values, lengths) * self.values[entries], self.count)

    def matrix(self) -> sparse.csr_matrix:
        """One row an n-gram; (columns, examples)."""
        return sparse.csr_matrix(
            (self.values, self.examples.astype(np.int32), self.ends), (len(self.ends) - 1, self.count)
        )


class ExampleSpace:
    """The training examples as vectors, and the likeness of other texts to them.

    Attributes:
        early: (examples, 384) the encoder's third layer, centred and of length one.
        last: (examples, 384) its last layer; both float32, rounded to half precision as they are stored.
        centre: (384,) the mean of the third layer over the examples.
        words, letters: The n-grams' columns.
        word_postings, letter_postings: Where they stand.
        keys: (examples,) which text each example is (`text_key`), so that its vectors can be used elsewhere.
    """

    def __init__(
        self,
        early: np.ndarray,
        last: np.ndarray,
        centre: np.ndarray,
        words: NgramVectors,
        letters: NgramVectors,
        word_postings: Postings,
        letter_postings: Postings,
        keys: np.ndarray,
    ) -> None:
        """Take up what `fit` made."""
        self.early, self.last = (layer.astype(np.float16).astype(np.float32) for layer in (early, last))
        self.centre, self.words, self.letters = centre, words, letters
        self.word_postings, self.letter_postings = word_postings, letter_postings
        self.keys = keys

    @classmethod
    def fit(cls, texts: Sequence[str], encoded: np.ndarray) -> ExampleSpace:
        """Learn the centre and the n-grams from the training texts; `encoded` as the encoder gives it."""
        words, letters = NgramVectors.fit(word_ngrams, texts), NgramVectors.fit(letter_ngrams, texts)
        centre = encoded[:, 0].mean(axis=0)
        postings = Postings.of(words.transform(texts)), Postings.of(letters.transform(texts))
        keys = np.array([text_key(text) for text in texts], np.uint64)
        return cls(_unit(encoded[:, 0] - centre), encoded[:, 1], centre, words, letters, *postings, keys)

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.last)

    def likeness(self, texts: Sequence[str], encoded: np.ndarray) -> Likeness:
        """Of any texts; `encoded` as the encoder gives it for them."""
        cosine = _products(encoded[:, 1], self.last)
        kernel = _of_meaning(_products(_unit(encoded[:, 0] - self.centre), self.early), cosine)
        for row, text in enumerate(texts):
            words = self.word_postings.likeness(*self.words.row(text))
            letters = self.letter_postings.likeness(*self.letters.row(text))
            kernel[row] += NGRAM_WEIGHT * (words + letters)
        return Likeness(kernel, cosine)

    def blocks(self) -> list[slice]:
        """The examples in runs of `BLOCK`."""
        return [slice(start, min(start + BLOCK, len(self))) for start in range(0, len(self), BLOCK)]

    def kernel(self) -> np.ndarray:
        """Of the examples among themselves; (examples, examples) float32, only the upper triangle filled."""
        kernel = np.zeros((len(self), len(self)), np.float32)
        words, letters = self.word_postings.matrix(), self.letter_postings.matrix()
        rows = (sparse.vstack([words, letters], "csr") * np.float32(NGRAM_WEIGHT**0.5)).T.tocsr()
        for block in self.blocks():
            later = slice(block.start, len(self))
            part = _of_meaning(self.early[block] @ self.early[later].T, self.last[block] @ self.last[later].T)
            part += (rows[block] @ rows[later].T).toarray()
            kernel[block, later] = part
        return kernel

    def cosine(self, rows: slice) -> np.ndarray:
        """Of some examples to all; (rows, examples)."""
        return self.last[rows] @ self.last.T


def _products(few: np.ndarray, many: np.ndarray) -> np.ndarray:
    """Every vector of a message with every example's, going through the examples as seldom as BLAS can."""
    if len(few) <= AS_SINGLE_VECTORS:
        return np.stack([many @ vector for vector in few])
    return np.ascontiguousarray((many @ few.T).T)


def _of_meaning(early: np.ndarray, last: np.ndarray) -> np.ndarray:
    kernel = np.exp(np.float32(MEANING_FADES) * (last - 1))
    kernel += np.exp(np.float32(MEANING_FADES) * (early - 1))
    kernel *= np.float32(0.5)
    return kernel


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
