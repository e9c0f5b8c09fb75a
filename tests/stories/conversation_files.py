"""The conversation tests: files in Rasa's own story format, with what must come of each turn in their metadata.

`rasa test` reads the steps and checks intents and actions; pytest says the turns of `metadata` to the trained model and
the real actions and checks the replies. A turn holds `user`, or `rest` (the answer to every further question of the
check), and any of `topics` (one of them is understood), `kind` and `tier` (of some reply).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Conversation:
    """One conversation test."""

    name: str
    behaviour: str
    turns: tuple[dict[str, Any], ...]


def read_conversations() -> list[Conversation]:
    """All of them, by file."""
    found = []
    for path in sorted(HERE.glob("*/test_*.yml")):
        for story in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["stories"]:
            found.append(Conversation(story["story"], path.parent.name, tuple(story["metadata"]["turns"])))
    return found
