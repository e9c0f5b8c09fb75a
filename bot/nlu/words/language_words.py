"""Reads `data/languages.yml`: the words and letters by which a language is recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults
from bot.safety.written.letters import fold

_USELESS = {
    "is a single letter": lambda word: len(word) == 1,
    "is no one word": lambda word: not word.replace("'", "").isalpha(),
}
_ENGLISH_LISTS = ("words", "shared", "also_english")


@dataclass(frozen=True)
class Marks:
    """What speaks for one language.

    Attributes:
        words: Its commonest words, lower case; without accents where it is written in Latin letters.
        signs: Letters that hardly any other of the languages beside it has.
    """

    words: frozenset[str]
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class LanguageWords:
    """All of them.

    Attributes:
        english: Words that speak for English.
        latin: By ISO 639-1 code, languages in Latin letters.
        cyrillic: By code, those in Cyrillic letters.
    """

    english: frozenset[str]
    latin: Mapping[str, Marks]
    cyrillic: Mapping[str, Marks]


def read_language_words(path: Path) -> LanguageWords:
    """The lists of a file.

    Raises:
        ContentFaults: when it is not built so, or a foreign word is English too; names every such word.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ContentFaults([Fault(str(path), "file", "holds no lists", "restore it")])
    faults = top_faults(path, content, "english", "languages", "cyrillic")
    faults += key_faults(path, "file", content, ("english", "languages", "cyrillic"), tuple(content))
    faults += key_faults(path, "english", content.get("english") or {}, _ENGLISH_LISTS)
    for group in ("languages", "cyrillic"):
        for code, entry in (content.get(group) or {}).items():
            faults += key_faults(path, f"{group}.{code}", entry or {}, ("words",), ("signs",))
    if faults:
        raise ContentFaults(faults)
    english, shared, also = (_words(content["english"][name]) for name in _ENGLISH_LISTS)
    latin = {code: _marks(entry, folded=True) for code, entry in content["languages"].items()}
    cyrillic = {code: _marks(entry) for code, entry in content["cyrillic"].items()}
    faults = list(_useless(path, latin, english | also))
    if faults:
        raise ContentFaults(faults)
    return LanguageWords(english - shared, latin, cyrillic)


def _marks(entry: Mapping[str, Any], *, folded: bool = False) -> Marks:
    words = _words(entry["words"])
    return Marks(frozenset(map(fold, words)) if folded else words, frozenset(entry.get("signs") or ""))


def _words(written: Any) -> frozenset[str]:
    return frozenset(str(written).lower().split())


def _useless(path: Path, latin: Mapping[str, Marks], english: frozenset[str]) -> Iterator[Fault]:
    """A word that is English too, or a single letter, would make English messages foreign; one in two is never seen."""
    for code, marks in latin.items():
        for word in sorted(marks.words):
            why = next((why for why, holds in _USELESS.items() if holds(word)), "is English too" * (word in english))
            if why:
                yield Fault(str(path), f"languages.{code}.words", f"`{word}` {why}", "leave it out")
