"""The conversation tests as the product reads them (`bot.curation.stories` says what a file holds)."""

from __future__ import annotations

from pathlib import Path

from bot.curation import stories
from bot.curation.stories import Conversation

PROJECT = Path(__file__).parents[2]


def read_conversations() -> list[Conversation]:
    """All of them, by file."""
    return stories.read_conversations(PROJECT)
