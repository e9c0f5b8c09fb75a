"""The meanings of examples and messages as vectors, and where they are kept so that nobody encodes them twice."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.model_files import model_path
from bot.nlu.topics.topic_storage import example_vectors
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph, graph_name_hash
from bot.nlu.words.normalise import normalise, text_key

Vectors = np.ndarray[Any, Any]
_PART = 64
_LATELY = 5000


class Meanings:
    """Vectors of texts: those of the model's examples come from its archive, others are encoded once and kept.

    Encoding all examples would take a minute of a processor that patients need.
    """

    def __init__(self, project: Path) -> None:
        """Keep them in `var/cache` of the project, by encoder; the encoder is loaded when it is first needed."""
        self._project = project
        self._file = project / "var" / "cache" / f"meanings-{graph_name_hash()[:12]}.npz"
        self._encoder: SentenceEncoder | None = None
        self._known: dict[int, Vectors] | None = None
        self._model = ""
        self._lately: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A row of length one for each text; nothing is kept."""
        with self._lock:
            if self._encoder is None:
                self._encoder = SentenceEncoder(cached_graph(self._project / "models" / "encoder"))
            rows: Vectors = self._encoder.encode([normalise(text) for text in texts])[:, 1]
        return rows

    def remembered(self, texts: Sequence[str]) -> Vectors:
        """The same for patients' messages: their rows stay in memory alone, and not for ever."""
        lately = self._lately
        rows = {text: row for text in texts if (row := lately.get(text)) is not None}
        new = [text for text in dict.fromkeys(texts) if text not in rows]
        for start in range(0, len(new), _PART):
            part = new[start : start + _PART]
            rows.update(zip(part, self.encode(part), strict=True))
        # Exchanged, not emptied: somebody else may be reading it.
        self._lately = rows if len(lately) > _LATELY else {**lately, **rows}
        return np.stack([rows[text] for text in texts])

    def known(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The rows of those texts that were encoded before."""
        kept = self._read()
        return {text: kept[key].astype(np.float32) for text in texts if (key := text_key(normalise(text))) in kept}

    def learn(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The rows of all the texts, kept for the next time."""
        new = self._new(texts)
        if new:
            rows = self.encode(new).astype(np.float16)
            self._keep({text_key(normalise(text)): row for text, row in zip(new, rows, strict=True)})
        return self.known(texts)

    @property
    def are_current(self) -> bool:
        """Whether the examples of this very model have been learnt: then a start has nothing to do."""
        self._read()
        return self._model == model_path(self._project).name

    def take_from_model(self) -> None:
        """Know what the trained model was made from; a second at most, and once for each model."""
        name = model_path(self._project).name
        self._read()
        if self._model != name and (found := self._of_the_model()):
            self._keep(found, name)

    def learn_all(self, texts: Sequence[str]) -> int:
        """Know all examples: from the model's archive, and what stands in none by encoding; how many were encoded.

        In small parts, so that who asks meanwhile need not wait for the end.
        """
        self.take_from_model()
        new = self._new(texts)
        for start in range(0, len(new), _PART):
            self.learn(new[start : start + _PART])
        self._keep({}, model_path(self._project).name)
        return len(new)

    def _new(self, texts: Sequence[str]) -> list[str]:
        kept = self._read()
        return [text for text in dict.fromkeys(texts) if text_key(normalise(text)) not in kept]

    def _of_the_model(self) -> dict[int, Vectors]:
        try:
            return example_vectors(model_path(self._project))
        except ValueError:
            # Not trained yet, or by an older version: then they are encoded.
            return {}

    def _read(self) -> dict[int, Vectors]:
        if self._known is None:
            try:
                with self._file.open("rb") as file, np.load(file) as kept:
                    self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))
                    self._model = str(kept["model"])
            # Missing, of an older version, or cut short by a full disk.
            except (OSError, ValueError, KeyError, EOFError, BadZipFile):
                self._known = {}
        return self._known

    def _keep(self, more: dict[int, Vectors], model: str = "") -> None:
        known = {**self._read(), **more}
        if not known or (not more and model == self._model):
            return
        self._known, self._model = known, model or self._model
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_name(f".meanings.{threading.get_native_id()}.npz")
        keys, rows = np.array(list(known), np.uint64), np.stack(list(known.values()))
        np.savez(fresh, keys=keys, rows=rows, model=np.array(self._model))
        fresh.replace(self._file)
