"""Reads the labelled examples of `data/nlu` without Rasa: for evaluation and for the checks of the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Example:
    """One thing a patient may write, and what it means.

    Attributes:
        text: As a patient writes it.
        label: An intent, or `intent/subject`.
        file: The file it stands in, for reports.
    """

    text: str
    label: str
    file: str


def read_examples(folder: Path) -> list[Example]:
    """Every intent example below a folder, in the order of file names and lines.

    Raises:
        FileNotFoundError: when the folder holds no YAML file.
    """
    paths = sorted(folder.rglob("*.yml"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no .yml file with examples")
    return [e for path in paths for e in read_example_text(path.read_text(encoding="utf-8"), path.name)]


def read_example_text(text: str, file: str) -> list[Example]:
    """Every intent example of a file's text; `file` is its name, for reports."""
    examples: list[Example] = []
    content = YAML(typ="safe").load(text) or {}
    for block in content.get("nlu") or ():
        if "intent" in block:
            texts = _texts(block.get("examples") or "")
            subject = (block.get("metadata") or {}).get("subject")
            label = f"{block['intent']}/{subject}" if subject else block["intent"]
            examples.extend(Example(text, label, file) for text in texts)
    return examples


def _texts(examples: str | list) -> list[str]:
    """The examples of one block, in either of Rasa's two notations, without entity marks."""
    if isinstance(examples, list):
        lines = [entry["text"] if isinstance(entry, dict) else str(entry) for entry in examples]
    else:
        lines = examples.splitlines()
    plain = (line.strip().removeprefix("-").strip() for line in lines)
    return [_ENTITY.sub(r"\1", line) for line in plain if line]
