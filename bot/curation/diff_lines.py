"""A difference of two texts as lines for a page: what went, what came, and a little around it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff


@dataclass(frozen=True)
class Line:
    """One line of a difference.

    Attributes:
        sign: "+" came, "-" went, " " stands around them, "@" begins another place of the file.
        text: Without the sign.
    """

    sign: str
    text: str


def shown_diff(before: str, after: str, around: int = 2) -> list[Line]:
    """The differing lines, each place introduced by its line number."""
    found: list[Line] = []
    for line in list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=around))[2:]:
        if line.startswith("@@"):
            found.append(Line("@", f"line {line.split('+')[1].split(',')[0].split(' ')[0]}"))
        else:
            found.append(Line(line[0], line[1:]))
    return found
