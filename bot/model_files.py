"""Which trained model belongs to the data as it stands: a fingerprint in the archive's name."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

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
