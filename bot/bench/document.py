"""Puts what a bench measured into a page of docs/, between that bench's own markers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path


class MarkersMissing(ValueError):
    """A document does not have the two markers in order."""


def put_between_markers(document: str, bench: str, text: str) -> str:
    """The document with the text between the markers of a bench, or at its end when it has none.

    Args:
        document: The page.
        bench: Names the markers: `<!-- bench NAME -->` and `<!-- /bench NAME -->`.
        text: Markdown.

    Raises:
        MarkersMissing: when it has only one of the two, or they are in the wrong order.
    """
    first, last = f"<!-- bench {bench} -->", f"<!-- /bench {bench} -->"
    block = f"{first}\n{text}\n{last}"
    start, end = document.find(first), document.find(last)
    if start < 0 and end < 0:
        return f"{document.rstrip()}\n\n{block}\n"
    if start < 0 or end < start:
        raise MarkersMissing(f"{first} and {last} must stand there in this order, each once")
    return document[:start] + block + document[end + len(last) :]


def check_markers(document: Path, *benches: str) -> None:
    """See that the tables of these benches can be written, before what may be hours of measuring.

    Raises:
        MarkersMissing: as `put_between_markers`.
    """
    text = document.read_text("utf-8")
    for bench in benches:
        put_between_markers(text, bench, "")


def put_table(document: Path, bench: str, command: str, table: str) -> None:
    """Write a table into a page, below the day and the command it was measured with.

    Raises:
        MarkersMissing: as `put_between_markers`.
    """
    text = f"Measured on {datetime.now(UTC).date().isoformat()} with `{command}`.\n\n{table}"
    document.write_text(put_between_markers(document.read_text("utf-8"), bench, text), "utf-8")
