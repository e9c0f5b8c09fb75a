"""Reads `data/safety/languages`: one file for each language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.faults import ContentFaults, Fault, key_faults, read_yaml
from bot.safety.patterns.rules import Tongue

_LISTS = ("denials", "denials_after", "contrasts", "intensifiers", "harmless", "over", "long_ago", "lately")
_OPTIONAL = ("version", "reviewed", *_LISTS, "letters", "spaced", "whole", "reach")


def read_tongues(directory: Path, faults: list[Fault]) -> tuple[Tongue, ...]:
    """All languages, by name of their files; what is wrong is added to `faults`."""
    paths = sorted(directory.glob("*.yml"))
    if not paths:
        faults.append(Fault(str(directory), "folder", "holds no language", "add one, such as es.yml"))
    return tuple(tongue for path in paths if (tongue := _read(path, faults)))


def _read(path: Path, faults: list[Fault]) -> Tongue | None:
    try:
        content = read_yaml(path)
    except ContentFaults as unreadable:
        faults += unreadable.faults
        return None
    if not isinstance(content, dict) or not isinstance(content.get("phrases"), dict):
        faults.append(Fault(str(path), "phrases", "missing", "write the phrases of each fact under it"))
        return None
    wrong = key_faults(path, "file", content, ("phrases",), _OPTIONAL)
    letters = {str(a): str(b) for a, b in (content.get("letters") or {}).items()}
    wrong += [
        Fault(str(path), f"letters.{a}", "is not one letter read as one or none", "write one letter on each side")
        for a, b in letters.items()
        if len(a) != 1 or len(b) > 1
    ]
    for fact, texts in content["phrases"].items():
        wrong += [
            Fault(str(path), f"phrases.{fact}", f"`{text}` has a choice within a choice", "write it out")
            for text in _texts(texts)
            if re.search(r"[\[\]]", re.sub(r"\[[^\[\]]*\]", "", text))
        ]
    faults += wrong
    if wrong:
        return None
    return Tongue(
        language=path.stem,
        phrases={str(fact): _texts(texts) for fact, texts in content["phrases"].items()},
        **{name: _texts(content.get(name)) for name in _LISTS},
        letters=letters,
        spaced=bool(content.get("spaced", True)),
        whole=bool(content.get("whole", False)),
        reach=int(content.get("reach", 20)),
    )


def _texts(written: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", str(text)) for text in written or ())
