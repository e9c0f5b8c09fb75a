"""Which content answered: a short hash of everything under `data/` that is read at a start."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_SUFFIXES = frozenset({".yml", ".md"})


@cache
def content_version(data: Path) -> str:
    """12 hex digits over the names and contents of the files, read once, and again when published content is taken."""
    digest = hashlib.sha256()
    for path in sorted(data.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            digest.update(path.relative_to(data).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
