"""The product's topics on all examples, each read by a model that was not shown it: where it goes wrong, and how often.

The comparison with the stock pipeline may have to make do with a part of the examples; this need not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bot.bench.folds import Labelled, deal_all
from bot.evaluation.settings import as_configured
from bot.nlu.topics.remembering_encoder import RememberingEncoder
from bot.nlu.topics.topic_training import train
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph
from bot.nlu.words.plain_words import PLAIN_WORDS, PlainWords
from bot.project import PROJECT


@dataclass(frozen=True)
class Held:
    """How the product reads what it was not shown.

    Attributes:
        folds: Into how many parts the examples were dealt.
        examples: How many there are of each label.
        right: Share of each label's examples that is read rightly.
        confused: How often one label (first) is taken for another (second).
    """

    folds: int
    examples: Counter[str]
    right: dict[str, float]
    confused: Counter[tuple[str, str]]

    @property
    def accuracy(self) -> float:
        """Share of all examples read rightly."""
        total = self.examples.total()
        return 1 - self.confused.total() / total if total else 0.0


def cross_validate(examples: Sequence[Labelled], folds: int, encoder_folder: Path) -> Held:
    """Train as shipped, out-of-scope examples included, once a fold.

    Raises:
        UnusableTable: when config.yml does not name the classifier.
        WrongEncoderWeights: when the encoder's weights are missing or not the published ones.
    """
    settings, _ = as_configured(PROJECT / "config.yml")
    plain = PlainWords.read(PLAIN_WORDS)
    encoder = SentenceEncoder(cached_graph(encoder_folder))
    remembering = RememberingEncoder(encoder)
    said: list[tuple[str, str]] = []
    for learn, ask in deal_all(examples, folds):
        texts, labels = [text for text, _ in learn], [label for _, label in learn]
        model = train(texts, labels, remembering, encoder.tokenizer.is_word, settings, plain=plain)
        found = model.predict([text for text, _ in ask])
        said.extend((label, prediction.label) for (_, label), prediction in zip(ask, found, strict=True))
    return summarise(said, folds)


def summarise(said: Sequence[tuple[str, str]], folds: int) -> Held:
    """From pairs of the right label and the one that was said."""
    hits: dict[str, list[bool]] = {}
    for right, found in said:
        hits.setdefault(right, []).append(right == found)
    return Held(
        folds,
        Counter({label: len(hits[label]) for label in sorted(hits)}),
        {label: fmean(hits[label]) for label in sorted(hits)},
        Counter(pair for pair in said if pair[0] != pair[1]),
    )
