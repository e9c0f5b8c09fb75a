"""How alike a text and the training examples are: by meaning, by words and by letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from bot.nlu.topics.example_vectors import ExampleVectors
from bot.nlu.topics.lower_triangle import LowerTriangle
from bot.nlu.vectors.beside import beside_or_now
from bot.nlu.words.ngrams import LetterNgrams, NgramVectors, Row, word_ngrams
from bot.nlu.words.normalise import text_key

# Chosen by cross-validation (docs/understanding.md): how fast likeness of meaning fades, and what n-grams weigh.
MEANING_FADES = 2.0
NGRAM_WEIGHT = 0.1
BLOCK = 512
# An n-gram in a larger share of the examples is frequent.
OFTEN = 0.04


class ExampleSpace:
    """The training examples as vectors, and the likeness of other texts to them.

    Likeness of meaning is worked out against every example. That of words and letters is a plain product, so what it
    adds to the scores is kept for every n-gram (`TopicModel.gram_weights`), not for every example.

    Attributes:
        early: The encoder's third layer for each example, centred and of length one.
        last: Its last layer.
        centre: (384,) the mean of the third layer over the examples.
        words, letters: The n-grams' columns.
        keys: (examples,) which text each example is (`text_key`), so that its vectors can be used elsewhere.
    """

    def __init__(
        self,
        early: ExampleVectors,
        last: ExampleVectors,
        centre: np.ndarray,
        words: NgramVectors,
        letters: NgramVectors,
        keys: np.ndarray,
    ) -> None:
        """Take up what `fit` made."""
        self.early, self.last, self.centre = early, last, centre
        self.words, self.letters, self.keys = words, letters, keys

    @classmethod
    def fit(cls, texts: Sequence[str], encoded: np.ndarray) -> tuple[ExampleSpace, sparse.csr_matrix]:
        """Learn the centre and the n-grams from the training texts.

        Args:
            texts: The examples.
            encoded: Of the examples, as the encoder gives it.

        Returns:
            The space, and the examples' n-grams, (examples, columns), as `grams_of` gives them.
        """
        words, word_rows = NgramVectors.fit(word_ngrams, texts)
        letters, letter_rows = NgramVectors.fit(LetterNgrams(words.hashes), texts)
        centre = encoded[:, 0].mean(axis=0)
        early, last = ExampleVectors.of(_unit(encoded[:, 0] - centre)), ExampleVectors.of(encoded[:, 1])
        space = cls(early, last, centre, words, letters, np.array([text_key(text) for text in texts], np.uint64))
        rows = [space._side_by_side(*pair) for pair in zip(word_rows, letter_rows, strict=True)]
        columns, values = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        width = len(words.hashes) + len(letters.hashes)
        return space, sparse.csr_matrix((values, columns.astype(np.int32), ends), (len(texts), width))

    def __len__(self) -> int:
        """The number of examples."""
        return len(self.last)

    def meaning(self, encoded: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How near any texts are to the examples in meaning.

        Args:
            encoded: Of the texts, as the encoder gives it.

        Returns:
            The kernel, between 0 and 1, and the cosines of the last layer; both (texts, examples).
        """
        early = beside_or_now(self.early.products, _unit(encoded[:, 0] - self.centre), is_beside=len(encoded) == 1)
        cosine = self.last.products(encoded[:, 1])
        return _of_meaning(early.result(), cosine), cosine

    def grams_of(self, text: str) -> Row:
        """A text's n-grams: columns, the words' before the letters', and values.

        The products of two texts' values, summed, are between 0 and 0.2: what the kernel adds to likeness of meaning.
        """
        return self._side_by_side(self.words.row(text), self.letters.row(text))

    def _side_by_side(self, words: Row, letters: Row) -> Row:
        columns = np.concatenate([words[0], letters[0] + len(self.words.hashes)])
        return columns, np.concatenate([words[1], letters[1]]) * np.float32(NGRAM_WEIGHT**0.5)

    def blocks(self, start: int = 0) -> list[slice]:
        """The examples from one on in runs of `BLOCK`."""
        return [slice(first, min(first + BLOCK, len(self))) for first in range(start, len(self), BLOCK)]

    def kernel(self, grams: sparse.csr_matrix) -> LowerTriangle:
        """Of the examples among themselves, float32.

        Args:
            grams: Of the examples.
        """
        early, last = self.early[:], self.last[:]
        # The few n-grams that many examples have are most of a sparse product's work, and a dense one's least.
        often = np.bincount(grams.indices, minlength=grams.shape[1]) > len(self) * OFTEN
        frequent, seldom = grams[:, often].toarray(), grams[:, ~often]

        def band_of(rows: slice) -> np.ndarray:
            part = _of_meaning(early[rows] @ early[: rows.stop].T, last[rows] @ last[: rows.stop].T)
            part += frequent[rows] @ frequent[: rows.stop].T
            part += (seldom[rows] @ seldom[: rows.stop].T).toarray()
            return part

        return LowerTriangle.of(len(self), band_of)

    def meaning_among(self, places: np.ndarray) -> np.ndarray:
        """The kernel of some examples among themselves without their n-grams; (places, places) float32."""
        early, last = self.early[places], self.last[places]
        return _of_meaning(early @ early.T, last @ last.T)

    def cosine(self, rows: slice) -> np.ndarray:
        """Of some examples to all; (rows, examples)."""
        return self.last.products(self.last[rows])


def _of_meaning(early: np.ndarray, last: np.ndarray) -> np.ndarray:
    kernel = np.exp(np.float32(MEANING_FADES) * (last - 1))
    kernel += np.exp(np.float32(MEANING_FADES) * (early - 1))
    kernel *= np.float32(0.5)
    return kernel


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
