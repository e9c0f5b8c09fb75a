"""Keeps the vectors of the training examples beside the encoder, so that a training encodes only what is new.

A text's vectors depend on the encoder's file and the processor alone, so the model is the same with and without it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.nlu.topics.topic_model import Encoder

log = logging.getLogger(__name__)
# So many of the kept vectors are made again at every training: a store from another processor is found out.
CHECKED = 24
# 3 kB each: room for two sets of examples, so that a small training (a test, a trial) does not push out the large one.
MOST_KEPT = 25_000


class StoredVectors:
    """An encoder that looks up in a file first; call `keep` when all is encoded.

    The file is verified: it carries a SHA-256 of its content, and some of its vectors are made again and compared bit
    by bit. One that fails is thrown away; nothing but time is lost.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        """Read the file, if there is one.

        Args:
            encoder: Makes what is missing.
            path: An npz file, one for each encoder graph; its folder must exist when `keep` is called.
        """
        self._encoder, self._path = encoder, path
        self._kept = _read(path)
        self._used: dict[str, np.ndarray] = {}
        self._checked = False

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of shape (texts, 2, 384), the same bits as the encoder's own."""
        keys = {text: _key(text) for text in texts}
        self._check(keys)
        new = [text for text, key in keys.items() if key not in self._kept and key not in self._used]
        if new:
            self._used.update(zip((keys[text] for text in new), self._encoder.encode(new), strict=True))
        for key in keys.values():
            if key not in self._used:
                self._used[key] = self._kept[key]
        return np.stack([self._used[keys[text]] for text in texts])

    def keep(self, most: int = MOST_KEPT) -> None:
        """Write it for the next training, what was used now before what was not; a full disk is no reason to fail.

        Args:
            most: So many texts at most.
        """
        older = sorted(self._kept.keys() - self._used.keys())
        everything = {**self._used, **{key: self._kept[key] for key in older[: max(0, most - len(self._used))]}}
        if everything.keys() == self._kept.keys():
            return
        names = sorted(everything)
        vectors = np.stack([everything[name] for name in names])
        handle, draft = tempfile.mkstemp(dir=self._path.parent, suffix=".draft")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, names=np.array(names), vectors=vectors, sha256=np.array(_digest(names, vectors)))
            os.chmod(draft, 0o644)
            os.replace(draft, self._path)
        except OSError as error:
            log.warning("%s could not be written (%s): the next training encodes all again", self._path, error)
            Path(draft).unlink(missing_ok=True)

    def _check(self, keys: dict[str, str]) -> None:
        """Make some of the kept vectors again, evenly over the texts; forget all when one differs."""
        known = [text for text in sorted(keys) if keys[text] in self._kept]
        if self._checked or not known:
            return
        self._checked = True
        some = [known[row] for row in np.unique(np.linspace(0, len(known) - 1, CHECKED).astype(int))]
        if not np.array_equal(self._encoder.encode(some), np.stack([self._kept[keys[text]] for text in some])):
            log.warning("%s was made by another encoder or processor: all is encoded again", self._path)
            self._kept = {}


def _read(path: Path) -> dict[str, np.ndarray]:
    if not path.is_file():
        return {}
    try:
        # numpy leaves a file open that it cannot read.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            names, vectors, digest = file["names"].tolist(), file["vectors"], str(file["sha256"])
        if digest != _digest(names, vectors):
            raise ValueError("its content is not what was written")
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("%s is damaged (%s): all is encoded again", path, error)
        return {}
    return dict(zip(names, vectors, strict=True))


def _digest(names: list[str], vectors: np.ndarray) -> str:
    digest = hashlib.sha256("\n".join(names).encode())
    digest.update(np.ascontiguousarray(vectors).tobytes())
    return digest.hexdigest()


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
