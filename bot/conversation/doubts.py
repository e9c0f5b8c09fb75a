"""When the classifier sees so little of the danger that the safety net read that it is asked about before any alarm.

Why, and from which figures: docs/decisions/0008.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.second_line import SUICIDAL
from bot.conversation.understanding import Understanding

_TRAUMA = "major_trauma"
# Below it the classifier sees next to nothing of what the net read in words that sayings use as well ("can't stand my
# chair", "we crashed at my sister's"): asked about before anyone is alarmed. Words of some facts are in no saying, and
# these alarm whatever the classifier sees; those of others nearly so.
DOUBTS_THE_NET = 0.05
_DOUBTED_LESS = 0.012
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
_NEVER_DOUBTED = frozenset(
    {
        "pregnancy_danger",
        "severe_needling_reaction",
        "known_aneurysm",
        "fever",
        "weight_loss_unexplained",
        "osteoporosis",
    }
)
# Where no kind of danger is among the likeliest five meanings of any sentence, even those are asked about first; not so
# what may be a wish to die, which alarms in any words.
_ALARMS_UNSEEN = frozenset({SUICIDAL})
_IDIOMATIC = frozenset(
    {
        "leg_weakness_severe",
        "leg_weakness_mild",
        "both_legs",
        "night_pain_constant",
        "worse_after_needling",
        "chest_or_breath",
        "sepsis_signs",
    }
)


def doubts(understanding: Understanding, facts: Sequence[str]) -> bool:
    """Whether the classifier sees too little of the danger that the net read: it knows English, and likeness only."""
    here = [f for f in understanding.findings if f.fact in facts]
    if understanding.language != "en" or any(f.language != "en" for f in here):
        return False
    if _HAPPENING.search(understanding.text.lower()):
        return False
    if any(f.fact == _TRAUMA and _is_attack(f.phrase, understanding.text) for f in here):
        return False
    if understanding.danger is None:
        return not _ALARMS_UNSEEN.intersection(facts)
    if _TRAUMA in facts:
        return not _HURTS.search(understanding.text.lower()) and understanding.danger.confidence < DOUBTS_THE_NET
    if _NEVER_DOUBTED.intersection(facts):
        return False
    least = DOUBTS_THE_NET if _IDIOMATIC.issuperset(facts) else _DOUBTED_LESS
    return understanding.danger.confidence < least


def _is_attack(phrase: str, text: str) -> bool:
    """Whether an injury is told as done by somebody to somebody, and not as a saying ("stabbed in the back")."""
    is_saying = _IN_THE_BACK.search(text.lower()) and not _HURTS.search(text.lower())
    return bool(_ATTACK.search(phrase.lower())) and bool(_SOMEBODY.search(text.lower())) and not is_saying
