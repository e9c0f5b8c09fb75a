"""The clinicians' cases of `tests/cases/safety`: how they are read, what counts as right, and adding one as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.faults import read_yaml

FOLDER = "tests/cases/safety"
FILES = ("emergency", "urgent", "cautions")
KINDS = ("plain", "misspelt", "denied", "unsure", "over", "asked", "relative", "family", "look_alike")
HARMLESS = f"{FOLDER}/harmless.yml"


class Found(Protocol):
    """A finding of the safety net."""

    @property
    def fact(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def onset(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Case:
    """A message and what must be read from it about one fact."""

    fact: str
    kind: str
    text: str


def read_cases(project: Path) -> Iterator[Case]:
    """The cases by fact and kind.

    Raises:
        ContentFaults: when a file is not YAML.
    """
    for name in FILES:
        path = project / FOLDER / f"{name}.yml"
        for case in read_yaml(path)["cases"] if path.exists() else ():
            for kind in KINDS:
                for text in case.get(kind, ()):
                    yield Case(case["fact"], kind, text)


def is_right(kind: str, found: Iterable[Found]) -> bool:
    """Whether what was found of a case's fact is what a case of that kind says."""
    found = list(found)
    if kind in ("plain", "misspelt", "relative"):
        return any(f.status == "present" and f.subject == "patient" for f in found)
    if kind == "unsure":
        return any(f.status in ("uncertain", "present") for f in found)
    if kind == "asked":
        return not any(f.status == "present" for f in found)
    if kind == "family":
        return not any(f.subject == "patient" and f.status != "absent" for f in found)
    if kind == "over":
        return not any(f.status in ("present", "uncertain") and f.onset != "old" for f in found)
    return not any(f.status in ("present", "uncertain") for f in found)


def file_of_fact(project: Path, fact: str) -> str:
    """The file that holds a fact's cases.

    Raises:
        LookupError: when no file does.
    """
    for name in FILES:
        path = f"{FOLDER}/{name}.yml"
        text = (project / path).read_text("utf-8") if (project / path).exists() else ""
        if re.search(rf"^\s*- fact: {re.escape(fact)}\s*$", text, re.MULTILINE):
            return path
    raise LookupError(f"no file of {FOLDER} has cases of {fact}")


def add_case(text: str, fact: str, kind: str, said: str) -> str:
    """A file's text with a case more, at the end of its kind.

    Raises:
        LookupError: when the file has no cases of the fact, or no such kind exists.
    """
    if kind not in KINDS:
        raise LookupError(f"there is no kind {kind!r}; the kinds are {', '.join(KINDS)}")
    lines = text.splitlines(keepends=True)
    start, end, indent = _block(lines, fact)
    wanted, last = f"{' ' * indent}{kind}:", None
    for number in range(start + 1, end):
        if lines[number].rstrip() == wanted:
            last = number
        elif last is not None and re.match(rf"\s{{{indent},}}- ", lines[number]) and last == number - 1:
            last = number
    new = f"{' ' * (indent + 2)}- {json.dumps(' '.join(said.split()), ensure_ascii=False)}\n"
    if last is None:
        return "".join([*lines[:end], f"{wanted}\n", new, *lines[end:]])
    return "".join([*lines[: last + 1], new, *lines[last + 1 :]])


def add_harmless(text: str, said: str) -> str:
    """The text of the harmless messages with one more at the end."""
    new = f"  - {json.dumps(' '.join(said.split()), ensure_ascii=False)}\n"
    return text + ("" if text.endswith("\n") else "\n") + new


def add_phrase(text: str, fact: str, pattern: str) -> str:
    """A file of `data/safety` with a pattern more in the fact's `found_by`.

    Raises:
        LookupError: when the file does not find that fact by patterns.
    """
    lines = text.splitlines(keepends=True)
    start, end, indent = _block(lines, fact)
    for number in range(start + 1, end):
        if lines[number].rstrip() == f"{' ' * indent}found_by:":
            last = number
            while last + 1 < end and re.match(rf"\s{{{indent},}}- ", lines[last + 1]):
                last += 1
            item = "'" + pattern.replace("'", "''") + "'"
            return "".join([*lines[: last + 1], f"{' ' * (indent + 2)}- {item}\n", *lines[last + 1 :]])
    raise LookupError(f"{fact} is not found by patterns in this file")


def _block(lines: Sequence[str], fact: str) -> tuple[int, int, int]:
    """Where a fact's entry begins and ends, and the indent of its keys."""
    start = next((n for n, line in enumerate(lines) if re.match(rf"\s*- fact: {re.escape(fact)}\s*$", line)), None)
    if start is None:
        raise LookupError(f"there is no entry of {fact} in this file")
    dash = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines):
        line = lines[end]
        depth = len(line) - len(line.lstrip())
        if line.strip() and (depth < dash or (depth == dash and not line.lstrip().startswith("#"))):
            break
        end += 1
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return start, end, dash + 2


def facts_with_cases(project: Path) -> list[str]:
    """Every fact that has cases, by name."""
    found: set[str] = set()
    for name in FILES:
        path = project / FOLDER / f"{name}.yml"
        content: Any = read_yaml(path) if path.exists() else {"cases": ()}
        found |= {case["fact"] for case in content["cases"]}
    return sorted(found)
