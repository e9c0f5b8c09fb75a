"""Reads `data/typing_slips.yml`: what a slip of a finger is read as, and real words that were meant otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults
from bot.nlu.words.plain_word_table import (
    LETTERS,
    BesideOthers,
    beside_key_faults,
    beside_others,
    pattern_faults,
    twice,
    words_in,
)

_LISTS = ("everyday", "left_alone", "mistaken")


@dataclass(frozen=True)
class SlipTable:
    """All of them.

    Attributes:
        everyday: Patients' commonest words, the commonest first.
        left_alone: No English words, and no slips either.
        mistaken: Real words that mean another beside certain others.
    """

    everyday: tuple[str, ...]
    left_alone: frozenset[str]
    mistaken: tuple[BesideOthers, ...]


def read_typing_slips(path: Path) -> SlipTable:
    """The lists of a file.

    Raises:
        ContentFaults: when it is not built so, a word or a pattern stands twice, or a pattern cannot be used; names
            each of them.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ContentFaults([Fault(str(path), "file", "holds no lists", "restore it")])
    faults = top_faults(path, content, *_LISTS) + key_faults(path, "file", content, _LISTS, tuple(content))
    if not faults and not isinstance(content["mistaken"], list):
        faults.append(Fault(str(path), "mistaken", "is no list", "begin each entry with `- one_of:`"))
    faults = faults or beside_key_faults(path, "mistaken", content["mistaken"])
    if faults:
        raise ContentFaults(faults)
    for key in ("everyday", "left_alone"):
        words = words_in(content[key])
        faults += twice(path, key, words)
        for word in words:
            if not LETTERS.fullmatch(word):
                faults.append(Fault(str(path), key, f"`{word}` is no one word", "write words of letters only"))
    faults += pattern_faults(path, "mistaken", content["mistaken"])
    if faults:
        raise ContentFaults(faults)
    return SlipTable(
        tuple(words_in(content["everyday"])),
        frozenset(words_in(content["left_alone"])),
        beside_others(content["mistaken"]),
    )
