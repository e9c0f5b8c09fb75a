"""Marking the words of a text that made something fire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape


def marked(text: str, inspection: Mapping[str, Any]) -> Markup:
    """The normalised text with the words of its findings marked; what fired a criterion is strong as well.

    Everything of the text is escaped; marks that overlap are joined.
    """
    fired = {(w["start"], w["end"]) for c in inspection.get("criteria", ()) for w in c["words"]}
    spans = {(f["start"], f["end"]) for f in inspection.get("findings", ())} | fired
    made, at = Markup(""), 0
    for start, end in _joined(spans):
        if not 0 <= start < end <= len(text) or start < at:
            continue
        words = escape(text[start:end])
        if any(start <= first and last <= end for first, last in fired):
            words = Markup("<strong>{}</strong>").format(words)
        made += escape(text[at:start]) + Markup("<mark>{}</mark>").format(words)
        at = end
    return made + escape(text[at:])


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
