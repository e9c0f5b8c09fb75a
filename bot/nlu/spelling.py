"""Spelling, towards the product's own words only: a general dictionary turns a drug into a household thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from symspellpy import SymSpell, Verbosity

from bot.nlu.drug_names import DRUG_NAMES
from bot.nlu.ngrams import words_of

SHORTEST_WORD = 3
LONG_WORD = 6
MUCH_MORE_FREQUENT = 8
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
        self._index = _index(self.frequencies)

    @staticmethod
    def count(texts: Sequence[str], is_english: Callable[[str], bool]) -> dict[str, int]:
        """How often each word occurs, without the misspellings that stand in the texts on purpose.

        A word that is not English is taken for a misspelling when it occurs once, or when one of ours that is much
        more frequent is as near as a misspelling would be.
        """
        counts = Counter(word for text in texts for word in words_of(text) if word.isalpha())
        ours = {word: count for word, count in sorted(counts.items()) if count > 1 or is_english(word)}
        index = _index(ours)
        return {word: count for word, count in ours.items() if is_english(word) or not _is_variant(word, count, index)}

    def correct(self, text: str) -> str:
        """The text with its misspellings of our words put right; the same object when there are none."""
        corrected = _WORD.sub(lambda match: self._correct_word(match.group()), text)
        return text if corrected == text else corrected

    def _correct_word(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < SHORTEST_WORD or plain in self.frequencies or plain in DRUG_NAMES or self._is_english(plain):
            return word
        for found in self._index.lookup(plain, Verbosity.CLOSEST, max_edit_distance=_reach(plain)):
            # Typing errors seldom hit the first letter; names and drugs differ there most.
            if found.distance < 2 or found.term[0] == plain[0]:
                return found.term
        return word


def _index(frequencies: Mapping[str, int]) -> SymSpell:
    index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for word, count in frequencies.items():
        if len(word) >= SHORTEST_WORD:
            index.create_dictionary_entry(word, count)
    return index


def _is_variant(word: str, count: int, index: SymSpell) -> bool:
    # Stricter than for a stranger's word: "sprain" is a word of ours beside the commoner "strain".
    if len(word) < LONG_WORD or word in DRUG_NAMES:
        return False
    near = index.lookup(word, Verbosity.ALL, max_edit_distance=1 if len(word) < 9 else 2)
    return any(found.distance and found.count >= MUCH_MORE_FREQUENT * count for found in near)


def _reach(word: str) -> int:
    """How many letters may be wrong: a short word has too many neighbours."""
    return 1 if len(word) < LONG_WORD else 2
