"""How alike a text and the training examples are: by meaning, by words and by letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from bot.nlu.ngrams import NgramVectors, letter_ngrams, word_ngrams

# Chosen by cross-validation (docs/understanding.md): how fast likeness of meaning fades, and what letters weigh.
MEANING_FADES = 2.0
NGRAM_WEIGHT = 0.2
BLOCK = 512


@dataclass(frozen=True)
class Likeness:
    """Texts against training examples.

    Attributes:
        kernel: (texts, examples), between 0 and 1.2; 1.2 for equal texts.
        cosine: (texts, examples), of the encoder's last layer.
    """

    kernel: np.ndarray
    cosine: np.ndarray


class ExampleSpace:
    """The training examples as vectors, and the likeness of other texts to them.

    Attributes:
        vectors: (examples, 2, 384) float16: the encoder's third layer, centred and of length one, and its last.
        centre: (384,) the mean of the third layer over the examples.
        words, letters: The n-gram vectors' columns.
        word_rows, letter_rows: (examples, columns).
    """

    def __init__(
        self,
        vectors: np.ndarray,
        centre: np.ndarray,
        words: NgramVectors,
        letters: NgramVectors,
        word_rows: sparse.csr_matrix,
        letter_rows: sparse.csr_matrix,
    ) -> None:
        """Take up what `fit` made."""
        self.vectors, self.centre = vectors.astype(np.float16), centre
        self.words, self.letters = words, letters
        # Rounded as they are stored: a model just trained and the same one loaded must answer alike.
        self.word_rows, self.letter_rows = _rounded(word_rows), _rounded(letter_rows)
        wide = self.vectors.astype(np.float32)
        self._early, self._last = np.ascontiguousarray(wide[:, 0]), np.ascontiguousarray(wide[:, 1])
        both = sparse.hstack([self.word_rows, self.letter_rows], format="csr") * np.float32(NGRAM_WEIGHT / 2)
        self._ngrams = both.T.tocsr()

    @classmethod
    def fit(cls, texts: Sequence[str], encoded: np.ndarray) -> ExampleSpace:
        """Learn the centre and the n-grams from the training texts; `encoded` as the encoder gives it."""
        words, letters = NgramVectors.fit(word_ngrams, texts), NgramVectors.fit(letter_ngrams, texts)
        centre = encoded[:, 0].mean(axis=0)
        vectors = np.stack([_unit(encoded[:, 0] - centre), encoded[:, 1]], axis=1)
        return cls(vectors, centre, words, letters, words.transform(texts), letters.transform(texts))

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.vectors)

    def likeness(self, texts: Sequence[str], encoded: np.ndarray) -> Likeness:
        """Of any texts; `encoded` as the encoder gives it for them."""
        ngrams = sparse.hstack([self.words.transform(texts), self.letters.transform(texts)], format="csr")
        return self._likeness(_unit(encoded[:, 0] - self.centre), encoded[:, 1], ngrams)

    def blocks(self) -> list[slice]:
        """The examples in runs of `BLOCK`."""
        return [slice(start, min(start + BLOCK, len(self))) for start in range(0, len(self), BLOCK)]

    def own(self, rows: slice) -> Likeness:
        """Some examples against all."""
        ngrams = sparse.hstack([self.word_rows[rows], self.letter_rows[rows]], format="csr")
        return self._likeness(self._early[rows], self._last[rows], ngrams)

    def _likeness(self, early: np.ndarray, last: np.ndarray, ngrams: sparse.csr_matrix) -> Likeness:
        cosine = last @ self._last.T
        kernel = np.exp(MEANING_FADES * (cosine - 1))
        kernel += np.exp(MEANING_FADES * (early @ self._early.T - 1))
        kernel *= 0.5
        kernel += (ngrams @ self._ngrams).toarray()
        return Likeness(kernel, cosine)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _rounded(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.csr_matrix((rows.data.astype(np.float16).astype(np.float32), rows.indices, rows.indptr), rows.shape)
