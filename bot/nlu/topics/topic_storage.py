"""Keeps a trained topic classifier in a folder as JSON and npz; the same training gives the same bytes."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bot.nlu.topics.calibration import Logistic, Sharpness
from bot.nlu.topics.example_vectors import ExampleVectors
from bot.nlu.topics.features import ExampleSpace
from bot.nlu.topics.topic_model import Encoder, TopicModel
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.words.ngrams import LetterNgrams, NgramVectors, word_ngrams
from bot.nlu.words.spelling import SpellingCorrector

FORMAT = 6
TEXTS, NUMBERS, ENCODER = "topics.json", "topics.npz", "encoder.onnx"


def save(model: TopicModel, folder: Path) -> None:
    """Write the model into an existing folder."""
    space = model.space
    texts = {
        "format": FORMAT,
        "labels": model.labels,
        "sharpness": [model.sharpness.base, model.sharpness.slope],
        "open_set": {"weights": model.open_set.weights.tolist(), "bias": model.open_set.bias},
        "word_frequencies": model.speller.frequencies,
        "background": model.background[0],
    }
    (folder / TEXTS).write_text(json.dumps(texts, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
    # The archive compresses it: twice would take longer and save nothing.
    np.savez(
        folder / NUMBERS,
        weights=model.weights,
        **_layer("early", space.early),
        **_layer("last", space.last),
        centre=space.centre,
        keys=space.keys,
        background=model.background[1].astype(np.int32),
        danger=np.flatnonzero(model.danger).astype(np.int32),
        gram_weights=model.gram_weights,
        word_hashes=space.words.hashes,
        word_weights=space.words.weights,
        letter_hashes=space.letters.hashes,
        letter_weights=space.letters.weights,
    )


def load(
    folder: Path, encoder: Encoder, is_english: Callable[[str], bool], plain: Callable[[str], str] = str
) -> TopicModel:
    """Read a model that `save` wrote.

    Args:
        folder: Where it was written.
        encoder: Gives the vectors.
        is_english: Whether a lower-case word is a common English word.
        plain: Puts shorthand and dialect into plain words; none is kept with the model.

    Raises:
        FileNotFoundError: when a file is missing.
        ValueError: when the folder holds a model of another version of this product.
    """
    texts = json.loads((folder / TEXTS).read_text(encoding="utf-8"))
    if texts.get("format") != FORMAT:
        raise ValueError(f"{folder / TEXTS} has format {texts.get('format')}, expected {FORMAT}: train again")
    with np.load(folder / NUMBERS, allow_pickle=False) as numbers:
        space = ExampleSpace(
            ExampleVectors(numbers["early"], numbers["early_steps"]),
            ExampleVectors(numbers["last"], numbers["last_steps"]),
            numbers["centre"],
            NgramVectors(word_ngrams, numbers["word_hashes"], numbers["word_weights"]),
            NgramVectors(LetterNgrams(numbers["word_hashes"]), numbers["letter_hashes"], numbers["letter_weights"]),
            numbers["keys"],
        )
        weights, gram_weights = numbers["weights"], numbers["gram_weights"]
        background, danger = (texts["background"], numbers["background"]), numbers["danger"]
    return TopicModel(
        encoder,
        texts["labels"],
        space,
        weights,
        gram_weights,
        Sharpness(*texts["sharpness"]),
        Logistic(np.array(texts["open_set"]["weights"]), texts["open_set"]["bias"]),
        SpellingCorrector(texts["word_frequencies"], is_english, plain),
        background,
        danger,
    )


def load_archive(archive: Path, plain: Callable[[str], str] = str) -> TopicModel:
    """Read the classifier out of a whole model, with the encoder that lies beside it; `plain` as for `load`.

    Raises:
        ValueError: when the archive holds no classifier of this version.
    """
    try:
        with tempfile.TemporaryDirectory() as unpacked, tarfile.open(archive) as packed:
            packed.extractall(unpacked, filter="data")
            folder = next(Path(unpacked).glob("components/*KernelIntentClassifier*"))
            encoder = SentenceEncoder(folder / ENCODER)
            return load(folder, encoder, encoder.tokenizer.is_word, plain)
    except (OSError, EOFError, StopIteration, KeyError, tarfile.TarError, zlib.error) as error:
        raise ValueError(f"{archive.name} holds no classifier that can be read ({type(error).__name__})") from error


def example_vectors(archive: Path) -> dict[int, np.ndarray]:
    """What a trained model knows its examples' meanings by: the encoder's last layer by `text_key`, float32.

    Raises:
        ValueError: when the archive cannot be read, or is of a version that keeps no keys.
    """
    try:
        with tarfile.open(archive, "r:gz") as packed:
            member = next(member for member in packed if member.name.endswith(f"/{NUMBERS}"))
            raw = packed.extractfile(member)
            assert raw is not None
            with np.load(io.BytesIO(raw.read()), allow_pickle=False) as numbers:
                last = ExampleVectors(numbers["last"], numbers["last_steps"])
                return dict(zip(numbers["keys"].tolist(), last[:], strict=True))
    except (OSError, EOFError, StopIteration, KeyError, tarfile.TarError, zlib.error) as error:
        raise ValueError(f"{archive.name} keeps no vectors of examples ({type(error).__name__})") from error


def _layer(name: str, vectors: ExampleVectors) -> dict[str, np.ndarray]:
    return {name: vectors.rounded, f"{name}_steps": vectors.steps}
