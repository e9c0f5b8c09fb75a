"""What the examples of `data/nlu` already say about a message: the same, or nearly the same under another label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.checking.examples import CONTRAST_FROM, SAME
from bot.curation.meanings import Meanings
from bot.nlu.training_data import Example
from bot.nlu.words.ngrams import words_of
from bot.nlu.words.normalise import normalise

SHOWN = 6
_LIKELY = 120


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


def neighbourhood(text: str, label: str, examples: Sequence[Example], meanings: Meanings) -> Neighbourhood:
    """The examples nearest to a message that shall become an example of `label`.

    Compared are the examples whose meaning is known already, and those that share the most words and letters with the
    message. Those of the trained model are known from its archive.
    """
    meanings.take_from_model()
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
