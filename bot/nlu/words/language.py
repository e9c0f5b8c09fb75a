"""Which language a message is in: by its script, else by its commonest words. If in doubt, English.

Taking a misspelt English message for a foreign one would leave a patient unanswered; the reverse costs one polite
"I did not understand". So a foreign language has to be seen twice, or once with nothing English beside it.
The words stand in `data/languages.yml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

from bot.nlu.words.language_words import LanguageWords, read_language_words
from bot.safety.written.letters import fold

ENGLISH = "en"
# A quoted word in another script, as in "what is 气", does not make a message foreign.
SCRIPT_SHARE = 0.5

_SCRIPT_LANGUAGE = {
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GURMUKHI": "pa",
    "DEVANAGARI": "hi",
    "ARABIC": "ar",
    "THAI": "th",
    "HEBREW": "he",
    "GREEK": "el",
    "CYRILLIC": "ru",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
_DENSE_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
# How words end in one of the two and not in the other: infinitives, what one does oneself, nouns.
_CYRILLIC_ENDINGS = {
    "uk": re.compile(r"(?:[аеиоуюяв]ти|тися|[аеуюя]ся|ння|ється|ою|ям|ці)$"),
    "ru": re.compile(r"(?:[аеиоуюя]ть|[аеуюя]сь|ться|ется|ого|ение|ость|ешь|ет|ий)$"),
}
# Of Vietnamese alone: one such letter in a quarter of the words is enough.
_VIETNAMESE = set("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Languages:
    """Recognises the languages whose words stand in a table."""

    def __init__(self, words: LanguageWords) -> None:
        """With what speaks for each."""
        self._words = words

    @classmethod
    def read(cls, path: Path) -> Languages:
        """By a file such as `data/languages.yml`.

        Raises:
            ContentFaults: as `read_language_words`.
        """
        return cls(read_language_words(path))

    def identify(self, text: str) -> str:
        """The ISO 639-1 code of a text's language; "en" when nothing speaks clearly for another."""
        letters = [character for character in text.lower() if character.isalpha()]
        if not letters:
            return ENGLISH
        script = _main_script(letters)
        if script is None:
            return self._by_words(text.lower())
        if script == "CYRILLIC":
            return self._cyrillic(text.lower())
        return _SCRIPT_LANGUAGE.get(script) or self._by_words(text.lower())

    def _cyrillic(self, text: str) -> str:
        words, letters = set(_WORD.findall(text)), set(text)
        seen = {
            language: 4 * len(marks.signs & letters) + len(marks.words & words)
            for language, marks in self._words.cyrillic.items()
        }
        for language, ending in _CYRILLIC_ENDINGS.items():
            seen[language] += sum(bool(ending.search(word)) for word in words)
        seen["uk"] += sum("'" in word and not _CYRILLIC_ENDINGS["uk"].search(word) for word in words)
        return "uk" if seen["uk"] > seen["ru"] else "ru"

    def _by_words(self, text: str) -> str:
        words = _WORD.findall(text.replace("\u2019", "'"))
        english = sum(word in self._words.english for word in words)
        marked = 0 if text.isascii() else sum(bool(_VIETNAMESE & set(word)) for word in words)
        if marked and marked * 4 >= len(words) and marked >= english:
            return "vi"
        plain, letters = [fold(word) for word in words], set(text)
        said = Counter(plain)
        hits = {
            language: sum(said[word] for word in said.keys() & marks.words) + len(marks.signs & letters)
            for language, marks in self._words.latin.items()
        }
        language = max(hits, key=lambda name: (hits[name], name))
        seen = hits[language]
        if english == 0 and seen >= 1 and (seen >= 2 or (len(words) <= 2 and self._is_telling(plain, language))):
            return language
        return language if seen >= 3 and seen > 2 * english and seen * 3 >= len(words) else ENGLISH

    def _is_telling(self, words: list[str], language: str) -> bool:
        """Whether a word of one or two is long enough not to be a mistyped English one."""
        return any(len(word) >= 4 and word in self._words.latin[language].words for word in words)


def _main_script(letters: list[str]) -> str | None:
    """The script that a text is in; None where it is Latin, or where only a word is in another."""
    scripts = Counter(_script(letter) for letter in letters if not letter.isascii())
    scripts.pop("LATIN", None)
    if not scripts:
        return None
    # One Chinese character says as much as several letters.
    spoken = {name: count * (4 if name in _DENSE_SCRIPTS else 1) for name, count in scripts.items()}
    latin = sum(1 for letter in letters if letter.isascii() or _script(letter) == "LATIN")
    name = max(spoken, key=lambda script: (spoken[script], script))
    if sum(spoken.values()) < SCRIPT_SHARE * (latin + sum(spoken.values())):
        return None
    return "KATAKANA" if name == "CJK" and scripts.keys() & {"HIRAGANA", "KATAKANA"} else name


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
