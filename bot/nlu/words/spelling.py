"""Spelling, towards the product's own words only: a general dictionary turns a drug into a household thing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from bot.nlu.words.drug_names import DRUG_NAMES
from bot.nlu.words.ngrams import words_of
from bot.nlu.words.typing_errors import typing_cost

SHORTEST_WORD = 3
LONG_WORD = 6
VERY_LONG_WORD = 10
MUCH_MORE_FREQUENT = 8
# A word split in two, or two joined, must be of words said at least so often.
SPLIT_FROM, SHORTEST_JOINED = 5, 6
# How much nearer a word ten times as frequent counts.
FREQUENCY_COUNTS = 0.15
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS, _SHORTEST_STEM = ("s", "ed", "ing", "able"), 4
_VOWEL = re.compile(r"[aeiou]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class SpellingCorrector:
    """Replaces words that are neither ours nor common English by the nearest of ours.

    Attributes:
        frequencies: Our words and how often they occur in training.
    """

    def __init__(
        self, frequencies: Mapping[str, int], is_english: Callable[[str], bool], plain: Callable[[str], str] = str
    ) -> None:
        """Index the words.

        Args:
            frequencies: Our words, lower case, and how often they occur.
            is_english: Whether a lower-case word is a common English word, and thus no misspelling.
            plain: Puts shorthand and dialect into plain words first, as `PlainWords` does; gives a text that holds
                none as it is.
        """
        self.frequencies = dict(frequencies)
        self._is_english, self._plain = is_english, plain
        self._near = _Neighbours(self.frequencies)
        self._without_vowels = _without_vowels(self.frequencies)

    @staticmethod
    def count(texts: Sequence[str], is_english: Callable[[str], bool]) -> dict[str, int]:
        """How often each word occurs, without the misspellings that stand in the texts on purpose.

        A word that is not English is taken for a misspelling when it occurs once, or when one of ours that is much
        more frequent is as near as a misspelling would be.
        """
        counts = Counter(word for text in texts for word in words_of(text) if word.isalpha())
        ours = {word: count for word, count in sorted(counts.items()) if count > 1 or is_english(word)}
        near = _Neighbours(ours)
        return {word: count for word, count in ours.items() if is_english(word) or not _is_variant(word, count, near)}

    def correct(self, text: str) -> str:
        """The text in plain words, its misspellings of ours put right; the same object when there are none."""
        plain = self._join(self._plain(text))
        corrected = _WORD.sub(lambda match: self._correct_word(match.group()), plain)
        return text if corrected == text else corrected

    def _join(self, text: str) -> str:
        """Puts together words of ours that were torn apart: "acu puncture"."""
        if " " not in text:
            return text
        chunks = text.split(" ")
        joined = [chunks[0]]
        for chunk in chunks[1:]:
            first, second = joined[-1].lower(), chunk.lower().rstrip("?!.,")
            torn = not (self._is_known(first) and self._is_known(second))
            whole = first + second
            if torn and len(whole) >= SHORTEST_JOINED and self._is_often_said(whole):
                joined[-1] += chunk
            else:
                joined.append(chunk)
        return " ".join(joined)

    def _is_often_said(self, word: str) -> bool:
        """Whether it is a word of ours, or a long one but for a small error: "accu puncture"."""
        if self.frequencies.get(word, 0) >= SPLIT_FROM:
            return True
        small = self._near.within(word, 1) if len(word) > VERY_LONG_WORD else ()
        return any(self.frequencies[found] >= SPLIT_FROM for found, _ in small)

    def _correct_word(self, word: str) -> str:
        plain = word.lower()
        if len(plain) < SHORTEST_WORD or self._is_known(plain):
            return word
        return self._without_vowels.get(plain) or self._near.best(plain) or self._split(plain) or word

    def _split(self, word: str) -> str | None:
        """Two words of ours that were written as one: "lowerback"."""
        best, commonness = None, 0
        for place in range(2, len(word) - 1):
            parts = word[:place], word[place:]
            rarer = min(self.frequencies.get(part, 0) for part in parts)
            if rarer >= SPLIT_FROM and rarer > commonness:
                best, commonness = " ".join(parts), rarer
        return best

    def _is_known(self, word: str) -> bool:
        return self._is_word(word) or any(map(self._is_word, _stems(word)))

    def _is_word(self, word: str) -> bool:
        return word in self.frequencies or word in DRUG_NAMES or self._is_english(word)


class _Neighbours:
    """Our words by their letters, to find those that a misspelling may mean without looking at each."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._words = [word for word in frequencies if len(word) >= SHORTEST_WORD]
        self._frequencies = frequencies
        self._lengths = np.array([len(word) for word in self._words], np.int16)
        self._letters = np.array([_letters_of(word) for word in self._words], np.int8).reshape(-1, len(_LETTERS) + 1)

    def within(self, word: str, errors: int) -> Iterator[tuple[str, float]]:
        """Our words with the letters that so many typing errors can leave, and what the errors cost."""
        return self._costing(word, errors, self._apart(word, errors))

    def best(self, word: str) -> str | None:
        """The likeliest of our words for a misspelling; None when none is near enough."""
        apart = self._apart(word, _reach(word))
        for errors in range(1, _reach(word) + 1):
            if errors == 2:
                # Typing errors seldom hit the first letter; names and drugs differ there most.
                apart = [(row, letters) for row, letters in apart if self._words[row][0] == word[0]]
            ranked = [
                (cost - FREQUENCY_COUNTS * math.log10(self._frequencies[found]), found)
                for found, cost in self._costing(word, errors, apart)
            ]
            if ranked:
                return min(ranked)[1]
        return None

    def _apart(self, word: str, errors: int) -> list[tuple[int, int]]:
        """The rows of words about as long, and in how many letters' counts they differ, where these are few."""
        rows = np.flatnonzero(np.abs(self._lengths - len(word)) <= errors)
        apart = np.abs(self._letters[rows] - np.array(_letters_of(word), np.int8)).sum(axis=1, dtype=np.int16)
        # An error changes the counts of two letters at most.
        near = np.flatnonzero(apart <= 2 * errors)
        return list(zip(rows[near].tolist(), apart[near].tolist(), strict=True))

    def _costing(self, word: str, errors: int, apart: list[tuple[int, int]]) -> Iterator[tuple[str, float]]:
        for row, differing in apart:
            found = self._words[row]
            if differing <= 2 * errors and abs(len(found) - len(word)) <= errors:
                cost = typing_cost(word, found, errors)
                if cost <= errors:
                    yield found, cost

    def frequent(self, word: str, errors: int, at_least: int) -> bool:
        """Whether a word said so often is so near, itself aside."""
        return any(found != word and self._frequencies[found] >= at_least for found, _ in self.within(word, errors))


