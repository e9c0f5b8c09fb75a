"""Two tables of labelled questions, from anywhere: one is learnt, the other predicted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from bot.evaluation.scores import Scores, score
from bot.evaluation.settings import as_configured
from bot.labelled_table import read_table
from bot.nlu.topics.predictions import Prediction
from bot.nlu.topics.topic_model import TopicModel
from bot.nlu.topics.topic_training import train
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.words.normalise import normalise
from bot.nlu.words.plain_words import PLAIN_WORDS, PlainWords
from bot.project import PROJECT


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
    shipped = thresholds.for_labels(model.labels, settings.own_out_of_scope)
    began = time.process_time()
    with threadpool_limits(limits=1):
        predictions = predict_all(model, [text for text, _ in questions])
    ms = (time.process_time() - began) * 1000 / len(questions)
    return score([label for _, label in questions], predictions, oos_label, ms, train_s, shipped)


def predict_all(model: TopicModel, texts: Sequence[str]) -> list[Prediction]:
    """What each text means, read one by one as the product reads them."""
    return [model.predict([normalise(text) or " "])[0] for text in texts]
