"""The classifier as second line behind the safety net: when it may alarm or ask. When it doubts the net: `doubts`.

Why, and from which figures: docs/decisions/0008.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.conversation.denials import is_of_these_days, left_to_tell, names_danger, says_it_is_not, tells_danger
from bot.conversation.understanding import Danger, Understanding
from bot.safety.finding import Finding
from bot.suitability.tiers import Answer

ALARM, ASK = "alarm", "ask"
# The fact behind the label of a crisis.
SUICIDAL = "suicidal"
CRISIS, EMERGENCY, URGENT = "red_flag/crisis", "red_flag/emergency", "red_flag/urgent"
# Between net and classifier (docs/decisions/0008): measured on one half of tests/blind, counted on the other.
# From here on the classifier alarms where the net read nothing; urgent signs look more like daily pain.
ALARMS_ALONE = {CRISIS: 0.66, EMERGENCY: 0.8, URGENT: 0.88}
# From here where the message names neither a place nor a sign of danger ("the car broke down", "we got hammered 6-0").
ALARMS_UNNAMED = 0.8
# From here on it asks; and where the net read the words as denied, past or another person's, from there.
ASKS_ALONE = {CRISIS: 0.15, EMERGENCY: 0.2, URGENT: 0.2}
ASKS_AGAINST_THE_NET = 0.9
# Where the net read an urgent sign, from there the classifier's graver reading is told.
GRAVER = 0.9
# Where the net knows the words as harmless ("my foot fell asleep when I sat on it"), from there.
ASKS_LOOK_ALIKES = 0.97
# Where the net has denied or doubted something in the sentence, it must be as sure to alarm for what else that tells.
ALARMS_BESIDE = 0.9
# What is so in one sentence is so in the next: a story of the past, of a film, of someone else.
_GOES_ON = frozenset({"past", "hypothetical"})
_DATED = re.compile(r"\b(?:i|me|my)\b.*\b(?:since|ever since|after)\b|\b(?:since|ever since)\b.*\b(?:i|me|my)\b")
# A message of more words may hold something else that the classifier is right about.
_SHORT = 30
_OLD_AND_CHECKED = "old_checked_neuro"
# What is no danger as long as the pain is not new.
_QUIET_WITHOUT_NEW_PAIN = frozenset({"known_aneurysm", "cancer_now", "cancer_past"})
# What is said of these says nothing about a danger sign.
_SAID_OF_ANY_PAIN = frozenset(
    {"new_or_worse_pain", "recent_pain", "pain_unchecked", "age_65_plus", "for_someone_else", "minor_injury_pain"}
)
# These tell of the pain itself and are no history.
_OF_THIS_PAIN = frozenset({"leg_pain_stable", "inflammatory_pattern", "belly_symptoms", "nsaid_or_aspirin"})


@dataclass(frozen=True)
class Sight:
    """What the classifier makes of a message.

    Attributes:
        verdict: ALARM, ASK or "".
        label: The kind of danger that was judged so.
    """

    verdict: str = ""
    label: str = ""


def is_graver(understanding: Understanding) -> bool:
    """Whether the classifier is sure enough that its reading is told where it is graver than the net's."""
    danger = understanding.danger
    return danger is not None and danger.confidence >= max(GRAVER, ALARMS_ALONE.get(danger.label, 2))


def sees(understanding: Understanding, told: Mapping[str, Answer], precautions: frozenset[str]) -> Sight:
    """What the classifier makes of a message in which the net affirmed no danger.

    Every sentence is judged by itself, with what the net read in it: a denial or a doubt in one takes nothing from
    another. What is past, supposed or someone else's goes on into the next sentences.

    Args:
        understanding: The message.
        told: What was told of whoever needs care, denied and unsure facts too.
        precautions: The facts that are no danger sign by themselves.
    """
    danger = understanding.danger
    if danger is None:
        return Sight()
    best = Sight()
    for seen in (danger, *danger.elsewhere):
        if seen.label in ALARMS_ALONE:
            verdict = _judge(_part(understanding, seen), seen, told, precautions)
            if verdict == ALARM or (verdict == ASK and not best.verdict):
                best = Sight(verdict, seen.label)
            if verdict == ALARM:
                break
    return best


