"""Misspelt lexicon words: bent to the lexicon only when they are no English word themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from symspellpy import SymSpell, Verbosity

_ONE_EDIT_FROM = 5
_TWO_EDITS_FROM = 7


@cache
def english_words() -> dict[str, int]:
    """The 82,765 real English words that symspellpy ships, each with how many are commoner: a guard against bending.

    spaCy's vocabulary cannot be the guard: it holds common misspellings ("siatica") among its vectors.
    """
    text = (resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return {line.split(" ", 1)[0]: rank for rank, line in enumerate(text.splitlines()) if line}


class Speller:
    """Finds the lexicon word a misspelling stands for.

    One edit (a swap of neighbours counts as one) from five letters on, two from seven (then with
    the first and last letter right); shorter words are listed in
    the lexicon by hand, because every short typo is near some other word.

    Args:
        words: The lexicon's words.
        respelt: Misspellings listed by hand, also of short words.
        left_alone: Names and other words that must not be bent.
    """

    def __init__(self, words: Iterable[str], respelt: dict[str, str], left_alone: frozenset[str]) -> None:
        self._known = frozenset(words)
        self._respelt = respelt
        self._left_alone = left_alone
        self._index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word in sorted(self._known):
            if len(word) >= _ONE_EDIT_FROM and word.isalpha():
                self._index.create_dictionary_entry(word, 1 + (word in english_words()))
        self._cache: dict[str, str | None] = {}

    def correct(self, word: str) -> str | None:
        """The lexicon word that `word` stands for, or None where it stands for itself."""
        if word in self._respelt:
            return self._respelt[word]
        if len(word) < _ONE_EDIT_FROM - 1 or word in self._known or not word.isalpha():
            return None
        if word not in self._cache:
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[word] = self._look_up(word)
        return self._cache[word]

    def _look_up(self, word: str) -> str | None:
        if word in self._left_alone or word in english_words() or not word.isascii():
            return None
        edits = 2 if len(word) >= _TWO_EDITS_FROM else 1
        for suggestion in self._index.lookup(word, Verbosity.CLOSEST, max_edit_distance=edits):
            found: str = suggestion.term
            if len(found) < _TWO_EDITS_FROM and suggestion.distance > 1:
                continue
            if suggestion.distance == 2 and (found[0], found[-1]) != (word[0], word[-1]):
                continue
            return found
        return None
