"""How long a stretch of time is that ends with a word: "three weeks", "a couple of days", "10yrs"."""

from __future__ import annotations

import re

_UNITS = {
    "second": 0.0, "sec": 0.0, "minute": 0.0, "min": 0.0, "hour": 0.04, "hr": 0.04, "day": 1.0, "night": 1.0,
    "morning": 1.0, "evening": 1.0, "week": 7.0, "wk": 7.0, "weekend": 7.0, "fortnight": 14.0,
    "month": 30.0, "mo": 30.0, "mth": 30.0,
    "winter": 365.0, "summer": 365.0, "autumn": 365.0, "year": 365.0, "yr": 365.0, "y": 365.0, "decade": 3650.0,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "couple": 2, "few": 3, "several": 4, "many": 5, "some": 3, "half": 0.5, "last": 1, "past": 1, "this": 0,
    "every": 0, "each": 0,
}  # fmt: skip
_GLUED = re.compile(r"(\d+(?:\.\d+)?)([a-z]+)")
YEAR = re.compile(r"(?:19[3-9]\d|20[0-4]\d)")


def length_ending_at(texts: list[str], index: int) -> tuple[float | None, int | None]:
    """Its length in days and its first word, for the stretch whose last word is at `index`; None, None for none."""
    text = texts[index]
    if glued := _GLUED.fullmatch(text):
        unit = _unit(glued[2])
        return (float(glued[1]) * unit, index) if unit is not None else (None, None)
    unit = _unit(text)
    if unit is None or text in {"y", "min", "sec"}:
        return None, None
    start, count = index, None
    for back in range(index - 1, max(-1, index - 5), -1):
        word = texts[back]
        if YEAR.fullmatch(word):
            break  # "in 1998 and this morning"
        value = _number(word)
        if value is not None:
            start, count = back, value if count is None or word not in {"a", "an", "last", "past"} else count
            continue
        if word in {"of", "or", "to", "good", "whole", "and", "about"}:
            continue
        break
    if count is None:
        if text in {"years", "yrs", "decades", "months", "weeks"}:
            return unit * 3, index
        return None, None
    return count * unit, start


def _unit(text: str) -> float | None:
    return _UNITS.get(text, _UNITS.get(text.removesuffix("s")))


def _number(text: str) -> float | None:
    if text in _NUMBERS:
        return _NUMBERS[text]
    try:
        return float(text.split("-")[0].split("/")[0])
    except ValueError:
        return None
