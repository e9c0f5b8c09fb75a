"""Which trained model belongs to the data as it stands: a fingerprint in the archive's name."""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import tarfile
import zlib
from importlib.metadata import version
from pathlib import Path

log = logging.getLogger(__name__)

# What the model is made from. The rest of data/, danger signs included, is read at every start and needs no training.
_INPUTS = ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories", "bot/nlu")
_SUFFIXES = frozenset({".yml", ".py", ".txt", ".json", ".npz", ".tsv"})
_LIBRARIES = ("rasa", "spacy", "onnxruntime", "scikit-learn", "numpy")


def fingerprint(project: Path) -> str:
    """A hash of everything the model is trained from, code and library versions included; 12 hex digits."""
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library}=={version(library)}\n".encode())
    for name in _INPUTS:
        root = project / name
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                digest.update(str(path.relative_to(project)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def model_path(project: Path) -> Path:
    """Where the model of the data as it stands is, or will be."""
    return project / "models" / f"assistant-{fingerprint(project)}.tar.gz"


class ModelMissing(Exception):
    """There is no trained model that can be used."""


def newest_whole_model(project: Path) -> Path:
    """The model of the data as it stands, or the newest other one that is whole; an unpublished candidate last of all.

    An archive cut short by a full disk or a broken copy would end Rasa with pages of errors, or half load.

    Raises:
        ModelMissing: when there is none; the text says what to do.
    """
    current = model_path(project)
    older = sorted(current.parent.glob("assistant-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    candidates = _candidates(project)
    for path in (current, *sorted((path for path in older if path != current), key=lambda p: p.name in candidates)):
        if is_whole(path):
            if path != current:
                log.warning("%s is missing or damaged: %s answers instead; run `bot train`.", current.name, path.name)
            return path
    raise ModelMissing(f"There is no whole model in {current.parent}: run `bot train`, or copy one there.")


def _candidates(project: Path) -> set[str]:
    """The archives that were trained for the console and never published: nobody has agreed to what they answer."""
    published = (project / "var" / "published").glob("[0-9]*/publication.json")
    served = {json.loads(path.read_text("utf-8"))["model"] for path in published}
    return {f"{card.stem}.tar.gz" for card in (project / "models").glob("assistant-*.json")} - served


def is_whole(path: Path) -> bool:
    """Whether an archive can be read to its end: gzip's checksum there covers every byte."""
    try:
        with gzip.open(path) as packed:
            while packed.read(1 << 20):
                pass
        with tarfile.open(path, "r:gz") as archive:
            return any(member.name.endswith("metadata.json") for member in archive)
    except (OSError, EOFError, tarfile.TarError, zlib.error):
        return False
