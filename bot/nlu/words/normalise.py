"""Normalises what a patient wrote, so that the same words are the same text; nothing that carries meaning is lost."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from bot.nlu.words.lines import joined
from bot.nlu.words.spoken_marks import with_marks

MOST_CHARACTERS = 4_000
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})
# All that ASCII has of what is left out of a message.
_CONTROLS = {point: " " for point in (*range(32), 127)}
_REPEATED_MARK = re.compile(r"([!?,;:])(?:\s*\1)+|([!?]){2,}|(\.)\.{1,}")
_STRETCHED = re.compile(r"([^\W\d_])\1{3,}")
_BLANKS = re.compile(r"\s+")


def normalise(text: str | None) -> str:
    """One line of NFC text without control characters and emoji, marks and letters not repeated, blanks single.

    A text of emoji only stays as it is, since they are all it says.
    """
    if not text:
        return ""
    composed = unicodedata.normalize("NFC", text[:MOST_CHARACTERS]).translate(_QUOTES)
    if "\n" in composed or "\r" in composed:
        composed = joined(composed)
    plain = composed.translate(_CONTROLS) if composed.isascii() else _without_signs(composed)
    plain = _STRETCHED.sub(r"\1\1", _REPEATED_MARK.sub(_once, plain))
    return with_marks(_BLANKS.sub(" ", plain).strip()) or _BLANKS.sub(" ", composed).strip()


def _without_signs(text: str) -> str:
    plain = "".join(" " if _is_blank(character) else character for character in text if not _is_noise(character))
    return "".join(" " if _is_pictured(character) else character for character in plain)


def text_key(normalised: str) -> int:
    """A number of 64 bits that stands for a normalised text where its vectors are kept, but not the text."""
    return int.from_bytes(hashlib.sha256(normalised.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def _once(match: re.Match[str]) -> str:
    """A run of marks is said once; "?!" stays a question."""
    run = match.group()
    if run.startswith("."):
        return "..."
    return "?" if "?" in run else run[0]


def _is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cc"


def _is_noise(character: str) -> bool:
    """Invisible signs: zero-width spaces, direction marks, variation selectors, lone surrogates, private use."""
    point = ord(character)
    return 0xFE00 <= point <= 0xFE0F or unicodedata.category(character) in ("Cf", "Cs", "Co")


def _is_pictured(character: str) -> bool:
    """Emoji and dingbats; not letters, digits, money or mathematics."""
    point = ord(character)
    return (
        0x1F000 <= point <= 0x1FAFF
        or 0x2600 <= point <= 0x27BF
        or 0x2B00 <= point <= 0x2BFF
        or 0xE0000 <= point <= 0xE007F
        or point in (0x20E3, 0x2122, 0x00A9, 0x00AE, 0x3030, 0x303D)
    )
