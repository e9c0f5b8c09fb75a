"""Ways to break content, and what is known of each break."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

Break = Callable[[Path], None]
# What is broken, and the file, key and words with which it must be told. A group is broken together, so that all of it
# must be told at once; what hides another fault stands in another group.
Broken = Mapping[str, Mapping[str, tuple[Break, str, str, str]]]


def replaced(file: str, old: str, new: str, count: int = 1) -> Break:
    """A change of one text in one file."""

    def change(project: Path) -> None:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r} any more"
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    return change


def added(file: str, text: str) -> Break:
    """A text put at the end of a file, which may be new."""

    def change(project: Path) -> None:
        path = project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")

    return change
