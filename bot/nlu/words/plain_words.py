"""Chat shorthand, dialect and what a phone misheard, put into the plain words that the examples are written in.

This is for the second reading of a message, beside the one as it is written: both count (`TopicModel.predict`).
The words stand in `data/plain_words.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from bot.conversation.by_words.will_it_help import plainly_asked
from bot.nlu.words.plain_word_table import ANY_WORD, LETTERS, PlainWordTable, read_plain_words
from bot.project import PROJECT

PLAIN_WORDS = PROJECT / "data" / "plain_words.yml"


class PlainWords:
    """Puts a text into plain words by a table of them."""

    def __init__(self, table: PlainWordTable) -> None:
        """With the words of a table."""
        self._words, self._beside = table.words, table.beside
        self.words = frozenset(table.words)
        # The letters of those that end with a mark.
        self._signs = frozenset(sign for word in self._words for sign in (word, word.rstrip("'"), *word.split("/")))
        self._word = _any_of(self._words)
        self._ending = re.compile(rf"\b({'|'.join(map(re.escape, table.ending_in))})in\b'?", re.IGNORECASE)

    @classmethod
    def read(cls, path: Path) -> PlainWords:
        """By a file such as `data/plain_words.yml`.

        Raises:
            ContentFaults: as `read_plain_words`.
        """
        return cls(read_plain_words(path))

    def __call__(self, text: str) -> str:
        """The text with such words put plainly; the same object when there is none."""
        plain, words = text, set(ANY_WORD.findall(text.lower()))
        for beside in self._beside:
            if not beside.one_of.isdisjoint(words):
                plain = beside.pattern.sub(beside.plain, plain)
        if any(word.endswith("in") for word in words):
            plain = self._ending.sub(r"\1ing", plain)
        if not words.isdisjoint(self._signs):
            plain = self._word.sub(lambda match: self._words.get(match.group().lower(), match.group()), plain)
        plain = plainly_asked(plain)
        return text if plain == text else plain


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Whatever may be one of the words; one that ends with a slash ("w/") is one only before a space."""
    others = sorted((word for word in words if not LETTERS.fullmatch(word)), key=lambda word: (-len(word), word))
    odd = [re.escape(word) + ("(?= )" if "/" in word else "") for word in others]
    return re.compile(rf"(?<![\w'])(?:{'|'.join([*odd, LETTERS.pattern])})(?![\w])")
