"""`bot check --data`: examples of `data/nlu` that teach the wrong thing, each with its file and a remedy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.encoder import SentenceEncoder
from bot.nlu.encoder_graph import cached_graph
from bot.nlu.encoder_weights import WrongEncoderWeights
from bot.nlu.features import ExampleSpace
from bot.nlu.kernel_ridge import solve
from bot.nlu.ngrams import words_of
from bot.nlu.normalise import normalise
from bot.nlu.topic_model import Encoder
from bot.nlu.topic_training import TrainingSettings
from bot.nlu.training_data import Example, read_examples
from bot.nlu.vector_store import StoredVectors

PROJECT = Path(__file__).parent.parent
SAME = 0.95
Vector = np.ndarray[Any, Any]
# A left-out prediction so far in favour of another label is a wrong label more often than a hard example.
FAR_AHEAD = 0.45
FEWEST_EXAMPLES = 25
CONTRAST_FROM = 0.80


@dataclass(frozen=True)
class DataFault:
    """Something to look at in the examples.

    Attributes:
        kind: "duplicate", "nearer_to_another", "no_contrast" or "few_examples".
        file, label, text: Where it stands.
        remedy: What to do.
    """

    kind: str
    file: str
    label: str
    text: str
    remedy: str

    def __str__(self) -> str:
        """One line for the terminal."""
        return f"{self.file}  {self.label}  {self.text!r}\n    {self.remedy}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print every finding; 0 when there are none, 1 when there are, 2 when the examples cannot be read."""
    parser = argparse.ArgumentParser(prog="bot check --data", description=__doc__)
    parser.add_argument("--data", type=Path, default=PROJECT / "data" / "nlu")
    parser.add_argument("--encoder", type=Path, default=PROJECT / "models" / "encoder", help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    try:
        graph = cached_graph(arguments.encoder)
        # The last training has left the vectors of most examples there.
        faults = check_examples(arguments.data, StoredVectors(SentenceEncoder(graph), graph.with_suffix(".npz")))
    except (FileNotFoundError, WrongEncoderWeights) as problem:
        print(f"bot check --data: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    for found in faults:
        print(found)  # noqa: T201 – a command line prints
    print(f"{len(faults)} finding(s) in the examples")  # noqa: T201
    return 1 if faults else 0


def check_examples(folder: Path, encoder: Encoder) -> list[DataFault]:
    """All findings of a folder of examples.

    Raises:
        FileNotFoundError: when it holds none.
    """
    examples = [example for example in read_examples(folder) if normalise(example.text)]
    texts = [normalise(example.text) for example in examples]
    labels = sorted({example.label for example in examples})
    classes = np.array([labels.index(example.label) for example in examples])
    space, grams = ExampleSpace.fit(texts, encoder.encode(texts))
    nearest, closeness = np.empty(len(space), int), np.empty(len(space))
    for rows in space.blocks():
        others = np.where(classes[rows, None] == classes[None], -1, space.cosine(rows))
        nearest[rows], closeness[rows] = others.argmax(axis=1), others.max(axis=1)
    settings = TrainingSettings()
    left_out = solve(space.kernel(grams), classes, settings.ridge, settings.balance).left_out
    return [
        *_duplicates(examples, nearest, closeness),
        *_nearer_to_another(examples, labels, classes, left_out),
        *_without_contrast(examples, labels, classes, nearest, closeness),
        *_few(examples, labels),
    ]


def _duplicates(examples: Sequence[Example], nearest: Vector, closeness: Vector) -> list[DataFault]:
    """Examples of two labels with the same words, or the same meaning."""
    faults = []
    first_with: dict[tuple[str, ...], Example] = {}
    for row, example in enumerate(examples):
        words = tuple(words_of(example.text))
        if not words:
            continue
        other = first_with.setdefault(words, example)
        if other.label == example.label:
            if closeness[row] < SAME or nearest[row] > row:
                continue
            other = examples[nearest[row]]
        remedy = f"says the same as {other.text!r} of {other.label} ({other.file}): keep one of the two"
        faults.append(DataFault("duplicate", *_place(example), remedy))
    return faults


def _nearer_to_another(
    examples: Sequence[Example], labels: Sequence[str], classes: Vector, left_out: Vector
) -> list[DataFault]:
    own = left_out[np.arange(len(classes)), classes]
    best = left_out.argmax(axis=1)
    lead = left_out.max(axis=1) - own
    rows = [row for row in np.argsort(-lead, kind="stable") if best[row] != classes[row] and lead[row] >= FAR_AHEAD]
    return [
        DataFault(
            "nearer_to_another",
            *_place(examples[row]),
            f"reads like {labels[best[row]]}: move it there, or add examples like it and contrasts to both",
        )
        for row in rows
    ]


def _without_contrast(
    examples: Sequence[Example], labels: Sequence[str], classes: Vector, nearest: Vector, closeness: Vector
) -> list[DataFault]:
    """Labels none of whose examples lies near another label's: the border between them was never drawn."""
    faults = []
    for number in range(len(labels)):
        members = np.flatnonzero(classes == number)
        row = members[closeness[members].argmax()]
        if closeness[row] < CONTRAST_FROM:
            other = examples[nearest[row]]
            remedy = f"is the nearest to {other.label} ({other.text!r}), yet far: write pairs that differ in one word"
            faults.append(DataFault("no_contrast", *_place(examples[row]), remedy))
    return faults


def _few(examples: Sequence[Example], labels: Sequence[str]) -> list[DataFault]:
    faults = []
    for label in labels:
        own = [example for example in examples if example.label == label]
        if len(own) < FEWEST_EXAMPLES:
            remedy = f"{len(own)} examples: write at least {FEWEST_EXAMPLES}, in different words"
            faults.append(DataFault("few_examples", own[0].file, label, own[0].text, remedy))
    return faults


def _place(example: Example) -> tuple[str, str, str]:
    return example.file, example.label, example.text


if __name__ == "__main__":
    sys.exit(main())
