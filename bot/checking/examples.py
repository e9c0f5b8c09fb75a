"""`bot check --data`: examples of `data/nlu` that teach the wrong thing, each with its file and a remedy."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.conversation.by_words.spoken import is_bare_answer
from bot.conversation.understanding import intent_of
from bot.model_files import ModelMissing, newest_whole_model
from bot.nlu.topics.features import ExampleSpace
from bot.nlu.topics.left_out import Examples, Leads, estimated_leads, exact_leads
from bot.nlu.topics.topic_model import Encoder, TopicModel
from bot.nlu.topics.topic_storage import load_archive
from bot.nlu.topics.topic_training import TrainingSettings
from bot.nlu.topics.vector_store import StoredVectors
from bot.nlu.training_data import Example, read_examples
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph
from bot.nlu.vectors.encoder_weights import WrongEncoderWeights
from bot.nlu.words.ngrams import words_of
from bot.nlu.words.normalise import normalise
from bot.project import PROJECT

SAME = 0.95
Vector = np.ndarray[Any, Any]
# A left-out prediction so far in favour of another label is a wrong label more often than a hard example.
FAR_AHEAD = 0.5
FEWEST_EXAMPLES = 25
CONTRAST_FROM = 0.80
# A label is confused when so many of its examples lie nearer to another than to the rest of its own.
CONFUSED_FROM = 0.33
# In words, the middle of a label's examples.
BARE = 3
# More examples than this are not worked out exactly where a trained model is at hand.
EXACT_UNTIL = 4_000
# Never an answer, so nothing is lost when an example reads like it; and its own examples stand near danger on purpose.
NEVER_PREDICTED = "background"
# What is told in danger's words is judged by the safety net and its tests; one that reads like something else is one
# more reason to have it, and to move it would be a danger.
DANGER = "red_flag"


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
        encoder = SentenceEncoder(graph)
        # The last training has left the vectors of most examples there.
        stored = StoredVectors(encoder, graph.with_suffix(".npz"))
        faults = check_examples(arguments.data, stored, _trained(PROJECT))
    except (FileNotFoundError, WrongEncoderWeights) as problem:
        print(f"bot check --data: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    for found in faults:
        print(found)  # noqa: T201 – a command line prints
    print(f"{len(faults)} finding(s) in the examples")  # noqa: T201
    return 1 if faults else 0


def check_examples(folder: Path, encoder: Encoder, trained: TopicModel | None = None) -> list[DataFault]:
    """All findings of a folder of examples.

    Args:
        folder: Of the examples.
        encoder: Gives the vectors.
        trained: A model of (nearly) these examples, if there is one: of many examples, what each reads like when it is
            left out is then estimated in a fifth of the time; what was written since is not judged by it.

    Raises:
        FileNotFoundError: when it holds none.
    """
    written = read_examples(folder)
    # Without a word there is nothing to compare: "???" and a row of emoji are learned by heart.
    examples = [example for example in written if words_of(normalise(example.text))]
    texts = [normalise(example.text) for example in examples]
    labels = sorted({example.label for example in examples})
    classes = np.array([labels.index(example.label) for example in examples])
    encoded = encoder.encode(texts)
    space, grams = ExampleSpace.fit(texts, encoded)
    near = _neighbours(space, classes)
    leads = _leads(Examples(space, grams, encoded, classes), labels, trained, near.closeness >= SAME)
    return [
        *_duplicates(examples, labels, near, leads),
        *_nearer_to_another(examples, labels, leads),
        *_without_contrast(examples, labels, classes, near),
        *_few(written, labels),
    ]


@dataclass(frozen=True)
class _Neighbours:
    """For each example: the nearest of another label, how near that is in meaning, and how near its own label is."""

    nearest: Vector
    closeness: Vector
    own: Vector


def _neighbours(space: ExampleSpace, classes: Vector) -> _Neighbours:
    near = _Neighbours(np.empty(len(space), int), np.empty(len(space)), np.empty(len(space)))
    for rows in space.blocks():
        cosine, same = space.cosine(rows), classes[rows, None] == classes[None]
        cosine[np.arange(len(cosine)), np.arange(rows.start, rows.stop)] = -1
        near.own[rows] = np.where(same, cosine, -1).max(axis=1)
        cosine[same] = -1
        near.nearest[rows], near.closeness[rows] = cosine.argmax(axis=1), cosine.max(axis=1)
    return near


def _trained(project: Path) -> TopicModel | None:
    """The newest trained model, None where there is none of this version."""
    try:
        return load_archive(newest_whole_model(project))
    except (ModelMissing, ValueError):
        return None


def _leads(examples: Examples, labels: Sequence[str], trained: TopicModel | None, also: Vector) -> Leads:
    settings, never = TrainingSettings(), np.array([label == NEVER_PREDICTED for label in labels])
    known = set(trained.labels) if trained else set()
    if trained is None or len(examples.classes) <= EXACT_UNTIL or not known.issuperset(labels):
        return exact_leads(examples, settings, never)
    keys, places, times = np.unique(trained.space.keys, return_index=True, return_counts=True)
    place = np.searchsorted(keys, examples.space.keys).clip(max=len(keys) - 1)
    # The same text under two labels has two weights: it is reported as a duplicate.
    is_there = (keys[place] == examples.space.keys) & (times[place] == 1)
    weights = trained.weights[places[place]][:, [trained.labels.index(label) for label in labels]]
    weights = np.where(is_there[:, None], weights, np.nan)
    return estimated_leads(examples, weights, settings, never, FAR_AHEAD, also)


def _duplicates(examples: Sequence[Example], labels: Sequence[str], near: _Neighbours, leads: Leads) -> list[DataFault]:
    """Examples of two labels with the same words, or with the same meaning.

    "Who is it for" and "who does it" lie as near to each other: such a pair is told apart as long as neither is taken
    for the other's label.
    """
    faults = []
    first_with: dict[tuple[str, ...], Example] = {}
    for row, example in enumerate(examples):
        other = first_with.setdefault(tuple(words_of(example.text)), example)
        if other.label == example.label:
            taken_for_it = leads.lead[row] > 0 and labels[leads.label[row]] == examples[near.nearest[row]].label
            if near.closeness[row] < SAME or not taken_for_it:
                continue
            other = examples[near.nearest[row]]
        remedy = f"says the same as {other.text!r} of {other.label} ({other.file}): keep one of the two"
        faults.append(DataFault("duplicate", *_place(example), remedy))
    return faults


def _nearer_to_another(examples: Sequence[Example], labels: Sequence[str], leads: Leads) -> list[DataFault]:
    rows = [row for row in np.argsort(-leads.lead, kind="stable") if leads.lead[row] >= FAR_AHEAD]
    return [
        DataFault(
            "nearer_to_another",
            *_place(examples[row]),
            f"reads like {labels[leads.label[row]]}: move it there, or add examples like it and contrasts to both",
        )
        for row in rows
        if _is_judged(examples[row])
    ]


def _is_judged(example: Example) -> bool:
    """Whether reading like another label is a fault of the example.

    "Right" and "no no no" are told apart by their words and by what was asked before
    (`bot.conversation.by_words.spoken`), whatever the classifier makes of them.
    """
    return intent_of(example.label) not in (NEVER_PREDICTED, DANGER) and not is_bare_answer(example.text)


def _without_contrast(
    examples: Sequence[Example], labels: Sequence[str], classes: Vector, near: _Neighbours
) -> list[DataFault]:
    """Labels none of whose examples lies near another label's, though many lie no nearer to their own.

    The border between them was never drawn. Where few do, there is nothing to draw; and bare words ("yes", "bad bot")
    have too little meaning to lie near anything.
    """
    faults = []
    for number in range(len(labels)):
        members = np.flatnonzero(classes == number)
        row = members[near.closeness[members].argmax()]
        bare = np.median([len(words_of(examples[member].text)) for member in members]) <= BARE
        confused = (near.closeness[members] > near.own[members]).mean()
        if not bare and near.closeness[row] < CONTRAST_FROM and confused > CONFUSED_FROM:
            other = examples[near.nearest[row]]
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
