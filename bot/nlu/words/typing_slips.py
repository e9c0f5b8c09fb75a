"""Slips of a finger in the words that everything hangs on, put right before a message is read.

The grammar, the safety net and the wordings that the dialogue knows read a message as it stands: "wyh", "canont" and
"isit" mean nothing to them. So what is no English word, and is one slip away from one that patients write all the time,
is that word; rarer words are left to those who know what they mean (`spelling`, `bot.safety.written.spelling`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bot.nlu.words.drug_names import DRUG_NAMES
from bot.nlu.words.language_words import read_language_words
from bot.nlu.words.plain_word_table import ANY_WORD
from bot.nlu.words.plain_words import PLAIN_WORDS, PlainWords
from bot.nlu.words.slip_table import SlipTable, read_typing_slips
from bot.nlu.words.typing_errors import NEIGHBOURING_KEYS
from bot.project import PROJECT
from bot.safety.written.contractions import OPENED
from bot.safety.written.spelling import english_words

TYPING_SLIPS, LANGUAGES = PROJECT / "data" / "typing_slips.yml", PROJECT / "data" / "languages.yml"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"(?<![\w'@./-])[^\W\d_]+(?:'[^\W\d_]+)*(?![\w@/]|[.-]\w)")
_TORN = re.compile(r"(?<![\w'@./-])([^\W\d_]+) (?=([^\W\d_]+)(?![\w'@/]|[.-]\w))")
_HESITATION = re.compile(
    r"(?<![\w'-])(?:u+m+|u+h+m*|e+rm+)(?![\w'-])(?: (?:u+m+|u+h+m*|e+rm+)(?![\w'-]))*[,.]* ?", re.IGNORECASE
)
_HESITATES = re.compile(r"(?<![\w'-])(?:u+m+|u+h+m*|e+rm+)(?! (?:oh|huh)\b)(?![\w'-])", re.IGNORECASE)
# Words so short that no list need name them, and what one forgets the space beside.
_SHORT = frozenset("a i am an as at be by do go he i'm if im in is it me my no of ok on or so to up us we".split())
_BESIDE_A_SPACE = _SHORT - {"a", "i"} | frozenset(
    """and any are can did does for from had has have how into its not should that the they this what when where why
    will with would you your""".split()
)
SHORTEST, SHORTEST_WHOLE, SHORTEST_RUN = 3, 4, 6
# Of fewer words nothing tells whether they are English.
SHORTEST_ENGLISH = 3
# How common a word must be to be what was torn apart, its pieces long or short, or a part of what ran together.
COMMON_WHOLE, COMMON_WHOLE_OF_BITS, COMMON_PART = 30_000, 10_000, 15_000
# How much less likely than two letters changed, or one doubled or left out, are a wrong key and a key too many.
WRONG_KEY, KEY_TOO_MANY, HEAD_START = 2, 60, 5


class TypingSlips:
    """Puts the slips of a text right."""

    def __init__(self, table: SlipTable, shorthand: frozenset[str], foreign: frozenset[str]) -> None:
        """With the words of a table, shorthand, and words of other languages: these are no slips."""
        self._rank = {word: rank for rank, word in enumerate(table.everyday)}
        self._mistaken = table.mistaken
        self._known = shorthand | table.left_alone | DRUG_NAMES | frozenset(OPENED) | frozenset(self._rank)
        self._foreign = foreign - self._known

    @classmethod
    def read(cls, path: Path = TYPING_SLIPS, plain_words: Path = PLAIN_WORDS) -> TypingSlips:
        """By files such as `data/typing_slips.yml` and `data/plain_words.yml`, whose shorthand is no slip.

        Raises:
            ContentFaults: as `read_typing_slips` and `read_plain_words`.
        """
        others = read_language_words(LANGUAGES).latin.values()
        foreign = frozenset[str]().union(*(marks.words for marks in others))
        return cls(read_typing_slips(path), PlainWords.read(plain_words).words, foreign)

    def __call__(self, text: str) -> str:
        """The normalised text without slips; the same object where there is none, or where it is not English."""
        mended = self._without(text)
        return text if mended == text else mended

    def _without(self, text: str) -> str:
        if text.isupper() and " " in text:
            text = _in_small_letters(text)
        words = set(ANY_WORD.findall(text.lower()))
        for one in self._mistaken:
            if not one.one_of.isdisjoint(words):
                text = one.pattern.sub(one.plain, text).strip()
        if _HESITATES.search(text) and self._is_english_text(words):
            text = _HESITATION.sub("", text).strip() or text
        strange = {word for word in words if not self._is_word(word)}
        if len(words) < SHORTEST_ENGLISH:
            strange -= self._foreign
        if not strange or not self._is_english_text(words):
            return text
        text = _TORN.sub(lambda found: self._joined(found, strange), text)
        return _WORD.sub(lambda found: self._mended(found, strange, text), text)

    def _is_word(self, word: str) -> bool:
        if word in self._known or word in english_words():
            return True
        return not word.isascii() or not word.replace("'", "").isalpha()

    def _is_english_text(self, words: set[str]) -> bool:
        """Whether half of the words are common ones; of one or two words nothing can be said."""
        if len(words) < SHORTEST_ENGLISH:
            return True
        english = english_words()
        known = sum(
            word in _SHORT or word in self._known or english.get(word.split("'")[0], COMMON_PART) < COMMON_PART
            for word in words - self._foreign
        )
        return 2 * known >= len(words) and len(words & self._foreign) < 2

    def _joined(self, found: re.Match[str], strange: set[str]) -> str:
        """A word that was torn apart, where one of the pieces is none: "no ticed"."""
        first, second = found[1].lower(), found[2]
        whole = first + second
        if (first not in strange and second not in strange) or not second.islower() or not _is_small(found[1]):
            return found[0]
        if whole in self._rank:
            return found[1]
        # "How e" is no "Howe", but "no ticed" is "noticed".
        usual = self._is_usual(first) or self._is_usual(second)
        short = min(len(first), len(second)) == 1 or found[1] != first
        if len(whole) < SHORTEST_WHOLE or (usual and (short or max(len(first), len(second)) < SHORTEST)):
            return found[0]
        limit = COMMON_WHOLE if usual else COMMON_WHOLE_OF_BITS
        return found[1] if english_words().get(whole, limit) < limit else found[0]

    def _is_usual(self, word: str) -> bool:
        return word in self._rank or word in _SHORT

    def _mended(self, found: re.Match[str], strange: set[str], text: str) -> str:
        word, plain = found[0], found[0].lower()
        if len(plain) < SHORTEST or plain not in strange or _is_name(found, text):
            return word
        meant = self._nearest(plain) or self._parted(plain)
        return word if meant is None else meant[0].upper() + meant[1:] if word[0].isupper() else meant

    def _nearest(self, word: str) -> str | None:
        """The everyday word that it most likely is, one slip away."""
        slips = (
            (weight * (self._rank[meant] + HEAD_START), meant) for meant, weight in _slips(word) if meant in self._rank
        )
        unlikely, found = min(slips, default=(0, None))
        # "Olds" and "elses" are forms of words.
        return None if _is_form(word) and unlikely >= KEY_TOO_MANY * HEAD_START else found

    def _parted(self, word: str) -> str | None:
        """Two words that ran together, one of them an everyday one: "isparking"."""
        if _is_form(word):
            return None
        best, rarer = None, COMMON_PART
        for place in range(2, len(word) - 1):
            parts = word[:place], word[place:]
            if len(word) < SHORTEST_RUN and not _BESIDE_A_SPACE.issuperset(parts):
                continue
            rank = max(map(self._rank_of_part, parts))
            if rank < rarer and not _BESIDE_A_SPACE.isdisjoint(parts) and parts[1] != "in":
                best, rarer = " ".join(parts), rank
        return best

    def _rank_of_part(self, part: str) -> int:
        if part in _SHORT or part in self._rank:
            return 0
        return english_words().get(part, COMMON_PART) if len(part) >= SHORTEST_WHOLE else COMMON_PART


def _slips(word: str) -> Iterator[tuple[str, int]]:
    """What may have been meant, and how unlikely: two letters changed, one doubled, left out, or hit beside its key.

    The first letter is right, unless it changed places with the second.
    """
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        near = NEIGHBOURING_KEYS.get(letter, frozenset())
        if letter == before[-1]:
            yield before + after, 1
        elif before[-1] in near or after[:1] in near:
            yield before + after, KEY_TOO_MANY
        for meant in near:
            yield before + meant + after, WRONG_KEY
        for meant in _LETTERS:
            yield before + meant + letter + after, 1
    for meant in _LETTERS:
        yield word + meant, 1


def _is_form(word: str) -> bool:
    return word[-1] == "s" and word[:-1] in english_words()


def _is_small(word: str) -> bool:
    """Whether a word has no capital but that of a beginning."""
    return word.islower() or (len(word) > 1 and word[1:].islower())


def _is_name(found: re.Match[str], text: str) -> bool:
    """Whether a word has a capital that no beginning of a sentence gives it."""
    word = found[0]
    if word[1:].lower() != word[1:]:
        return True
    return word[0].isupper() and found.start() > 0 and text[: found.start()].rstrip()[-1:] not in ".?!"


def _in_small_letters(text: str) -> str:
    small = re.sub(r"\bi\b", "I", text.lower())
    return re.sub(r"(?:^|(?<=[.?!] ))[^\W\d_]", lambda found: found[0].upper(), small)
