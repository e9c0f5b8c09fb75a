"""Three texts into one: what two people changed in the same file, when they changed different lines of it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise


class MergeConflict(ValueError):
    """Both changed the same lines."""


def merge(base: str, ours: str, theirs: str) -> str:
    """`ours` with the changes that `theirs` made to `base`.

    Raises:
        MergeConflict: when the two changes touch the same or neighbouring lines in different ways.
    """
    if base == theirs or ours == theirs:
        return ours
    if base == ours:
        return theirs
    lines = base.splitlines(keepends=True)
    edits = sorted({*_edits(lines, ours.splitlines(keepends=True)), *_edits(lines, theirs.splitlines(keepends=True))})
    for (_, end, _), (start, _, _) in pairwise(edits):
        if start <= end:
            raise MergeConflict("the same lines were changed in two ways")
    for start, end, replacement in reversed(edits):
        lines[start:end] = replacement
    return "".join(lines)


def _edits(base: Sequence[str], changed: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """What was done to `base`: replaced lines by position, and what stands in their place."""
    matcher = SequenceMatcher(None, base, changed, autojunk=False)
    return [
        (start, end, tuple(changed[first:last]))
        for what, start, end, first, last in matcher.get_opcodes()
        if what != "equal"
    ]
