"""Tables of measurements in documents, between two comments that name them."""

from __future__ import annotations

from pathlib import Path


class MarkerMissing(Exception):
    """A document has no place for a table."""


def put_table(document: Path, name: str, table: str) -> None:
    """Replace what stands between `<!-- name -->` and `<!-- /name -->`.

    Raises:
        MarkerMissing: when the document has not both, each once.
    """
    text = document.read_text("utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise MarkerMissing(f"{document} needs {begin} and {end}, each once")
    before, rest = text.split(begin)
    document.write_text(f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}", "utf-8")
