"""`bot evaluate`: trains the product's topic classifier on labelled questions and says how well it does on others."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from threadpoolctl import threadpool_limits

from bot.conversation.understanding import intent_of
from bot.labelled_table import UnusableTable, read_table
from bot.nlu.topics.remembering_encoder import RememberingEncoder
from bot.nlu.topics.topic_model import Prediction, Thresholds, TopicModel
from bot.nlu.topics.topic_training import TrainingSettings, UnusableExamples, train
from bot.nlu.training_data import read_examples
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph
from bot.nlu.vectors.encoder_weights import WrongEncoderWeights
from bot.nlu.words.normalise import normalise
from bot.nlu.words.plain_words import PlainWords
from bot.project import PROJECT

REFUSED = "(refused)"
CLASSIFIER = "bot.nlu.intent_classifier."
PLAIN_WORDS = PROJECT / "data" / "plain_words.yml"


@dataclass(frozen=True)
class Scores:
    """How well the classifier did.

    Attributes:
        accuracy_closed: Of the in-scope questions, best label, no threshold.
        accuracy: Of the in-scope questions, at the shipped threshold; a refusal is wrong.
        oos_recall: Refused share of the out-of-scope questions; None when there are none.
        mcc: Multi-class Matthews correlation at the shipped threshold over all questions.
        ms_per_question: Milliseconds of processor time, from text to decision.
        train_s: Seconds to train, encoding included.
    """

    accuracy_closed: float
    accuracy: float
    oos_recall: float | None
    mcc: float
    ms_per_question: float
    train_s: float


def main(argv: Sequence[str] | None = None) -> int:
    """Evaluate two tables, or without any the project's own examples by cross-validation; 0, or 2 when unusable."""
    arguments = _parser().parse_args(argv)
    if bool(arguments.train) != bool(arguments.test):
        print("bot evaluate: give both --train and --test, or neither", file=sys.stderr)  # noqa: T201
        return 2
    if arguments.folds < 2:
        print("bot evaluate: --folds takes a whole number from 2", file=sys.stderr)  # noqa: T201
        return 2
    try:
        encoder = SentenceEncoder(cached_graph(arguments.encoder))
        if arguments.train:
            report = asdict(evaluate_tables(arguments.train, arguments.test, arguments.oos_label, encoder))
        else:
            print(f"Training {arguments.folds} times on {arguments.data}: minutes …", file=sys.stderr)  # noqa: T201
            report = cross_validate(arguments.data, arguments.folds, encoder)
    except (UnusableTable, UnusableExamples, WrongEncoderWeights, FileNotFoundError) as fault:
        print(f"bot evaluate: {fault}", file=sys.stderr)  # noqa: T201
        return 2
    print(json.dumps(report) if arguments.json else _as_text(report))  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot evaluate", description=__doc__)
    parser.add_argument("--train", type=Path, help="CSV with the columns text,label")
    parser.add_argument("--test", type=Path, help="CSV with the columns text,label")
    parser.add_argument("--oos-label", help="the test's label of questions that belong to no trained label")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--data", type=Path, default=PROJECT / "data" / "nlu", help="examples to cross-validate")
    parser.add_argument("--folds", type=int, default=5, help="how many parts the examples are dealt into")
    parser.add_argument("--encoder", type=Path, default=PROJECT / "models" / "encoder", help=argparse.SUPPRESS)
    return parser


def evaluate_tables(train_path: Path, test_path: Path, oos_label: str | None, encoder: SentenceEncoder) -> Scores:
    """Train on one table, predict the other.

    Raises:
        UnusableTable, UnusableExamples: when a table cannot be used.
    """
    rows = read_table(train_path)
    examples = [row for row in rows if row[1] != oos_label]
    questions = read_table(test_path)
    settings, thresholds = as_configured(PROJECT / "config.yml")
    began = time.perf_counter()
    model = train(
        [text for text, _ in examples],
        [label for _, label in examples],
        encoder,
        encoder.tokenizer.is_word,
        settings,
        unknown=[text for text, label in rows if label == oos_label],
        plain=PlainWords.read(PLAIN_WORDS),
    )
    train_s = time.perf_counter() - began
    began = time.process_time()
    with threadpool_limits(limits=1):
        predictions = predict_all(model, [text for text, _ in questions])
    ms = (time.process_time() - began) * 1000 / len(questions)
    return score([label for _, label in questions], predictions, oos_label, ms, train_s, thresholds)


