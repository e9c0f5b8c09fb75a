"""How a phrase of another language is written in `data/safety/languages`, and what it is looked for by.

| written | stands for |
| --- | --- |
| `…` | up to as many characters as the language's `reach`, within the sentence |
| `a & b` | both, in either order, no further apart than that |
| `[a|b]` | either; `[a |]` may be left out |
| `*` | any ending: "ног*" is every case of a leg |
| `_` | the word ends here, in scripts where it else may go on |
| `ä`, `ö`, `ü`, `ß`, `'` | these and what is typed in their place ("ae", "a", "ss", nothing) |
| `{celsius}`, `{fahrenheit}` | a number that is a fever in these degrees |
| `{tenths}` | a fever in °C with its tenth, behind which no unit of anything else stands |
| `{number}`, `{year}` | a number of one or two digits; a year that is over since long |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations

# How letters are typed by those who have no key for them: compared with folded text.
_TYPED = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "(?:ß|ss?)", "'": "['’ ]?", "*": r"[^\s.,;!?。，！？]*"}
_OTHER_UNITS = (
    r"(?:kg|km|cm|mm|ml|mi|mph|m|l|h|x|eur|usd|ft|lbs?)\b|%|€|£|kilo|dol|dól|pound|min|stund|jahr|ans\b|an[nñ]?[oi]|jaar|"
    "mil|hour|week|percent|inch|feet|кг|км|см|лет|год|рок|рук|дол|руб|斤|公|块|元|岁|米"
)
_NUMBERS = {
    "{celsius}": r"(?<![\d.,])(?:3[89]|4[01])(?:[.,]\d)?(?![.,]?\d)",
    "{fahrenheit}": r"(?<![\d.,])10[0-6](?:[.,]\d)?(?![.,]?\d)",
    "{number}": r"(?<!\d)\d{1,2}(?!\d)",
    "{year}": r"(?<!\d)(?:19\d\d|20[01]\d|202[0-4])(?!\d)",
    "{tenths}": rf"(?<![\d.,$€£])(?:3[89]|4[01])[.,]\d(?![.,]?\d)(?!\s*(?:{_OTHER_UNITS}))",
}
# For each slot of a phrase its choices, and of each the parts that a text must hold as they are.
Slots = tuple[tuple[tuple[str, ...], ...], ...]
_SPECIAL = re.compile(r"\{[a-z]+\}|[… äöüß'*_&]")
_WORD_ENDS = r"(?![^\W\d_]|[\u0900-\u0dff])"
_SENTENCE = r"[^.!?。！？]"
# Scripts in which a word's first letter tells where it begins, with the letters before which none does.
_WORD_STARTS = (("a", "z"), ("а", "ӿ"), ("\u0900", "\u0dff"))


def orders(text: str) -> tuple[str, ...]:
    """The phrase in every order that its `&` allows."""
    parts = [part.strip() for part in text.split("&")]
    return tuple("…".join(order) for order in permutations(parts))


def anchors(text: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    """Parts of which one must be in a text as it is, else the phrase is not there: the longest choice of them."""
    slots = [[_longest(choice, fold) for choice in slot] for slot in _slots(text)]
    return tuple(dict.fromkeys(max(slots, key=lambda parts: min(map(len, parts)))))


def literals(text: str, fold: Callable[[str], str]) -> Slots:
    """What must be in a text for each choice of each slot: its parts as they are, one behind the other."""
    return tuple(
        tuple(tuple(fold(part) for part in _SPECIAL.split(choice) if part) for choice in slot) for slot in _slots(text)
    )


def may_stand(slots: Slots, folded: str) -> bool:
    """Whether of each slot one choice's literals follow those of the slot before; else the expression finds nothing."""
    at = 0
    for slot in slots:
        ends = [end for choice in slot if (end := _behind(choice, folded, at)) >= 0]
        if not ends:
            return False
        at = min(ends)
    return True


def _behind(parts: Sequence[str], folded: str, at: int) -> int:
    """Where the parts end if they follow one another from `at` on, as early as may be; -1 when they do not."""
    for part in parts:
        found = folded.find(part, at)
        if found < 0:
            return -1
        at = found + len(part)
    return at


def expression(text: str, fold: Callable[[str], str], *, gap: str = " ", reach: int = 20, whole: bool = False) -> str:
    """The regular expression that finds a phrase in folded text.

    Args:
        text: The phrase, in lower case.
        fold: What was done to the text's letters.
        gap: What a blank in the phrase stands for.
        reach: What `…` stands for, in characters.
        whole: Whether each word in Latin letters must be one by itself also behind `…`, where else it may be a part.
    """
    wide = rf"{_SENTENCE}{{0,{reach}}}?"
    slots = _slots(text)
    body = ""
    for number, slot in enumerate(slots):
        last = number == len(slots) - 1
        before = text if not number else slots[number - 1][-1]
        choices = [_choice(c, fold, gap, wide, whole=whole) + (_end(c or before, fold) if last else "") for c in slot]
        body += choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    return _start(text, fold) + body


def _slots(text: str) -> list[list[str]]:
    """What follows one another in a phrase: each has one choice or several."""
    parts = re.split(r"\[([^\]]*)\]", text)
    slots = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return [slot for slot in slots if slot != [""]]


def _longest(choice: str, fold: Callable[[str], str]) -> str:
    return fold(max(_SPECIAL.split(choice), key=len))


def _choice(text: str, fold: Callable[[str], str], gap: str, wide: str, *, whole: bool) -> str:
    done: Sequence[str] = re.split(r"(\{[a-z]+\}|[… _])", text)
    plain = {"…": wide, " ": gap, "_": _WORD_ENDS, **_NUMBERS}
    return "".join(plain[part] if part in plain else _word(part, fold, whole=whole) for part in done)


def _word(word: str, fold: Callable[[str], str], *, whole: bool) -> str:
    typed = _typed(word, fold)
    return rf"(?<![a-z]){typed}(?![a-z])" if whole and fold(word).isascii() and fold(word).isalpha() else typed


def _typed(word: str, fold: Callable[[str], str]) -> str:
    return "".join(_TYPED.get(letter) or re.escape(fold(letter)) for letter in word)


def _start(text: str, fold: Callable[[str], str]) -> str:
    first = fold(text.lstrip("[ ")[:1])
    for low, high in _WORD_STARTS:
        if first and low <= first <= high:
            return rf"(?<![{low}-{high}])"
    return ""


def _end(text: str, fold: Callable[[str], str]) -> str:
    last = fold(text[-1:])
    return r"(?![a-z])" if last.isascii() and last.isalpha() else ""


def blank(intensifiers: Iterable[str], fold: Callable[[str], str], *, spaced: bool = True) -> str:
    """What stands for a blank: up to two words of degree, and no blank at all where the script needs none."""
    words = "|".join(re.escape(fold(word)) for word in sorted(intensifiers, key=len, reverse=True))
    if spaced:
        return rf" (?:(?:{words}) ){{0,2}}" if words else " "
    return rf" ?(?:(?:{words}) ?){{0,2}}" if words else " ?"
