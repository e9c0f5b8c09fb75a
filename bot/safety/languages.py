"""Danger phrases in other languages, found as plain text: there is no parser for them here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from bot.safety.finding import Finding
from bot.safety.letters import fold
from bot.safety.rules import ForeignPhrase

_DENIAL_REACH = 25
_GRAM = 3

# How letters are typed by those who have no key for them: compared with folded text.
_TYPED = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "(?:ß|ss?)", "'": "['’ ]?"}


class Phrasebook:
    """The phrases of all languages.

    Args:
        phrases: The phrases; `…` in one stands for up to 20 characters, `ä`, `ö`, `ü`, `ß` and `'` for what is typed
            in their place too ("gelaehmt", "jai").
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
            (phrase, _rarest(text), _expression(text, gaps.get(phrase.language, " ")))
            for phrase in phrases
            if (text := phrase.text.lower())
        )
        # Which phrases may be in a text follows from the letters that stand together in it: each is looked for only
        # where three of its letters do, those that fewest other phrases share. The shortest are always looked for.
        shared = Counter(gram for _, part, _ in self._phrases for gram in _grams(part))
        self._by_gram: dict[str, list[int]] = {}
        for number, (_, part, _) in enumerate(self._phrases):
            gram = min(sorted(_grams(part)), key=lambda gram: shared[gram], default="")
            self._by_gram.setdefault(gram, []).append(number)
        self._denials = {language: tuple(fold(w) for w in words) for language, words in denials.items()}

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The facts that `text` tells in any of the languages."""
        folded = fold(text)
        found: list[Finding] = []
        for phrase, part, expression in map(self._phrases.__getitem__, self._possible(folded)):
            if part not in folded:
                continue
            for match in _compiled(expression).finditer(folded):
                status = "absent" if self._denied(folded, match.start(), phrase.language) else "present"
                start, end = match.span()
                said = text[start:end]
                found.append(Finding(phrase.fact, status, "patient", "unknown", said, start, end, phrase.language))
                break
        return tuple(found)

    def _possible(self, folded: str) -> list[int]:
        """The numbers of the phrases that may be in a text, ascending."""
        return sorted(number for gram in ("", *_grams(folded)) for number in self._by_gram.get(gram, ()))

    def _denied(self, folded: str, start: int, language: str) -> bool:
        before = re.split(r"[.,;!?。，！？]|\bpero\b", folded[max(0, start - _DENIAL_REACH) : start])[-1]
        return any(re.search(_expression(word), before) for word in self._denials.get(language, ()))


def spelt_out(phrase: str) -> tuple[str, ...]:
    """The phrases that one stands for: "no [siento|noto] los pies" is two, "[ya |]no" is "ya no" and "no"."""
    parts = re.split(r"\[([^\]]*)\]", phrase)
    return tuple("".join(chosen) for chosen in product(*(part.split("|") for part in parts)))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Compiled when first needed: all of them at once would be half of what reading the content takes."""
    return re.compile(expression)


def _grams(text: str) -> set[str]:
    return {text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1)}


def _rarest(text: str) -> str:
    """A part of a phrase that must be there as it is, whatever stands between the words."""
    return fold(max(re.split(r"[… äöüß']", text), key=len))


def _gap(intensifiers: Iterable[str]) -> str:
    words = "|".join(re.escape(fold(word)) for word in intensifiers)
    return rf" (?:(?:{words}) ){{0,2}}" if words else " "


def _typed(word: str) -> str:
    return "".join(_TYPED.get(letter) or re.escape(fold(letter)) for letter in word)


def _expression(text: str, gap: str = " ") -> str:
    body = r".{0,20}?".join(gap.join(map(_typed, part.split(" "))) for part in text.split("…"))
    left = r"(?<![a-z])" if fold(text[0]).isascii() and text[0].isalpha() else ""
    right = r"(?![a-z])" if text[-1].isascii() and text[-1].isalpha() and not text.endswith("…") else ""
    return left + body + right
