"""The product's own examples, each predicted by a model that was not shown it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.conversation.understanding import intent_of
from bot.evaluation.scores import share
from bot.evaluation.settings import as_configured
from bot.nlu.topics.predictions import Prediction
from bot.nlu.topics.remembering_encoder import RememberingEncoder
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_training import train
from bot.nlu.training_data import read_examples
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.words.normalise import normalise
from bot.nlu.words.plain_words import PLAIN_WORDS, PlainWords
from bot.project import PROJECT


def cross_validate(folder: Path, folds: int, encoder: SentenceEncoder) -> dict[str, Any]:
    """Every example predicted by a model that was not shown it; examples are dealt out evenly over each label.

    Raises:
        FileNotFoundError: when the folder holds no examples.
        UnusableTable: when config.yml does not name the classifier.
    """
    settings, thresholds = as_configured(PROJECT / "config.yml")
    plain = PlainWords.read(PLAIN_WORDS)
    remembering = RememberingEncoder(encoder)
    examples = sorted({(example.label, normalise(example.text)) for example in read_examples(folder)})
    fold = np.arange(len(examples)) * 7919 % len(examples) % folds
    texts, labels = [text for _, text in examples], [label for label, _ in examples]
    found: dict[int, Prediction] = {}
    for number in range(folds):
        kept, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        shown = [texts[i] for i in kept], [labels[i] for i in kept]
        model = train(*shown, remembering, encoder.tokenizer.is_word, settings, plain=plain)
        found.update(zip(held.tolist(), model.predict([texts[i] for i in held]), strict=True))
    shipped = thresholds.for_labels(labels, settings.own_out_of_scope)
    return _cross_validation_report(labels, [found[row] for row in range(len(labels))], shipped)


def _cross_validation_report(
    labels: Sequence[str], predictions: Sequence[Prediction], thresholds: Thresholds
) -> dict[str, Any]:
    decisions = [thresholds.decide(found.known, found.intent_confidence) for found in predictions]
    right = [found.label == label for found, label in zip(predictions, labels, strict=True)]
    pairs = Counter(
        (label, found.label) for label, found in zip(labels, predictions, strict=True) if found.label != label
    )
    by_label: dict[str, list[bool]] = {}
    for label, hit in zip(labels, right, strict=True):
        by_label.setdefault(label, []).append(hit)
    accepted = [hit for hit, decision in zip(right, decisions, strict=True) if decision == "accept"]
    return {
        "questions": len(labels),
        "accuracy_closed": share(right),
        "accuracy_of_intents": share(
            intent_of(found.label) == intent_of(label) for found, label in zip(predictions, labels, strict=True)
        ),
        "accuracy_of_accepted": share(accepted),
        "accepted": share(decision == "accept" for decision in decisions),
        "offered": share(decision == "offer" for decision in decisions),
        "refused": share(decision == "refuse" for decision in decisions),
        "in_first_three": share(
            label in [candidate.label for candidate in found.candidates[:3]]
            for label, found in zip(labels, predictions, strict=True)
        ),
        "by_label": {
            label: {"examples": len(hits), "accuracy": share(hits)} for label, hits in sorted(by_label.items())
        },
        "confused": [[*pair, count] for pair, count in pairs.most_common(20)],
    }
