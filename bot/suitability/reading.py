"""Reading content files entry by entry, with closed key sets; faults are collected, not raised."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml.error import YAMLError

from bot.faults import Fault
from bot.yaml12 import parse

T = TypeVar("T")


@dataclass
class Entry:
    """One mapping of a content file, read key by key; what is wrong is added to `faults` and read as empty."""

    file: str
    place: str
    values: Mapping[str, Any]
    faults: list[Fault] = field(repr=False)

    def fault(self, key: str, problem: str, remedy: str) -> None:
        """Note a fault of one key."""
        self.faults.append(Fault(self.file, f"{self.place}: {key}", problem, remedy))

    def allow(self, keys: Sequence[str]) -> None:
        """Note every key that is not among those allowed."""
        for key in self.values:
            if key not in keys:
                self.fault(str(key), f"unknown key; allowed are {', '.join(keys)}", "correct or remove it")

    def text(self, key: str, *, required: bool = True) -> str:
        """A text; numbers are taken as written."""
        value = self.values.get(key)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
        if value is not None or required:
            self.fault(key, "missing or empty", "write a text")
        return ""

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key)
        if isinstance(value, list) and value and all(isinstance(v, str) and v.strip() for v in value):
            return tuple(" ".join(v.split()) for v in value)
        if value is not None or required:
            self.fault(key, "missing, empty or not a list of texts", "write a list: `[…]` or one `- …` a line")
        return ()

    def flag(self, key: str) -> bool:
        """True or false; false when left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"{value!r} is neither true nor false", "write `true` or leave the key out")
            return False
        return value

    def day(self, key: str) -> date:
        """A date."""
        value = self.values.get(key)
        if not isinstance(value, date):
            self.fault(key, "missing or not a date", "write it as 2026-11-22")
            return date.min
        return value

    def parsed(self, key: str, parse: Callable[[Any], T], fallback: T) -> T:
        """A value read by `parse`, whose ValueError says what is allowed."""
        if key not in self.values:
            self.fault(key, "missing", "add it")
            return fallback
        try:
            return parse(self.values[key])
        except ValueError as error:
            self.fault(key, str(error), "correct it")
            return fallback

    def child(self, key: str) -> Entry | None:
        """A mapping inside this one, if there is one."""
        value = self.values.get(key)
        if isinstance(value, Mapping):
            return Entry(self.file, f"{self.place}: {key}", value, self.faults)
        if value is not None:
            self.fault(key, "not a mapping", "write keys below it")
        return None

    def children(self, key: str) -> list[Entry]:
        """The mappings of a list inside this one."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(v, Mapping) for v in value):
            self.fault(key, "missing, empty or not a list of mappings", "write one `- id: …` for each")
            return []
        return [
            Entry(self.file, f'{self.place}: {key}[{i}] "{v.get("id", "?")}"', v, self.faults)
            for i, v in enumerate(value)
        ]


def read_entries(path: Path, top: str, faults: list[Fault]) -> tuple[list[Entry], Any]:
    """Read the list under the single top-level key of a content file.

    Args:
        path: The file.
        top: The top-level key it must have, and only that.
        faults: Where faults go.

    Returns:
        The entries, and the plain content for the version hash.
    """
    try:
        content = parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(Fault(path.name, "file", f"cannot be read: {error.strerror}", "restore it"))
        return [], None
    except (YAMLError, ValueError) as error:
        faults.append(
            Fault(path.name, "file", f"is not YAML: {' '.join(str(error).split())}", "correct the line named")
        )
        return [], None
    if not isinstance(content, dict) or list(content) != [top] or not isinstance(content[top], list):
        faults.append(
            Fault(path.name, top, f"the file must hold one key `{top}` with a list", "put every entry below it")
        )
        return [], None
    entries = []
    seen: set[str] = set()
    for number, values in enumerate(content[top]):
        if not isinstance(values, dict):
            faults.append(Fault(path.name, f"{top}[{number}]", "not a mapping", "write keys and values"))
            continue
        name = str(values.get("id", values.get("tier", "?")))
        entry = Entry(path.name, f'{top}[{number}] "{name}"', values, faults)
        if name in seen:
            entry.fault("id", f'"{name}" is used twice', "give every entry an id of its own")
        seen.add(name)
        entries.append(entry)
    return entries, content