def _judge(part: Understanding, danger: Danger, told: Mapping[str, Answer], precautions: frozenset[str]) -> str:
    """What the classifier makes of one sentence: ALARM, ASK or ""."""
    if danger.label == CRISIS and part.language == "en":
        # A saying about sleep or an illness long past explains no wish to die.
        part = replace(part, findings=tuple(f for f in part.findings if f.fact == SUICIDAL), denied=())
    affirmed = {fact for fact, answer in told.items() if answer is Answer.YES}
    left = left_to_tell(part)
    tells_more = danger.label != CRISIS and tells_danger(left)
    # A history that the net has read ("heart attack in May, recovered") looks like an urgent sign and is for the check.
    history = danger.label == URGENT and bool(affirmed - _SAID_OF_ANY_PAIN - _OF_THIS_PAIN)
    is_well = danger.label != CRISIS and names_danger(part.text) and not tells_more and not part.findings
    explained = history or is_well or _net_explains(part, tells_more, left)
    looks_alike = (_SAID_OF_ANY_PAIN | precautions).issuperset(told) and not tells_more and _looks_alike(part, left)
    looks_alike = looks_alike or _is_old_and_checked(part)
    asks_from = ASKS_LOOK_ALIKES if looks_alike else ASKS_AGAINST_THE_NET if explained else ASKS_ALONE[danger.label]
    if danger.confidence < asks_from:
        return ""
    if danger.label != CRISIS and says_it_is_not(part, _SAID_OF_ANY_PAIN, past_too=danger.label == URGENT):
        return ""
    alarms_from = ALARMS_ALONE[danger.label]
    if danger.label != CRISIS and not names_danger(part.text):
        alarms_from = max(alarms_from, ALARMS_UNNAMED)
    doubted = any(told.get(f.fact) is Answer.UNSURE for f in part.findings)
    # What was left open is asked about, unless the sentence tells something else and the classifier is very sure.
    explained = explained or (doubted and not tells_more)
    if doubted or part.denied or any(_is_not_of_now(f) for f in part.findings):
        alarms_from = max(alarms_from, ALARMS_BESIDE)
    # It learned English: what words of other languages look like to it is reason to ask, no more.
    unsure = explained or looks_alike or part.language != "en"
    return ASK if unsure or danger.confidence < alarms_from else ALARM


def _part(understanding: Understanding, danger: Danger) -> Understanding:
    """The sentence in which danger was seen, as a message of its own."""
    start, end = danger.start, danger.end
    text = understanding.text[start:end]
    findings: list[Finding] = []
    goes_on = not is_of_these_days(text)
    for found in understanding.findings:
        if found.start < end and start < found.end:
            findings.append(replace(found, start=max(0, found.start - start), end=min(end, found.end) - start))
        elif goes_on and found.start < start and (found.status in _GOES_ON or found.subject != "patient"):
            findings.append(replace(found, start=0, end=0))
    denied = tuple((max(0, a - start), min(b, end) - start) for a, b in understanding.denied if a < end and start < b)
    denied = tuple(place for place in denied if names_danger(text[slice(*place)]))
    return replace(understanding, text=text, findings=tuple(findings), denied=denied)


def _net_explains(part: Understanding, tells_more: bool, left: str) -> bool:
    """Whether the net read the same words and found them harmless: denied, past, supposed, someone else's.

    A denial explains nothing beside which more is told; what is past or another's nothing that is of these days.
    """
    history = any(f.fact in _QUIET_WITHOUT_NEW_PAIN for f in part.findings)
    if history and any((f.fact, f.status) == ("new_or_worse_pain", "absent") for f in part.findings):
        return True
    of_now = tells_more and is_of_these_days(left)
    return any(
        _is_not_of_now(found) and not (tells_more if found.status == "absent" else of_now)
        for found in part.findings
        if found.status != "harmless"
    )


def _is_not_of_now(found: Finding) -> bool:
    """Whether the net read a fact as denied, harmless, past, supposed or someone else's."""
    told = found.status in ("present", "uncertain") and found.onset != "old" and found.subject == "patient"
    return found.fact not in _SAID_OF_ANY_PAIN and not told


def _is_old_and_checked(understanding: Understanding) -> bool:
    """Whether all that a short message tells is old, unchanged and seen by a clinician."""
    facts = [f for f in understanding.findings if f.status in ("present", "uncertain")]
    aged = all(f.onset == "old" or f.fact == _OLD_AND_CHECKED for f in facts)
    return aged and any(f.fact == _OLD_AND_CHECKED for f in facts) and len(understanding.text.split()) <= _SHORT


def _looks_alike(part: Understanding, left: str) -> bool:
    """Whether the net knows these words as a harmless saying or situation, and they hold little else.

    What is dated of oneself beside the saying is something else: "the boiler leaks and so do I since my back went".
    """
    harmless = any(f.status == "harmless" for f in part.findings)
    return harmless and len(part.text.split()) <= _SHORT and not _DATED.search(left)
