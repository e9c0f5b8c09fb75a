"""The classifier as second line behind the safety net: when it may alarm or ask, and when it doubts the net.

Why, and from which figures: docs/decisions/0008.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.denials import names_danger, says_it_is_not
from bot.conversation.understanding import Understanding

ALARM, ASK = "alarm", "ask"
# The fact behind the label of a crisis.
SUICIDAL = "suicidal"
CRISIS, EMERGENCY, URGENT = "red_flag/crisis", "red_flag/emergency", "red_flag/urgent"
# Between net and classifier (docs/decisions/0008): measured on one half of tests/blind, counted on the other.
# From here on the classifier alarms where the net read nothing; urgent signs look more like daily pain.
ALARMS_ALONE = {CRISIS: 0.66, EMERGENCY: 0.72, URGENT: 0.88}
# From here where the message names neither a place nor a sign of danger ("the car broke down", "we got hammered 6-0").
ALARMS_UNNAMED = 0.8
# From here on it asks; and where the net read the words as denied, past or another person's, from there.
ASKS_ALONE = {CRISIS: 0.15, EMERGENCY: 0.2, URGENT: 0.2}
ASKS_AGAINST_THE_NET = 0.9
# Where the net read an urgent sign, from there the classifier's graver reading is told.
GRAVER = 0.9
# Where the net knows the words as harmless ("my foot fell asleep when I sat on it"), from there.
ASKS_LOOK_ALIKES = 0.97
# A message of more words may hold something else that the classifier is right about.
_SHORT = 30
_TRAUMA = "major_trauma"
_OLD_AND_CHECKED = "old_checked_neuro"
# What is no danger as long as the pain is not new.
_QUIET_WITHOUT_NEW_PAIN = frozenset({"known_aneurysm", "cancer_now", "cancer_past"})
# What is said of these says nothing about a danger sign.
_SAID_OF_ANY_PAIN = frozenset(
    {"new_or_worse_pain", "recent_pain", "pain_unchecked", "age_65_plus", "for_someone_else", "minor_injury_pain"}
)
# Below it the classifier sees next to nothing of what the net read in words that sayings use as well ("can't stand my
# chair", "we crashed at my sister's"): asked about before anyone is alarmed. Words of some facts are in no saying, and
# these alarm whatever the classifier sees; those of others nearly so.
DOUBTS_THE_NET = 0.05
_DOUBTED_LESS = 0.005
# An accident is told for its own sake where it is of these days or hurts ("all car crashes and paperwork" is neither).
_HURTS = re.compile(
    r"\b(?:pains?|painful|hurts?|hurting|hurt|ach(?:e|es|ing|y)|sore|agony|killing|kill|bad|broken|can'?t|cannot|numb|"
    r"today|tonight|yesterday|morning|night|week|weekend|ago|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"just|now|hours?|minutes?|days?)\b"
)
# What happens at this moment is never asked about first, however unlike an example it is put.
_HAPPENING = re.compile(
    r"\b(?:just now|right now|this (?:very )?(?:minute|moment)|(?:a|an|one|two|three|five|ten|few|\d+) "
    r"(?:few )?(?:seconds?|secs?|minutes?|mins?) ago)\b"
)
_NEVER_DOUBTED = frozenset({"pregnancy_danger", "severe_needling_reaction", "known_aneurysm", "fever"})
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
    if understanding.danger is None:
        return not _ALARMS_UNSEEN.intersection(facts)
    if _TRAUMA in facts:
        return not _HURTS.search(understanding.text.lower()) and understanding.danger.confidence < DOUBTS_THE_NET
    if _NEVER_DOUBTED.intersection(facts):
        return False
    least = DOUBTS_THE_NET if _IDIOMATIC.issuperset(facts) else _DOUBTED_LESS
    return understanding.danger.confidence < least


def is_graver(understanding: Understanding) -> bool:
    """Whether the classifier is sure enough that its reading is told where it is graver than the net's."""
    danger = understanding.danger
    return danger is not None and danger.confidence >= max(GRAVER, ALARMS_ALONE.get(danger.label, 2))


def sees(
    understanding: Understanding, affirmed: frozenset[str], told: frozenset[str], precautions: frozenset[str]
) -> str:
    """What the classifier makes of a message in which the net affirmed no danger: ALARM, ASK or "".

    Args:
        understanding: The message.
        affirmed: The facts that the net affirmed of whoever needs care.
        told: All facts that were told of them, denied and unsure ones too.
        precautions: The facts that are no danger sign by themselves.
    """
    danger = understanding.danger
    if danger is None or danger.label not in ALARMS_ALONE:
        return ""
    if danger.label == CRISIS and understanding.language == "en":
        # A saying about sleep or an illness long past explains no wish to die.
        understanding = replace(understanding, findings=tuple(f for f in understanding.findings if f.fact == SUICIDAL))
    # A history that the net has read ("heart attack in May, recovered") looks like an urgent sign and is for the check.
    explained = _net_explains(understanding) or (danger.label == URGENT and bool(affirmed - _SAID_OF_ANY_PAIN))
    looks_alike = (_SAID_OF_ANY_PAIN | precautions).issuperset(told) and _looks_alike(understanding)
    looks_alike = looks_alike or _is_old_and_checked(understanding)
    asks_from = ASKS_LOOK_ALIKES if looks_alike else ASKS_AGAINST_THE_NET if explained else ASKS_ALONE[danger.label]
    if danger.confidence < asks_from:
        return ""
    if danger.label != CRISIS and says_it_is_not(understanding, _SAID_OF_ANY_PAIN, past_too=danger.label == URGENT):
        return ""
    alarms_from = ALARMS_ALONE[danger.label]
    if danger.label != CRISIS and not names_danger(understanding.text):
        alarms_from = max(alarms_from, ALARMS_UNNAMED)
    # It learned English: what words of other languages look like to it is reason to ask, no more.
    unsure = explained or looks_alike or understanding.language != "en"
    return ASK if unsure or danger.confidence < alarms_from else ALARM


def _net_explains(understanding: Understanding) -> bool:
    """Whether the net read the same words and found them harmless: denied, past, supposed, someone else's."""
    history = any(f.fact in _QUIET_WITHOUT_NEW_PAIN for f in understanding.findings)
    if history and any((f.fact, f.status) == ("new_or_worse_pain", "absent") for f in understanding.findings):
        return True
    return any(
        f.fact not in _SAID_OF_ANY_PAIN
        and (f.status in ("absent", "past", "hypothetical") or f.onset == "old" or f.subject != "patient")
        for f in understanding.findings
    )


def _is_old_and_checked(understanding: Understanding) -> bool:
    """Whether all that a short message tells is old, unchanged and seen by a clinician."""
    facts = [f for f in understanding.findings if f.status in ("present", "uncertain")]
    aged = all(f.onset == "old" or f.fact == _OLD_AND_CHECKED for f in facts)
    return aged and any(f.fact == _OLD_AND_CHECKED for f in facts) and len(understanding.text.split()) <= _SHORT


def _looks_alike(understanding: Understanding) -> bool:
    """Whether the net knows these words as a harmless saying or situation, and the message holds little else."""
    harmless = any(f.status == "harmless" for f in understanding.findings)
    return harmless and len(understanding.text.split()) <= _SHORT
