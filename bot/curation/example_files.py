"""Adding examples to `data/nlu` as text, so that the file keeps its order, its comments and its quoting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.words.normalise import normalise

_INTENT = re.compile(r"^\s*-\s*intent:\s*(\S+)\s*$")
_SUBJECT = re.compile(r"^\s*subject:\s*(\S+)\s*$")
_EXAMPLES = re.compile(r"^(\s*)examples:\s*\|\s*$")
_ITEM = re.compile(r"^(\s*)-\s?(.*)$")
LONGEST = 300


class NotAnExample(ValueError):
    """The text cannot stand as an example."""


@dataclass(frozen=True)
class Block:
    """The examples of one label in one file.

    Attributes:
        label: An intent, or `intent/subject`.
        first, end: Line numbers of the first example and behind the last, from 0.
        indent: What stands before each example's dash.
    """

    label: str
    first: int
    end: int
    indent: str


def blocks_of(text: str) -> list[Block]:
    """The blocks of examples of a file's text, in order."""
    lines = text.splitlines()
    found: list[Block] = []
    intent = subject = ""
    for number, line in enumerate(lines):
        if match := _INTENT.match(line):
            intent, subject = match[1], ""
        elif match := _SUBJECT.match(line):
            subject = match[1]
        elif match := _EXAMPLES.match(line):
            end, indent = _extent(lines, number + 1, len(match[1]))
            found.append(Block(f"{intent}/{subject}" if subject else intent, number + 1, end, indent))
    return found


def _extent(lines: list[str], start: int, depth: int) -> tuple[int, str]:
    end, indent = start, " " * (depth + 2)
    for number in range(start, len(lines)):
        line = lines[number]
        match = _ITEM.match(line)
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        if match and len(match[1]) > depth:
            end, indent = number + 1, match[1]
    return end, indent


def as_example(text: str) -> str:
    """A message as one line of examples.

    Raises:
        NotAnExample: when nothing is left of it, when it is very long, or when Rasa would read marks in it.
    """
    line = " ".join(text.split())
    if not any(letter.isalpha() for letter in normalise(line)):
        raise NotAnExample("there are no words in it")
    if len(line) > LONGEST:
        raise NotAnExample(f"it has {len(line)} characters; {LONGEST} is the most: keep the sentence that matters")
    if re.search(r"\[[^\]]+\][({]", line):
        raise NotAnExample("Rasa would read [word](mark) as an entity: take the brackets out")
    return line


def add_example(text: str, label: str, example: str) -> str:
    """A file's text with an example more at the end of the label's block.

    Raises:
        NotAnExample: when it cannot stand as an example.
        LookupError: when the file has no block of that label.
    """
    line = as_example(example)
    block = next((b for b in reversed(blocks_of(text)) if b.label == label), None)
    if block is None:
        raise LookupError(f"there are no examples of {label} in this file")
    lines = text.splitlines(keepends=True)
    lines.insert(block.end, f"{block.indent}- {line}\n")
    return "".join(lines)
