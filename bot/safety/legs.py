"""Whether legs that give way are told in an image, and not in a saying about fear or joy."""

from __future__ import annotations

import re

from bot.safety.finding import Heard

# An image of what bears the weight: "my knees buckle like wet cardboard when I stand".
_IMAGE = re.compile(r"\b(?:like|as if|as though|turns? to)\b")
_BEARS_WEIGHT = re.compile(
    r"\b(?:(?:when(?:ever)?|if|as|(?:each|every) time|the moment|while|to) (?:i|we|he|she|they)?\b.{0,12}"
    r"(?:stand|get(?:s|ting)? (?:up|out of)|put(?:s|ting)? .{0,8}weight)|(?:on|up|down) the (?:stairs|steps))\b"
)


def gives_way_in_an_image(heard: Heard) -> bool:
    """Whether a message tells in an image what legs do under weight, as no saying about fear or joy does."""
    text = heard.text.lower()
    return bool(_IMAGE.search(text)) and bool(_BEARS_WEIGHT.search(text))
