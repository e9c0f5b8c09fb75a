"""The trained topic classifier: what a text means, how sure that is, and whether it means anything we know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from bot.conversation.understanding import Candidate, intent_of
from bot.nlu.topics.calibration import Logistic, Sharpness
from bot.nlu.topics.features import ExampleSpace
from bot.nlu.topics.open_set import open_set_numbers
from bot.nlu.topics.predictions import Prediction
from bot.nlu.vectors.beside import beside_or_now
from bot.nlu.words.spelling import SpellingCorrector

MOST_CANDIDATES = 5
# The product's own label of sentences that only set the scene. No topic and never a candidate: it keeps them from
# looking like danger signs, which are the only other statements that are trained.
BACKGROUND = "background"
NO_BACKGROUND = ("", np.zeros(0, int))
# The intent of danger signs: whether the example that a text is likest to is one of them is evidence beside the scores.
DANGER = "red_flag"
NO_DANGER = np.zeros(0, int)
OPEN_SET_NUMBERS = 4
# So few texts go through the weights one by one: for several together BLAS first packs all of the weights anew, and
# rounds otherwise.
FEW = 16
# BLAS rounds as it does for all labels where they are a multiple of 16.
LABELS_AT_A_TIME = 16
# What the reading as written counts beside the reading with its spelling mended.
AS_WRITTEN = 0.35


class Encoder(Protocol):
    """What gives a text its vectors."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (texts, 2, 384)."""


# Texts -> their scores and numbers, as `TopicModel.scores` gives them.
Score = Callable[[Sequence[str]], tuple[np.ndarray, np.ndarray]]


