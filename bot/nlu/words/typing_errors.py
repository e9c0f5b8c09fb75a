"""How likely one word is another one mistyped or spelt by ear."""

from __future__ import annotations

# What one error costs, by how easily it happens.
ERROR, EASY_ERROR, DOUBLED = 1.0, 0.8, 0.6
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Written for one another by ear: "siatica" and "akupuncture".
_SOUNDS = ("aeiouy", "ckqsz", "fv", "mn", "dt", "gj", "bp")


def typing_cost(typed: str, meant: str, most: float) -> float:
    """The least sum of errors that turns one word into the other; more than `most` when it would be more.

    An error is a letter too many, missing or another, or two that changed places.
    """
    # The same beginning and end need no look.
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    before = typed[start - 1] if start else ""
    return _distance(typed[start : len(typed) - end], meant[start : len(meant) - end], before, most)


def _distance(typed: str, meant: str, before: str, most: float) -> float:
    above: list[float] = []
    row = [0.0]
    for place, letter in enumerate(meant):
        row.append(row[-1] + _left_out(letter, meant[place - 1] if place else before))
    for line, letter in enumerate(typed):
        previous = typed[line - 1] if line else before
        added = _single(letter, previous)
        upper, row = row, [row[0] + added]
        for place, wanted in enumerate(meant):
            cost = min(
                upper[place] + (0.0 if letter == wanted else _changed(letter, wanted)),
                upper[place + 1] + added,
                row[place] + _left_out(wanted, meant[place - 1] if place else before),
            )
            if line and place and letter == meant[place - 1] and previous == wanted and letter != wanted:
                cost = min(cost, above[place - 1] + EASY_ERROR)
            row.append(cost)
        above = upper
        if min(row) > most:
            return most + 1
    return row[-1]


def _single(letter: str, previous: str) -> float:
    """A letter too many or missing: easily the second of a pair."""
    return DOUBLED if letter == previous else ERROR


def _left_out(letter: str, previous: str) -> float:
    """A letter that is missing: easily a vowel that is not the first, as in "sfe"."""
    return EASY_ERROR if letter in "aeiou" and previous and letter != previous else _single(letter, previous)


def _changed(typed: str, meant: str) -> float:
    return EASY_ERROR if (typed, meant) in _EASY else ERROR


def _neighbouring_keys() -> dict[str, frozenset[str]]:
    places = {letter: (row, column) for row, line in enumerate(_ROWS) for column, letter in enumerate(line)}
    return {
        one: frozenset(
            other
            for other, (other_row, other_column) in places.items()
            # Each row is shifted to the right by half a key.
            if other != one and abs(row - other_row) <= 1 and abs(column + row / 2 - other_column - other_row / 2) <= 1
        )
        for one, (row, column) in places.items()
    }


NEIGHBOURING_KEYS = _neighbouring_keys()
_EASY = frozenset((one, other) for one, others in NEIGHBOURING_KEYS.items() for other in others) | frozenset(
    (one, other) for group in _SOUNDS for one in group for other in group if one != other
)
