"""Marks that dictation wrote out as words: "my back hurts comma I can't pee period"."""

from __future__ import annotations

import re

_MARKS = {
    "comma": ",",
    "full stop": ".",
    "period": ".",
    "question mark": "?",
    "exclamation mark": "!",
    "exclamation point": "!",
}
# "A comma", "my period", "bent like a question mark" name the thing, and end or begin no part of a sentence.
_SPOKEN = re.compile(
    r"(?<!\ba)(?<!\bmy)(?<!\ban)(?<!\bthe)(?<!\bher)(?<!\bno)(?<!\blast)(?<!\bmissed)(?<!\blate)(?<!\bheavy) "
    r"(comma|full stop|period|question mark|exclamation (?:mark|point))(?= |$)",
    re.IGNORECASE,
)


def with_marks(text: str) -> str:
    """The text with its spoken marks as marks; as it is where only one is spoken that may be no mark ("period")."""
    spoken = _SPOKEN.findall(text)
    if len(spoken) > 1 or (spoken and spoken[0].lower() == "comma"):
        return _SPOKEN.sub(lambda match: _MARKS[match[1].lower()], text)
    return text