class TopicModel:
    """A trained classifier; see `topic_training` for how it comes about and `topic_storage` for how it is kept.

    Attributes:
        labels: In alphabetical order.
        space: The training examples.
        weights: (examples, labels), for likeness of meaning.
        gram_weights: (columns, labels), for that of words and letters; in half precision, as it is stored.
        sharpness: Turns scores into probabilities.
        open_set: Turns `open_set_numbers` into the probability of being known.
        speller: Towards the training words.
        background: The label of what only sets the scene, "" where there is none, and the rows of its examples.
        danger: (examples,) whether an example is a danger sign.
    """

    def __init__(
        self,
        encoder: Encoder,
        labels: Sequence[str],
        space: ExampleSpace,
        weights: np.ndarray,
        gram_weights: np.ndarray,
        sharpness: Sharpness,
        open_set: Logistic,
        speller: SpellingCorrector,
        background: tuple[str, np.ndarray] = NO_BACKGROUND,
        danger: np.ndarray = NO_DANGER,
    ) -> None:
        """Put the parts together."""
        self.encoder, self.labels, self.space = encoder, tuple(labels), space
        # A label's weights side by side: a text goes through them in half of the time.
        self.weights = np.asfortranarray(weights, np.float32)
        self.gram_weights = gram_weights.astype(np.float16)
        self.sharpness = sharpness
        self.open_set, self.speller, self.background = open_set, speller, background
        self.danger = np.zeros(len(space), bool)
        self.danger[danger] = True
        # Rows by number: picking them by truth values takes four times as long, with every text.
        self._danger_rows, self._other_rows = np.flatnonzero(self.danger), np.flatnonzero(~self.danger)
        self._topics = np.array([label != background[0] for label in self.labels])
        intents = [intent_of(label) for label in self.labels]
        names = sorted(set(intents))
        self._intent = np.array([names.index(name) for name in intents])
        self._members = (self._intent[None] == np.arange(len(names))[:, None]).astype(np.float64)

    def predict(
        self, texts: Sequence[str], score: Score | None = None, correct: Callable[[str], str] | None = None
    ) -> list[Prediction]:
        """What each text means; a misspelt one is read as written and as corrected, and the two are averaged.

        Args:
            texts: Normalised.
            score: Scores texts as `scores` does, and knows some already; the model's own when None.
            correct: Mends spelling as `speller` does, and knows some of the texts already; the speller when None.
        """
        if not texts:
            return []
        corrected = list(map(correct or self.speller.correct, texts))
        changed = [row for row, text in enumerate(texts) if corrected[row] != text]
        scores, numbers = (score or self.scores)([*texts, *(corrected[row] for row in changed)])
        for place, row in enumerate(changed, start=len(texts)):
            scores[row] = AS_WRITTEN * scores[row] + (1 - AS_WRITTEN) * scores[place]
            numbers[row] = AS_WRITTEN * numbers[row] + (1 - AS_WRITTEN) * numbers[place]
        known = self.open_set(numbers[: len(texts), :OPEN_SET_NUMBERS])
        leads = numbers[: len(texts), OPEN_SET_NUMBERS]
        scores = scores[: len(texts)]
        background = self.sharpness.probabilities(scores)[:, ~self._topics].sum(axis=1)
        probabilities = np.zeros_like(scores)
        probabilities[:, self._topics] = self.sharpness.probabilities(scores[:, self._topics])
        by_intent = (probabilities @ self._members.T)[:, self._intent]
        likeliest = by_intent == by_intent.max(axis=1, keepdims=True)
        best = np.argsort(-(probabilities + likeliest), axis=1, kind="stable")[:, :1]
        rest = np.argsort(-probabilities, axis=1, kind="stable")[:, :MOST_CANDIDATES]
        predictions = []
        for row in range(len(texts)):
            first = int(best[row, 0])
            columns = [first, *(column for column in rest[row].tolist() if column != first)][:MOST_CANDIDATES]
            candidates = tuple(Candidate(self.labels[column], float(probabilities[row, column])) for column in columns)
            told = float(known[row]), float(by_intent[row, first]), float(background[row]), float(leads[row])
            predictions.append(Prediction(candidates, *told))
        return predictions

    def scores(self, texts: Sequence[str], encoder: Encoder | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Scores (texts, labels) of the texts as they are written; open-set numbers and the lead of danger (texts, 5).

        Args:
            texts: Normalised.
            encoder: One that knows some of the vectors already; the model's own when None.
        """
        encoder = encoder or self.encoder
        scores: list[np.ndarray] = []
        numbers: list[np.ndarray] = []
        for start in range(0, len(texts), 256):
            some = texts[start : start + 256]
            kernel, cosine = self.space.meaning(encoder.encode(some))
            # Meanwhile n-grams are looked up, which is Python's work.
            of_meaning = beside_or_now(self._of_meaning, kernel, is_beside=len(some) == 1)
            of_grams = np.stack([self._of_grams(text) for text in some])
            scores.append(of_meaning.result() + of_grams)
            numbers.append(np.column_stack([self.open_set_numbers(scores[-1], cosine), self._danger_leads(kernel)]))
        return np.concatenate(scores), np.concatenate(numbers)

    def _of_meaning(self, kernel: np.ndarray) -> np.ndarray:
        """The scores (texts, labels) that likeness of meaning gives; `kernel` is (texts, examples)."""
        if len(kernel) > FEW:
            return kernel @ self.weights
        found = np.empty((len(kernel), self.weights.shape[1]), np.float32)
        # Some labels' weights at a time: they stay in the processor's cache until the last text.
        for start in range(0, found.shape[1], LABELS_AT_A_TIME):
            some = slice(start, start + LABELS_AT_A_TIME)
            for row, of_text in enumerate(kernel):
                found[row, some] = of_text @ self.weights[:, some]
        return found

    def _of_grams(self, text: str) -> np.ndarray:
        """The scores (labels,) that likeness of words and letters adds."""
        columns, values = self.space.grams_of(text)
        found: np.ndarray = values @ self.gram_weights[columns].astype(np.float32)
        return found

    def _danger_leads(self, kernel: np.ndarray) -> np.ndarray:
        """`Prediction.danger_lead` of each text; 0 where there are no danger signs, or nothing else.

        Args:
            kernel: (texts, examples).
        """
        rows, others = self._danger_rows, self._other_rows
        if not (len(rows) and len(others)):
            return np.zeros(len(kernel))
        leads: np.ndarray = kernel.take(rows, axis=1).max(axis=1) - kernel.take(others, axis=1).max(axis=1)
        return leads

    def open_set_numbers(self, scores: np.ndarray, cosine: np.ndarray) -> np.ndarray:
        """The numbers of `open_set.open_set_numbers`, in which likeness to the background counts for nothing.

        Args:
            scores: (texts, labels).
            cosine: (texts, examples), overwritten.
        """
        cosine[:, self.background[1]] = -1
        return open_set_numbers(scores[:, self._topics], cosine)