def as_configured(config: Path) -> tuple[TrainingSettings, Thresholds]:
    """How the product is trained, and where it refuses: the classifier's settings in config.yml over the defaults.

    Raises:
        UnusableTable: when the file does not name the classifier.
    """
    content = YAML(typ="safe").load(config.read_text(encoding="utf-8")) or {}
    chosen = [entry for entry in content.get("pipeline") or () if str(entry.get("name")).startswith(CLASSIFIER)]
    if not chosen:
        raise UnusableTable(f"{config}: the pipeline has no {CLASSIFIER}…")
    return _over(TrainingSettings(), chosen[0]), _over(Thresholds(), chosen[0])


def _over(defaults: Any, chosen: dict[str, Any]) -> Any:
    return replace(defaults, **{key: value for key, value in chosen.items() if key in asdict(defaults)})


def predict_all(model: TopicModel, texts: Sequence[str]) -> list[Prediction]:
    """What each text means, read one by one as the product reads them."""
    return [model.predict([normalise(text) or " "])[0] for text in texts]


def score(
    labels: Sequence[str],
    predictions: Sequence[Prediction],
    oos_label: str | None,
    ms: float,
    train_s: float,
    thresholds: Thresholds,
) -> Scores:
    """Compare predictions with the right labels."""
    threshold = thresholds.refuse_below
    refused = oos_label or REFUSED
    said = [found.label if found.known >= threshold else refused for found in predictions]
    inside = [row for row, label in enumerate(labels) if label != oos_label]
    outside = [row for row, label in enumerate(labels) if label == oos_label]
    return Scores(
        accuracy_closed=_share(predictions[row].label == labels[row] for row in inside) or 0.0,
        accuracy=_share(said[row] == labels[row] for row in inside) or 0.0,
        oos_recall=_share(said[row] == refused for row in outside),
        mcc=round(matthews(labels, said), 4),
        ms_per_question=round(ms, 3),
        train_s=round(train_s, 2),
    )


def matthews(right: Sequence[str], said: Sequence[str]) -> float:
    """Multi-class Matthews correlation (Gorodkin's R_K); 0 when one side names a single class."""
    total = len(right)
    hits = sum(one == other for one, other in zip(right, said, strict=True))
    rights, saids = Counter(right), Counter(said)
    above = hits * total - sum(rights[name] * saids[name] for name in saids)
    below = (total**2 - sum(count**2 for count in rights.values())) * (
        total**2 - sum(count**2 for count in saids.values())
    )
    return above / below**0.5 if below else 0.0


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
    return _cross_validation_report(labels, [found[row] for row in range(len(labels))], thresholds)


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
        "accuracy_closed": _share(right),
        "accuracy_of_intents": _share(
            intent_of(found.label) == intent_of(label) for found, label in zip(predictions, labels, strict=True)
        ),
        "accuracy_of_accepted": _share(accepted),
        "accepted": _share(decision == "accept" for decision in decisions),
        "offered": _share(decision == "offer" for decision in decisions),
        "refused": _share(decision == "refuse" for decision in decisions),
        "in_first_three": _share(
            label in [candidate.label for candidate in found.candidates[:3]]
            for label, found in zip(labels, predictions, strict=True)
        ),
        "by_label": {
            label: {"examples": len(hits), "accuracy": _share(hits)} for label, hits in sorted(by_label.items())
        },
        "confused": [[*pair, count] for pair, count in pairs.most_common(20)],
    }


def _share(hits: Iterable[bool]) -> float | None:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else None


def _as_text(report: dict[str, Any]) -> str:
    lines = [f"{name:22} {'-' if value is None else value}" for name, value in report.items() if not _is_table(value)]
    for label, row in sorted(report.get("by_label", {}).items(), key=lambda item: item[1]["accuracy"]):
        lines.append(f"{row['accuracy']:6.3f}  {row['examples']:4}  {label}")
    lines.extend(f"{count:4} x  {right}  taken for  {said}" for right, said, count in report.get("confused", ()))
    return "\n".join(lines)


def _is_table(value: object) -> bool:
    return isinstance(value, dict | list)


if __name__ == "__main__":
    sys.exit(main())
