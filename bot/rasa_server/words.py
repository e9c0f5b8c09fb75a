"""What a visitor sent, in a form in which Rasa takes words for words and only our buttons for intents."""

from __future__ import annotations

import re
from typing import Any

# domain.yml: the intent of a button that was offered, and the entity that carries its payload.
CHOICE_INTENT = "choose"
CHOICE_ENTITY = "choice"


def plain_text(text: str) -> str:
    """A visitor's words as Rasa may read them.

    Rasa takes a message that begins with a slash for an intent and its entities, and `/restart` for an order; a space
    in front does not help, it strips that. So the slashes are taken off, and the words behind them are understood
    like any others.
    """
    return re.sub(r"^[\s/]+", "", text) or "?"


def parse_data_of_choice(title: str, payload: str) -> dict[str, Any]:
    """What a pressed button was understood as: no text is parsed, so nothing typed can ever look like it."""
    entity = {"entity": CHOICE_ENTITY, "value": payload, "start": 0, "end": len(title)}
    return {
        "text": title,
        "intent": {"name": CHOICE_INTENT, "confidence": 1.0},
        "intent_ranking": [],
        "entities": [entity],
    }
