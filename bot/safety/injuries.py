"""Whether an injury or what happens at this moment is told for its own sake, and is no saying.

"All car crashes and paperwork" is no accident; who was hit today, or by somebody, had one.
"""

from __future__ import annotations

import re

from bot.safety.finding import Finding, Heard

# An accident is told for its own sake where it is of these days or hurts ("all car crashes and paperwork" is neither).
_HURTS = re.compile(
    r"\b(?:pains?|painful|hurts?|hurting|hurt|ach(?:e|es|ing|y)|sore|agony|killing|kill|bad|broken|can'?t|cannot|numb|"
    r"today|tonight|yesterday|morning|night|week|weekend|ago|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"just|now|hours?|minutes?|days?)\b"
)
# What a person does to a person is told for its own sake however unlike an example it is put.
_ATTACK = re.compile(
    r"\b(?:stabb?ed|knifed|glassed|shot|strangled|throttled|choked|throat|assault(?:ed)?|mugged|beaten|beat|hit|punche[ds]|"
    r"kick(?:ed|s)|attacked|shoved|pushed|threw)\b"
)
_SOMEBODY = re.compile(r"\b(?:me|us|him|her|my|i was|i got|i been|i've been|ive been|got|been|was)\b")
_IN_THE_BACK = re.compile(r"\bin (?:the|my) back\b")
# What happens at this moment is never asked about first, however unlike an example it is put.
_HAPPENING = re.compile(
    r"\b(?:just now|right now|this (?:very )?(?:minute|moment)|(?:a|an|one|two|three|five|ten|few|\d+) "
    r"(?:few )?(?:seconds?|secs?|minutes?|mins?) ago)\b"
)


def happens_now(heard: Heard) -> bool:
    """Whether a message tells of this very moment, as sayings do not."""
    return bool(_HAPPENING.search(heard.text.lower()))


def hurts_or_is_dated(heard: Heard) -> bool:
    """Whether a message says that something hurts, or puts something in these days."""
    return bool(_HURTS.search(heard.text.lower()))


def is_attack(found: Finding, heard: Heard) -> bool:
    """Whether an injury is told as done by somebody to somebody, and not as a saying ("stabbed in the back")."""
    is_saying = _IN_THE_BACK.search(heard.text.lower()) and not hurts_or_is_dated(heard)
    return bool(_ATTACK.search(found.phrase.lower())) and bool(_SOMEBODY.search(heard.text.lower())) and not is_saying
