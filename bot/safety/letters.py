"""Letters without their accents, as many people type them: what is compared with words of other languages."""

from __future__ import annotations

import unicodedata
from functools import cache

# Letters that have a stroke and no accent to drop.
_STROKED = {"đ": "d", "Đ": "d"}


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
