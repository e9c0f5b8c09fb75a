"""Faults in content files: collected with file, key and remedy, and reported all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError

from bot.yaml12 import parse


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a content file, and what to do about it."""

    file: str
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.problem} – {self.remedy}"


class ContentFaults(ValueError):
    """Content cannot be used as it is; `faults` names everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_yaml(path: Path) -> Any:
    """The file's content as plain values, by YAML 1.2 as Rasa reads it (`yes` stays a word).

    Raises:
        ContentFaults: when the file is missing or is not YAML.
    """
    try:
        return deepcopy(_parsed(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ContentFaults([Fault(str(path), "file", f"cannot be read ({error.strerror})", "restore it")]) from error
    except (YAMLError, ValueError) as error:
        # A ValueError is a byte that is no text, or a day that no calendar has.
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "file"
        problem = f"is not YAML ({' '.join(str(getattr(error, 'problem', error)).split())})"
        raise ContentFaults([Fault(str(path), where, problem, "mend the indentation or quoting")]) from error


@lru_cache(maxsize=256)
def _parsed(text: str) -> Any:
    """Kept, because the console checks all files after each change of one, and parsing is what takes the time."""
    return parse(text)


def key_faults(
    file: Path, key: str, entry: Mapping[str, Any], required: Iterable[str], optional: Iterable[str] = ()
) -> list[Fault]:
    """Faults for keys that are missing from `entry` and for keys that nothing reads."""
    required, allowed = set(required), {*required, *optional}
    unknown = [
        Fault(str(file), f"{key}.{name}", "unknown key", f"use one of {', '.join(sorted(allowed))}")
        for name in entry
        if name not in allowed
    ]
    missing = [
        Fault(str(file), f"{key}.{name}", "missing", "add it") for name in sorted(required) if entry.get(name) is None
    ]
    return unknown + missing


def top_faults(file: Path, content: Mapping[str, Any], *known: str) -> list[Fault]:
    """Faults for what a file holds beside its top-level keys: a mistyped one would take all below it away."""
    only = " and ".join(f"`{name}`" for name in known)
    return [
        Fault(str(file), str(name), "unknown key", f"the file holds {only} only")
        for name in content
        if name not in known
    ]
