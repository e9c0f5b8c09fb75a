"""What would fail when words of the content are said: no text, a lone brace, a placeholder that nothing fills."""

from __future__ import annotations

import string
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from bot.faults import Fault


def placeholder_faults(
    path: Path, where: str, text: Any, allowed: Set[str], needed: Set[str] = frozenset()
) -> Iterator[Fault]:
    """The faults of one wording.

    Args:
        path: Its file.
        where: Its key there.
        text: What stands there.
        allowed: The placeholders that are filled when it is said.
        needed: Those without which it would name nobody to turn to.
    """
    if not isinstance(text, str):
        yield Fault(str(path), where, f"{text!r} is no text", "put it in quotes")
        return
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        yield Fault(str(path), where, f"has a brace without its other half ({error})", "write {{ or }} for a brace")
        return
    for name in sorted(named - allowed):
        remedy = f"use one of {', '.join(sorted(allowed))}" if allowed else "write it without"
        yield Fault(str(path), where, f"unknown placeholder {{{name}}}", remedy)
    for name in sorted(needed - named):
        yield Fault(str(path), where, f"does not name {{{name}}}", "say it there")
