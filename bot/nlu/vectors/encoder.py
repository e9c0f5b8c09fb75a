"""The sentence encoder: turns a text into vectors whose direction is its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bot.nlu.vectors.beside import beside
from bot.nlu.vectors.one_thread import one_thread_session
from bot.nlu.vectors.wordpiece import WordPiece

WIDTH = 384
LONGEST = 128
SHARE = 64


class SentenceEncoder:
    """all-MiniLM-L6-v2 in int8 on one thread.

    Texts are encoded one by one: the graph rounds its numbers by the largest of a batch, so a text would otherwise
    get another vector in other company.
    """

    def __init__(self, graph: Path | bytes) -> None:
        """Load the graph written by `encoder_graph`; from a file it takes 25 MB less than from bytes.

        Raises:
            ValueError: when the file is not such a graph.
        """
        self._session = one_thread_session(graph if isinstance(graph, bytes) else str(graph))
        vocabulary = self._session.get_modelmeta().custom_metadata_map.get("vocabulary")
        if not vocabulary:
            raise ValueError(f"{graph if isinstance(graph, Path) else 'the graph'} is not an encoder of this product")
        self.tokenizer = WordPiece(vocabulary.split("\n"))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of the third and of the last layer, the last of length one; float32 of shape (texts, 2, 384).

        Equal texts are encoded once; several are shared out among two threads, which does not change a vector.
        """
        unique = list(dict.fromkeys(texts))
        if len(unique) > 2 * SHARE:
            shares = [unique[start : start + SHARE] for start in range(0, len(unique), SHARE)]
            with ThreadPoolExecutor(2) as threads:
                vectors = np.concatenate(list(threads.map(self._encode, shares)))
        elif len(unique) > 1:
            half = len(unique) // 2
            others = beside(self._encode, unique[:half])
            vectors = self._encode(unique[half:])
            vectors = np.concatenate([others.result(), vectors])
        else:
            vectors = self._encode(unique)
        if len(unique) == len(texts):
            return vectors
        place = {text: row for row, text in enumerate(unique)}
        return vectors[[place[text] for text in texts]]

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.empty((len(texts), 2, WIDTH), np.float32)
        for row, text in enumerate(texts):
            ids = np.array([self.tokenizer.encode(text, LONGEST)], np.int64)
            vectors[row] = self._session.run(["vectors"], {"ids": ids})[0].reshape(2, WIDTH)
        vectors[:, 1] /= np.maximum(np.linalg.norm(vectors[:, 1], axis=1, keepdims=True), 1e-12)
        return vectors
