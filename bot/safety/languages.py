"""Danger phrases in other languages, found as plain text: there is no parser for them here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from bot.safety.finding import Finding
from bot.safety.rules import ForeignPhrase

_DENIAL_REACH = 25


def fold(text: str) -> str:
    """Lower case, accents of Latin letters dropped, one character for each character of `text`."""
    return "".join(_plain(letter) for letter in text)


@cache
def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0]
    kept = bare if bare.isascii() else letter
    lowered = kept.lower()
    return lowered if len(lowered) == 1 else kept


class Phrasebook:
    """The phrases of all languages.

    Args:
        phrases: The phrases; `…` in one stands for up to 20 characters.
        denials: By language, the words before a phrase that deny it.
        intensifiers: By language, the words that may stand between those of a phrase: "me duele *mucho* el pecho".
    """

    def __init__(
        self,
        phrases: tuple[ForeignPhrase, ...],
        denials: Mapping[str, tuple[str, ...]],
        intensifiers: Mapping[str, tuple[str, ...]],
    ) -> None:
        gaps = {language: _gap(words) for language, words in intensifiers.items()}
        self._phrases = tuple(
            (phrase, _rarest(text), re.compile(_expression(text, gaps.get(phrase.language, " "))))
            for phrase in phrases
            if (text := fold(phrase.text))
        )
        self._denials = {language: tuple(fold(w) for w in words) for language, words in denials.items()}

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The facts that `text` tells in any of the languages."""
        folded = fold(text)
        found: list[Finding] = []
        for phrase, part, expression in self._phrases:
            if part not in folded:
                continue
            for match in expression.finditer(folded):
                status = "absent" if self._denied(folded, match.start(), phrase.language) else "present"
                start, end = match.span()
                said = text[start:end]
                found.append(Finding(phrase.fact, status, "patient", "unknown", said, start, end, phrase.language))
                break
        return tuple(found)

    def _denied(self, folded: str, start: int, language: str) -> bool:
        before = re.split(r"[.,;!?。，！？]|\bpero\b", folded[max(0, start - _DENIAL_REACH) : start])[-1]
        return any(re.search(_expression(word), before) for word in self._denials.get(language, ()))


def _rarest(text: str) -> str:
    """A part of a phrase that must be there as it is, whatever stands between the words."""
    return max(re.split(r"[… ]", text), key=len)


def _gap(intensifiers: Iterable[str]) -> str:
    words = "|".join(re.escape(fold(word)) for word in intensifiers)
    return rf" (?:(?:{words}) ){{0,2}}" if words else " "


def _expression(text: str, gap: str = " ") -> str:
    body = r".{0,20}?".join(gap.join(map(re.escape, part.split(" "))) for part in text.split("…"))
    left = r"(?<![a-z])" if text[0].isascii() and text[0].isalpha() else ""
    right = r"(?![a-z])" if text[-1].isascii() and text[-1].isalpha() and not text.endswith("…") else ""
    return left + body + right
