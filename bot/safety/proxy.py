"""Whether somebody asks for another person: "can my mother have it" makes her the one who needs care."""

from __future__ import annotations

import re

from bot.safety.kin import ANYBODY

_ASKS_FOR_ANOTHER = re.compile(
    r"\b(?:can|could|would|will|may|should|is it|is this|be|ok|okay|safe|suitable|right|good)(?: \w+)? (?:for )?"
    rf"(?:my|our) (?:\w+ )?(?:{ANYBODY})\b"
    r"(?!.*\b(?:for me|can i|i have)\b)|"
    rf"\b(?:my|our|a) (?:\w+ )?(?:{ANYBODY})\b.*\b(?:if|whether) (?:he|she|they) (?:can|could|may|might|should)\b"
)


def asks_for_another(text: str) -> bool:
    """Whether a message asks whether a person near to the writer may have acupuncture, and nothing for the writer."""
    return bool(_ASKS_FOR_ANOTHER.search(text.lower()))
