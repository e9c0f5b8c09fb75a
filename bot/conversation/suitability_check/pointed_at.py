"""What is listed, named by its plain name: "bladder", "just the chest thing", in answer to which of these are so."""

from __future__ import annotations

import re
from functools import cache

from bot.conversation.follow_ups import bare
from bot.suitability.interview import Prompt

_BEFORE = (
    r"(?:(?:yes|yeah|yep|yup|well|um|uh|so|just|only|mostly|i think|its|it is|i have|that would be|the|a|an|my|bad|"
    r"hard|heavy|sudden|very) )*"
)
_AFTER = (
    r"(?: (?:one|ones|thing|things|part|bit|stuff|trouble|troubles|problem|problems|issue|issues|yes|yeah|tho|though|"
    r"i think|really|only|is new|are new|new|too))*"
)


def names_a_listed(prompt: Prompt | None, text: str) -> bool:
    """Whether an answer names a sign that the question on screen lists, and says no more than that.

    Whoever asks back ("bladder?") has answered nothing.
    """
    if prompt is None or not prompt.named or "?" in text:
        return False
    return bool(_pointing(prompt.named).fullmatch(bare(text)))


@cache
def _pointing(names: tuple[str, ...]) -> re.Pattern[str]:
    name = f"(?:{'|'.join(map(re.escape, names))})"
    return re.compile(rf"{_BEFORE}{name}(?: (?:and|or|plus) {_BEFORE}{name})*{_AFTER}")
