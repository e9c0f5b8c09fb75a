"""An encoder that encodes every text once, for as long as it lives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.nlu.topics.topic_model import Encoder


class RememberingEncoder:
    """Keeps every vector it has made: those of one message, or of a cross-validation on the same texts."""

    def __init__(self, encoder: Encoder) -> None:
        """Remember what `encoder` makes."""
        self._encoder = encoder
        self._vectors: dict[str, np.ndarray] = {}

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (texts, 2, 384)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])
