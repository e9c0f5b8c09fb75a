"""The same messages as other hands type them: with a typing error, in capitals, without any mark.

Each way of typing is a function of a text and a source of chance, the same errors at the same seed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from bot.nlu.words.typing_errors import NEIGHBOURING_KEYS

_WORD = re.compile(r"[^\W\d_]{3,}")
_GAP = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019](?=\w)")
_MARKS = re.compile(r"(?<!\d)[.,;:!?\"()\u2026-]+|[.,;:!?\"()\u2026-]+(?!\d)")
_EMOJI = ("\U0001f62d", "\U0001f64f", "\U0001f623", "\U0001f605", "\u2764\ufe0f", "\U0001f914")
# What a phone makes of a word that it guesses wrongly, or hears: each is English, and means something else.
_GUESSED = dict(
    pair.split(":")
    for pair in """
    back:bank pain:pane needles:needless needle:noodle hurt:hut hurts:huts leg:log legs:lets numb:numbs foot:food
    feel:fell sore:store weak:week pee:peer wee:we how:hoe long:king does:dies much:mush cost:coast safe:sage
    acupuncture:picture sessions:session work:word help:hello spine:spin treatment:treat doctor:docile nerve:never
    bladder:blander disc:disk bowel:bowl weeks:weak week:weak pregnant:pregnancy fever:ever heart:hart chest:chess
    many:man take:tale after:afters""".split()
)


def slip(text: str, chance: Random) -> str:
    """One typing error somewhere behind the first letter of a word, or at a gap."""
    ways: list[Callable[[str, Random], str]] = [_neighbour, _dropped, _doubled, _swapped] * 3
    ways += [_gap_lost, _gap_added, *([_apostrophe_lost] * 3 if _APOSTROPHE.search(text) else [])]
    for way in chance.sample(ways, len(ways)):
        changed = way(text, chance)
        if changed != text:
            return changed
    return text


def _letter(text: str, chance: Random, before_last: bool = False) -> int | None:
    """The place of a letter behind the first of a word; longer words are hit more often."""
    places = [at for word in _WORD.finditer(text) for at in range(word.start() + 1, word.end() - before_last)]
    return chance.choice(places) if places else None


def _neighbour(text: str, chance: Random) -> str:
    at = _letter(text, chance)
    if at is None or not (keys := NEIGHBOURING_KEYS.get(text[at].lower())):
        return text
    return text[:at] + chance.choice(sorted(keys)) + text[at + 1 :]


def _dropped(text: str, chance: Random) -> str:
    at = _letter(text, chance)
    return text if at is None else text[:at] + text[at + 1 :]


def _doubled(text: str, chance: Random) -> str:
    at = _letter(text, chance)
    return text if at is None else text[: at + 1] + text[at:]


def _swapped(text: str, chance: Random) -> str:
    at = _letter(text, chance, before_last=True)
    return text if at is None else text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _gap_lost(text: str, chance: Random) -> str:
    gaps = [gap.start() for gap in _GAP.finditer(text)]
    at = chance.choice(gaps) if gaps else len(text)
    return text[:at] + text[at + 1 :]


def _gap_added(text: str, chance: Random) -> str:
    at = _letter(text, chance)
    return text if at is None else f"{text[:at]} {text[at:]}"


def _apostrophe_lost(text: str, chance: Random) -> str:
    at = chance.choice([found.start() for found in _APOSTROPHE.finditer(text)])
    return text[:at] + text[at + 1 :]


def bare(text: str, chance: Random) -> str:
    """All lower case, without a mark."""
    return " ".join(_MARKS.sub(" ", text.lower()).split()) or text


def capitals(text: str, chance: Random) -> str:
    """All in capitals."""
    return text.upper()


def emoji(text: str, chance: Random) -> str:
    """Emoji at the end and in the middle."""
    words = text.split()
    words.insert(chance.randint(1, len(words)), chance.choice(_EMOJI))
    return " ".join([*words, chance.choice(_EMOJI) * chance.randint(1, 3)])


def guessed(text: str, chance: Random) -> str:
    """One word that a phone guessed wrongly, where it has one that it might."""
    found = [word for word in _WORD.finditer(text) if word.group().lower() in _GUESSED]
    if not found:
        return text
    word = chance.choice(found)
    return text[: word.start()] + _GUESSED[word.group().lower()] + text[word.end() :]


def spoken(text: str, chance: Random) -> str:
    """As dictated: no marks, no apostrophes, with the sounds that people make while they think."""
    words = bare(_APOSTROPHE.sub("", text), chance).split()
    for _ in range(2):
        words.insert(chance.randint(0, len(words)), chance.choice(("um", "uh", "uhm")))
    return " ".join(words)


TYPED = {f.__name__: f for f in (slip, bare, capitals, emoji, guessed, spoken)}
