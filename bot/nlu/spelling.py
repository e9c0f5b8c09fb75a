"""Spelling, towards the product's own words only: a general dictionary turns a drug into a household thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from symspellpy import SymSpell, Verbosity

from bot.nlu.ngrams import words_of

SHORTEST_WORD = 4
LONG_WORD = 6
_WORD = re.compile(r"[^\W\d_]+")


class SpellingCorrector:
    """Replaces words that are neither ours nor common English by the nearest of ours.

    Attributes:
        frequencies: Our words and how often they occur in training.
    """

    def __init__(self, frequencies: Mapping[str, int], is_english: Callable[[str], bool]) -> None:
        """Index the words.

        Args:
            frequencies: Our words, lower case, and how often they occur.
            is_english: Whether a lower-case word is a common English word, and thus no misspelling.
        """
        self.frequencies = dict(frequencies)
        self._is_english = is_english
        self._index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in self.frequencies.items():
            if len(word) >= SHORTEST_WORD:
                self._index.create_dictionary_entry(word, count)

    @staticmethod
    def count(texts: Sequence[str], is_english: Callable[[str], bool]) -> dict[str, int]:
        """How often each word occurs; a word seen once that is no English word is taken for a misspelling."""
        counts = Counter(word for text in texts for word in words_of(text) if word.isalpha())
        return {word: count for word, count in sorted(counts.items()) if count > 1 or is_english(word)}

    def correct(self, text: str) -> str:
        """The text with its misspellings of our words put right; the same object when there are none."""
        corrected = _WORD.sub(lambda match: self._correct_word(match.group()), text)
        return text if corrected == text else corrected

    def _correct_word(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < SHORTEST_WORD or plain in self.frequencies or self._is_english(plain):
            return word
        distance = 1 if len(plain) < LONG_WORD else 2
        for found in self._index.lookup(plain, Verbosity.CLOSEST, max_edit_distance=distance):
            # Typing errors seldom hit the first letter; names and drugs differ there most.
            if found.distance < 2 or found.term[0] == plain[0]:
                return found.term
        return word
