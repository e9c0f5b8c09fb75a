"""What the examples of `data/nlu` already say about a message: the same, or nearly the same under another label."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.data_quality import CONTRAST_FROM, SAME
from bot.nlu.encoder import SentenceEncoder
from bot.nlu.encoder_graph import cached_graph
from bot.nlu.ngrams import words_of
from bot.nlu.normalise import normalise
from bot.nlu.training_data import Example

Vectors = np.ndarray[Any, Any]
SHOWN = 6
_LIKELY = 120
_PART = 64
_LATELY = 5000


@dataclass(frozen=True)
class Neighbour:
    """An example and how near it is in meaning, from 0 to 1."""

    example: Example
    likeness: float

    @property
    def is_same(self) -> bool:
        """Whether it says the same thing."""
        return self.likeness >= SAME


@dataclass(frozen=True)
class Neighbourhood:
    """The nearest examples of a proposed one, the nearest first.

    Attributes:
        own: Of the label it shall get.
        others: Of other labels, as far as they are near enough to be confused.
        compared, examples: How many examples were compared, of how many.
    """

    own: tuple[Neighbour, ...]
    others: tuple[Neighbour, ...]
    compared: int
    examples: int

    @property
    def duplicates(self) -> tuple[Neighbour, ...]:
        """Examples of its own label that say the same: one more teaches nothing."""
        return tuple(neighbour for neighbour in self.own if neighbour.is_same)

    @property
    def conflicts(self) -> tuple[Neighbour, ...]:
        """Examples of other labels that say the same, or are nearer than all of its own."""
        nearest = self.own[0].likeness if self.own else 0.0
        return tuple(n for n in self.others if n.is_same or n.likeness > nearest)


class Meanings:
    """Vectors of examples, kept in memory and on disk: encoding thousands of them takes a minute or more."""

    def __init__(self, project: Path) -> None:
        """Keep them in `var/cache` of the project; the encoder is loaded when it is first needed."""
        self._file = project / "var" / "cache" / "meanings.npz"
        self._encoder_folder = project / "models" / "encoder"
        self._encoder: SentenceEncoder | None = None
        self._known: dict[str, Vectors] | None = None
        self._lately: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A row of length one for each text; nothing is kept."""
        with self._lock:
            if self._encoder is None:
                self._encoder = SentenceEncoder(cached_graph(self._encoder_folder))
            rows: Vectors = self._encoder.encode([normalise(text) for text in texts])[:, 1]
        return rows

    def remembered(self, texts: Sequence[str]) -> Vectors:
        """The same for patients' messages: their rows stay in memory alone, and not for ever."""
        if len(self._lately) > _LATELY:
            self._lately.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._lately]
        for start in range(0, len(new), _PART):
            part = new[start : start + _PART]
            self._lately.update(zip(part, self.encode(part), strict=True))
        return np.stack([self._lately[text] for text in texts])

    def known(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The rows of those texts that were encoded before."""
        kept = self._read()
        return {text: kept[key] for text in texts if (key := _key(text)) in kept}

    def learn(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The rows of all the texts, kept for the next time."""
        new = [text for text in dict.fromkeys(texts) if _key(text) not in self._read()]
        if new:
            rows = self.encode(new)
            kept = {**self._read(), **{_key(text): row for text, row in zip(new, rows, strict=True)}}
            self._known = kept
            self._write(kept)
        return self.known(texts)

    def learn_all(self, texts: Sequence[str]) -> None:
        """Encode whatever is new, in small parts, so that who asks meanwhile need not wait for the end."""
        new = [text for text in dict.fromkeys(texts) if _key(text) not in self._read()]
        for start in range(0, len(new), _PART):
            self.learn(new[start : start + _PART])

    def _read(self) -> dict[str, Vectors]:
        if self._known is None:
            try:
                with np.load(self._file) as kept:
                    self._known = dict(zip(kept["keys"].tolist(), kept["rows"].astype(np.float32), strict=True))
            except (OSError, ValueError, KeyError):
                self._known = {}
        return self._known

    def _write(self, known: dict[str, Vectors]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_name(f".meanings.{threading.get_native_id()}.npz")
        np.savez(fresh, keys=np.array(list(known)), rows=np.stack(list(known.values())).astype(np.float16))
        fresh.replace(self._file)


def _key(text: str) -> str:
    return hashlib.sha256(normalise(text).encode()).hexdigest()[:24]


def neighbourhood(text: str, label: str, examples: Sequence[Example], meanings: Meanings) -> Neighbourhood:
    """The examples nearest to a message that shall become an example of `label`.

    Compared are the examples whose meaning is known already, and those that share the most words and letters with the
    message; the console learns all meanings in the background.
    """
    likely = _alike_in_letters(text, examples)
    rows = {**meanings.known([example.text for example in examples]), **meanings.learn([e.text for e in likely])}
    (own,) = meanings.encode([text])
    words = words_of(text)
    compared = [example for example in examples if example.text in rows]
    likeness = np.stack([rows[example.text] for example in compared]) @ own if compared else np.empty(0)
    found = [
        Neighbour(example, 1.0 if words_of(example.text) == words else round(float(value), 3))
        for example, value in zip(compared, likeness, strict=True)
    ]
    found.sort(key=lambda neighbour: -neighbour.likeness)
    same = [neighbour for neighbour in found if neighbour.example.label == label]
    others = [n for n in found if n.example.label != label and n.likeness >= CONTRAST_FROM]
    return Neighbourhood(tuple(same[:SHOWN]), tuple(others[:SHOWN]), len(compared), len(examples))


def _alike_in_letters(text: str, examples: Sequence[Example]) -> list[Example]:
    wanted = _pieces(text)
    scored = [(len(wanted & have) / len(wanted | have), n) for n, e in enumerate(examples) if (have := _pieces(e.text))]
    return [examples[number] for _, number in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:_LIKELY]]


def _pieces(text: str) -> frozenset[str]:
    plain = f" {normalise(text)} "
    return frozenset(plain[start : start + 3] for start in range(len(plain) - 2)) | frozenset(words_of(text))
