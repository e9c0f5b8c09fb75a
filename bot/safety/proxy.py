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

_NAMES_SOMEBODY = re.compile(rf"\b(?:he|she|they|him|her|them|{ANYBODY})\b")
# "Her sister has diabetes" tells of nobody that is asked for, nor does what a pet has.
_NAMES_THEIR_OWN = re.compile(rf"\b(?:his|her|their) (?:\w+ )?(?:{ANYBODY}|dog|cat|horse|puppy|kitten|pony|pet)\b")


def tells_of_another(text: str) -> bool:
    """Whether a message tells of the other person where one is known to need care: "she's diabetic", "my gran is"."""
    words = text.lower()
    return bool(_NAMES_SOMEBODY.search(words)) and not _NAMES_THEIR_OWN.search(words)


def asks_for_another(text: str) -> bool:
    """Whether a message asks whether a person near to the writer may have acupuncture, and nothing for the writer."""
    return bool(_ASKS_FOR_ANOTHER.search(text.lower()))
