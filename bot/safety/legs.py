"""Whether legs are told to give way under weight, and not in a saying about fear or joy."""

from __future__ import annotations

import re

from bot.safety.finding import Heard

# An image of what bears the weight: "my knees buckle like wet cardboard when I stand".
_IMAGE = re.compile(r"\b(?:like|as if|as though|turns? to)\b")
_BEARS_WEIGHT = re.compile(
    r"\b(?:(?:when(?:ever)?|if|as|(?:each|every) time|the moment|while|to) (?:i|we|he|she|they)?\b.{0,12}"
    r"(?:stand|get(?:s|ting)? (?:up|out of)|put(?:s|ting)? .{0,8}weight)|(?:on|up|down) the (?:stairs|steps))\b"
)
# Both of them, in plain words.
_BOTH_GIVE_WAY = re.compile(
    r"\b(?:knees|legs)\b.{0,12}\b(?:buckl(?:e|ing)|collapse|collapsing|crumple|fold|g[ai]v(?:e|ing) way)"
)


def gives_way_under_weight(heard: Heard) -> bool:
    """Whether it tells what legs do under weight, in an image or of both, as no saying about fear or joy does."""
    text = heard.text.lower()
    told = _IMAGE.search(text) or _BOTH_GIVE_WAY.search(text)
    return bool(told) and bool(_BEARS_WEIGHT.search(text))
