"""The scores of texts that are read together: of one message, or of several that waited for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from bot.nlu.topics.remembering_encoder import RememberingEncoder
from bot.nlu.topics.topic_model import FEW, TopicModel


class ScoredTexts:
    """Encodes, corrects and scores every text once, for as long as it lives.

    A message is understood alike alone and in company: the scores of a few texts do not depend on one another.

    Attributes:
        correct: Mends spelling. Of a misspelt word all of the examples' words are looked through: once.
    """

    def __init__(self, model: TopicModel) -> None:
        """Score with a model."""
        self._model = model
        self._encoder = RememberingEncoder(model.encoder)
        self.correct = cache(model.speller.correct)
        self._rows: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def encode(self, text: str) -> None:
        """Encode a text that is going to be read, as it is written and as corrected."""
        self._encoder.encode(list(dict.fromkeys((text, self.correct(text)))))

    def look_up(self, messages: Iterable[Sequence[str]]) -> None:
        """Score all texts that some messages are going to be read for, as they are written and as corrected, in one go.

        The encoder, the examples and their weights, 40 MB, push each other out of the processor's caches: going
        through each once for many texts takes a good half of the time of going through all for every text.
        """
        forms: dict[str, None] = {}
        alone: dict[str, None] = {}
        for texts in messages:
            corrected = [(text, self.correct(text)) for text in dict.fromkeys(texts)]
            many = len(corrected) + sum(text != form for text, form in corrected) > FEW
            (alone if many else forms).update(dict.fromkeys(form for pair in corrected for form in pair))
        # Encoded all at once: the encoder stays in the caches until the last.
        self._encoder.encode([*forms, *(text for text in alone if text not in forms)])
        listed = list(forms)
        for start in range(0, len(listed), FEW):
            self(listed[start : start + FEW])

    def __call__(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """As `TopicModel.scores`."""
        if len(texts) > FEW:
            # Their scores are rounded by their company, which is theirs alone.
            return self._model.scores(texts, self._encoder)
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, zip(*self._model.scores(new, self._encoder), strict=True), strict=True))
        scores, numbers = zip(*(self._rows[text] for text in texts), strict=True)
        return np.stack(scores), np.stack(numbers)
