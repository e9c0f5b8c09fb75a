"""Reads `data/plain_words.yml`: shorthand, dialect and misheard words, and the plain ones that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults

# A word as a message is searched for them, and one of the letters of a list, which may end with an apostrophe.
ANY_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?'?")
_ODD_WORD = re.compile(r"[^\W_]+(?:/[^\W_]*)?")
_LISTS, _BESIDE = ("words", "ending_in", "beside"), ("one_of", "pattern", "plain")


@dataclass(frozen=True)
class BesideOthers:
    """A word that means another only beside certain others.

    Attributes:
        one_of: Words, lower case, of which a message has one, or the pattern is not looked for.
        pattern: With what must stand around it.
        plain: What takes its place, as `re.sub` writes it.
    """

    one_of: frozenset[str]
    pattern: re.Pattern[str]
    plain: str


@dataclass(frozen=True)
class PlainWordTable:
    """All of them.

    Attributes:
        words: The plain word by each that means it wherever it stands, lower case.
        ending_in: Beginnings of words that are written with "in" for "ing".
        beside: Words that mean another only beside others, in the order in which they are put plainly.
    """

    words: Mapping[str, str]
    ending_in: tuple[str, ...]
    beside: tuple[BesideOthers, ...]


def read_plain_words(path: Path) -> PlainWordTable:
    """The lists of a file.

    Raises:
        ContentFaults: when it is not built so, a word or a pattern stands twice, or a pattern cannot be used; names
            each of them.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ContentFaults([Fault(str(path), "file", "holds no lists", "restore it")])
    faults = top_faults(path, content, *_LISTS) + key_faults(path, "file", content, _LISTS, tuple(content))
    if not faults:
        if not isinstance(content["words"], dict):
            faults.append(Fault(str(path), "words", "are not by their plain word", "write `plain word: other words`"))
        if not isinstance(content["beside"], list):
            faults.append(Fault(str(path), "beside", "is no list", "begin each entry with `- one_of:`"))
    if faults:
        raise ContentFaults(faults)
    faults = beside_key_faults(path, "beside", content["beside"])
    if faults:
        raise ContentFaults(faults)
    faults = [*_word_faults(path, content), *twice(path, "ending_in", words_in(content["ending_in"]))]
    faults += pattern_faults(path, "beside", content["beside"])
    if faults:
        raise ContentFaults(faults)
    return PlainWordTable(
        {word: str(plain) for plain, written in content["words"].items() for word in words_in(written)},
        tuple(words_in(content["ending_in"])),
        beside_others(content["beside"]),
    )


def beside_others(rows: list[Mapping[str, Any]]) -> tuple[BesideOthers, ...]:
    """The entries of a list that has no faults."""
    return tuple(
        BesideOthers(frozenset(words_in(row["one_of"])), _compiled(row["pattern"]), str(row["plain"])) for row in rows
    )


def beside_key_faults(path: Path, key: str, rows: list[Any]) -> list[Fault]:
    """What is missing or too much in the entries of such a list."""
    faults: list[Fault] = []
    for number, entry in enumerate(rows):
        faults += key_faults(path, f"{key}[{number}]", entry if isinstance(entry, dict) else {}, _BESIDE)
    return faults


def words_in(written: Any) -> list[str]:
    """The words of a list that is written as one text, lower case."""
    return str(written).lower().split()


def _compiled(pattern: Any) -> re.Pattern[str]:
    return re.compile(str(pattern), re.IGNORECASE)


def _word_faults(path: Path, content: Mapping[str, Any]) -> Iterator[Fault]:
    plain_of: dict[str, str] = {}
    for plain, written in content["words"].items():
        for word in words_in(written):
            key = f"words.{plain}"
            if word in plain_of:
                where = "twice" if plain_of[word] == str(plain) else f"under `{plain_of[word]}` too"
                yield Fault(str(path), key, f"`{word}` stands {where}", "leave it in one place")
            elif word == str(plain):
                yield Fault(str(path), key, f"`{word}` is the plain word itself", "leave it out")
            elif not (LETTERS.fullmatch(word) or _ODD_WORD.fullmatch(word)):
                yield Fault(str(path), key, f"`{word}` is no one word", "put what is several words under `beside`")
            plain_of.setdefault(word, str(plain))


def twice(path: Path, key: str, words: list[str]) -> Iterator[Fault]:
    """A fault for each word that a list has twice."""
    for word in dict.fromkeys(word for place, word in enumerate(words) if word in words[:place]):
        yield Fault(str(path), key, f"`{word}` stands twice", "leave it in one place")


def pattern_faults(path: Path, name: str, rows: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """What is wrong with the words and patterns of a list of `BesideOthers`."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        key, written = f"{name}[{number}]", str(row["pattern"])
        yield from twice(path, f"{key}.one_of", words_in(row["one_of"]))
        for word in words_in(row["one_of"]):
            if not ANY_WORD.fullmatch(word):
                yield Fault(str(path), f"{key}.one_of", f"`{word}` is no one word", "write words of letters and digits")
        if not words_in(row["one_of"]):
            yield Fault(str(path), f"{key}.one_of", "names no word", "name a word that the pattern holds")
        if written in seen:
            yield Fault(str(path), f"{key}.pattern", f"is that of {name}[{seen[written]}] too", "leave one of them out")
        seen.setdefault(written, number)
        try:
            pattern = _compiled(written)
        except re.error as error:
            yield Fault(str(path), f"{key}.pattern", f"is no regular expression ({error})", "mend or quote it")
            continue
        if pattern.match(""):
            yield Fault(str(path), f"{key}.pattern", "holds where there is nothing", "let it ask for a word")
        try:
            re.sub(f"{pattern.pattern}|", str(row["plain"]), "", flags=re.IGNORECASE)
        except (re.error, IndexError) as error:
            yield Fault(str(path), f"{key}.plain", f"does not fit its pattern ({error})", "use the pattern's brackets")
