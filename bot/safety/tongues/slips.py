"""Slips of a finger in another language's words of danger: "levaantar", "peirnas", "adormcidas"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property

_WORD = re.compile(r"[a-z]+")
# Fewer letters, and one that is doubled or otherwise wrong makes another word too often.
_SHORTEST_DOUBLED, _SHORTEST = 5, 7
# Letters from which on a word tells its language; how many words must be no English, the slip among them.
_COUNTED, _LEAST_FOREIGN, _SHARE = 2, 2, 0.2


class Slips:
    """Puts words right that are one letter too many, too few or out of order away from a word of the phrases.

    Args:
        phrases: All phrases of languages in Latin letters, folded.
        known: Gives the words that are none of these languages' (English); they are left as they are.
    """

    def __init__(self, phrases: Iterable[str], known: Callable[[], Collection[str]]) -> None:
        self._words = frozenset(
            word for phrase in phrases for word in _WORD.findall(phrase) if len(word) >= _SHORTEST_DOUBLED
        )
        self._known = known

    def put_right(self, folded: str) -> tuple[str, list[int]] | None:
        """The text without slips, and for each letter its place in `folded` and one more; None where there are none."""
        mended: list[tuple[str, int]] = []
        last = 0
        for match in _WORD.finditer(folded):
            word = match.group()
            if len(word) < _SHORTEST_DOUBLED or word in self._words or word in self._known():
                continue
            if plain := self._meant(word):
                mended += [(letter, last + i) for i, letter in enumerate(folded[last : match.start()])]
                stretch = (len(word) - 1) / (len(plain) - 1)
                mended += [(letter, match.start() + round(i * stretch)) for i, letter in enumerate(plain)]
                last = match.end()
        if not last or self._is_known(folded):
            return None
        mended += [(letter, last + i) for i, letter in enumerate(folded[last:])]
        return "".join(letter for letter, _ in mended), [place for _, place in mended] + [len(folded)]

    def _is_known(self, folded: str) -> bool:
        """Whether it is in none of these languages, as far as its other words tell: a slip in English is left alone."""
        words = [word for word in _WORD.findall(folded) if len(word) >= _COUNTED]
        foreign = sum(word not in self._known() for word in words)
        return foreign < _LEAST_FOREIGN or foreign < _SHARE * len(words)

    def _meant(self, word: str) -> str | None:
        return next((other for other in _nearby(word) if other in self._words), None) or (
            self._shortened.get(word) if len(word) >= _SHORTEST else None
        )

    @cached_property
    def _shortened(self) -> dict[str, str]:
        """The words of the phrases with one letter left out."""
        return {
            word[:at] + word[at + 1 :]: word for word in self._words if len(word) > _SHORTEST for at in range(len(word))
        }


def _nearby(word: str) -> Iterator[str]:
    """The word with one of two equal letters left out, with two neighbours changed round, then with any left out."""
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
    if len(word) < _SHORTEST:
        return
    for at in range(1, len(word)):
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
