"""Text as it is compared with patterns: without accents, as many people type it, or bare of marks and capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# Letters that have a stroke and no accent to drop.
_STROKED = {"đ": "d", "Đ": "d"}
_NO_LETTERS = re.compile(r"\W+")


# What was laid bare in the block under way; None outside of any.
_known: dict[str, str] | None = None


def bare(text: str) -> str:
    """A message as patterns over plain words read it: lower case, letters and digits, single spaces."""
    known = _known
    if known is not None and text in known:
        return known[text]
    found = _NO_LETTERS.sub(" ", text.lower().replace("’", "").replace("'", "")).strip()
    if known is not None:
        known[text] = found
    return found


@contextmanager
def laid_bare_once() -> Iterator[None]:
    """In the block each text is laid bare once, as dozens of patterns in a turn read the same few.

    At its end all is forgotten: the words of a conversation that is erased must not stay in memory.
    """
    # Of a hundred places that lay text bare all would have to be handed it.
    global _known
    _known = {}
    try:
        yield
    finally:
        _known = None


def fold(text: str) -> str:
    """Lower case, accents of Latin letters dropped, one character for each character of `text`."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@cache
def _plain(letter: str) -> str:
    if letter in _STROKED:
        return _STROKED[letter]
    bare = unicodedata.normalize("NFD", letter)[0]
    kept = bare if bare.isascii() else letter
    lowered = kept.lower()
    return lowered if len(lowered) == 1 else kept
