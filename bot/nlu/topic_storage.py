"""Keeps a trained topic classifier in a folder as JSON and npz; the same training gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import sparse

from bot.nlu.calibration import Logistic
from bot.nlu.features import ExampleSpace
from bot.nlu.ngrams import NgramVectors, letter_ngrams, word_ngrams
from bot.nlu.spelling import SpellingCorrector
from bot.nlu.topic_model import Encoder, TopicModel

FORMAT = 1
TEXTS, NUMBERS = "topics.json", "topics.npz"


def save(model: TopicModel, folder: Path) -> None:
    """Write the model into an existing folder."""
    space = model.space
    texts = {
        "format": FORMAT,
        "labels": model.labels,
        "sharpness": model.sharpness,
        "open_set": {"weights": model.open_set.weights.tolist(), "bias": model.open_set.bias},
        "word_frequencies": model.speller.frequencies,
        "words": list(space.words.column),
        "letters": list(space.letters.column),
    }
    (folder / TEXTS).write_text(json.dumps(texts, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
    np.savez_compressed(
        folder / NUMBERS,
        allow_pickle=False,
        weights=model.weights,
        vectors=space.vectors,
        centre=space.centre,
        word_weights=space.words.weights,
        letter_weights=space.letters.weights,
        **_parts("word_rows", space.word_rows),
        **_parts("letter_rows", space.letter_rows),
    )


def load(folder: Path, encoder: Encoder, is_english: Callable[[str], bool]) -> TopicModel:
    """Read a model that `save` wrote.

    Raises:
        FileNotFoundError: when a file is missing.
        ValueError: when the folder holds a model of another version of this product.
    """
    texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    if texts.get("format") != FORMAT:
        raise ValueError(f"{folder / TEXTS} has format {texts.get('format')}, expected {FORMAT}: train again")
    with np.load(folder / NUMBERS, allow_pickle=False) as numbers:
        words = NgramVectors(word_ngrams, texts["words"], numbers["word_weights"])
        letters = NgramVectors(letter_ngrams, texts["letters"], numbers["letter_weights"])
        space = ExampleSpace(
            numbers["vectors"],
            numbers["centre"],
            words,
            letters,
            _rows(numbers, "word_rows", len(words.column)),
            _rows(numbers, "letter_rows", len(letters.column)),
        )
        weights = numbers["weights"]
    return TopicModel(
        encoder,
        texts["labels"],
        space,
        weights,
        texts["sharpness"],
        Logistic(np.array(texts["open_set"]["weights"]), texts["open_set"]["bias"]),
        SpellingCorrector(texts["word_frequencies"], is_english),
    )


def _parts(name: str, rows: sparse.csr_matrix) -> dict[str, np.ndarray]:
    return {
        f"{name}_values": rows.data.astype(np.float16),
        f"{name}_columns": rows.indices.astype(np.int32),
        f"{name}_ends": rows.indptr.astype(np.int32),
    }


def _rows(numbers: np.lib.npyio.NpzFile, name: str, columns: int) -> sparse.csr_matrix:
    values, ends = numbers[f"{name}_values"].astype(np.float32), numbers[f"{name}_ends"]
    return sparse.csr_matrix((values, numbers[f"{name}_columns"], ends), (len(ends) - 1, columns))