def _stems(word: str) -> Iterator[str]:
    """What a word may be a form of: "bruise" of "bruising"."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem
            if ending != "s":
                yield f"{stem}e"


def _without_vowels(frequencies: Mapping[str, int]) -> dict[str, str]:
    """The likeliest of our words for each that is written without its vowels: "trtmnt"."""
    found: dict[str, str] = {}
    for word in sorted(frequencies, key=lambda word: (frequencies[word], word)):
        short = word[0] + _VOWEL.sub("", word[1:])
        if len(short) >= SHORTEST_WORD and short != word and frequencies[word] >= SPLIT_FROM:
            found[short] = word
    return found


def _letters_of(word: str) -> list[int]:
    counts = [word.count(letter) for letter in _LETTERS]
    return [*counts, len(word) - sum(counts)]


def _is_variant(word: str, count: int, near: _Neighbours) -> bool:
    # Stricter than for a stranger's word: "sprain" is a word of ours beside the commoner "strain".
    if len(word) < LONG_WORD or word in DRUG_NAMES:
        return False
    return near.frequent(word, 1 if len(word) < 9 else 2, MUCH_MORE_FREQUENT * count)


def _reach(word: str) -> int:
    """How many errors there may be: a short word has too many neighbours."""
    if len(word) < LONG_WORD:
        return 1
    return 2 if len(word) < VERY_LONG_WORD else 3
