"""Whether acupuncture is good in pregnancy, asked by who does not say whose: "does it help pregnancy back pain"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

HELPS = Wish("topic", "benefits_general")
_LIKE_IT = frozenset({HELPS, Wish("topic", "who_can_benefit"), Wish("talk", "user_pain")})
_ON_A_PREGNANCY = Wish("gap", "harm_to_a_condition")
_PREGNANCY = re.compile(r"\b(?:pregnan\w+|prenatal|antenatal|expecting(?! to\b)|trimester)\b")
_NONE_NOW = re.compile(
    r"\b(?:after|since|post|following|last|previous|first|second|if i (?:get|become|fall|got)|trying|not|isnt) "
    r"(?:\w+ )?pregnan\w+"
)
_IS_GOOD_FOR = re.compile(
    r"\b(?:help\w*|good|work\w*|benefit\w*|eas(?:e|es)|reliev\w+|treat\w*|useful|suitable|suits?|"
    r"acupuncture (?:for|in|during))\b"
)


def asked_of_pregnancy(found: Sequence[Wish], text: str) -> list[Wish]:
    """What is meant by who asks if it is good in pregnancy; empty for all else.

    The article speaks of back pain, and of no pregnancy: its answer goes with whom to ask first (criterion C01).
    """
    words = bare(text)
    if len(found) != 1 or not _PREGNANCY.search(words) or _NONE_NOW.search(words):
        return []
    wish = found[0]
    if wish == Wish("gap", "children"):
        return [_ON_A_PREGNANCY]  # "do you see pregnant women"
    is_of_help = wish in _LIKE_IT or wish.kind == "unclear"
    return [HELPS, Wish("check", "in_pregnancy")] if is_of_help and _IS_GOOD_FOR.search(words) else []
