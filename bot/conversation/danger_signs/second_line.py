"""The classifier as second line behind the safety net: when it may alarm or ask. When it doubts the net: `doubts`.

Why, and from which figures: docs/decisions/0008.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.understanding import Danger, Understanding
from bot.safety.reading import SAID_OF_ANY_PAIN, Reading, read_part
from bot.suitability.tiers import Answer

ALARM, ASK = "alarm", "ask"
_GRAVITY = ("", ASK, ALARM)
# The fact behind the label of a crisis.
SUICIDAL = "suicidal"
CRISIS, EMERGENCY, URGENT = "red_flag/crisis", "red_flag/emergency", "red_flag/urgent"
# Between net and classifier (docs/decisions/0008): measured on one half of tests/blind, counted on the other.
# From here on the classifier alarms where the net read nothing; urgent signs look more like daily pain.
ALARMS_ALONE = {CRISIS: 0.7, EMERGENCY: 0.8, URGENT: 0.9}
# From here where the net knows the words that the sentence is told in, and read no emergency in them.
ALARMS_NAMED = 0.9
# From here where the message names neither a place nor a sign of danger ("the car broke down", "we got hammered 6-0").
ALARMS_UNNAMED = 0.8
# From here on it asks; and where the net read the words as denied, past or another person's, from there.
ASKS_ALONE = {CRISIS: 0.15, EMERGENCY: 0.3, URGENT: 0.35}
ASKS_AGAINST_THE_NET = 0.9
# From here where the sentence holds no word that a danger sign is told in ("sore from the seat of the bus"). A long one
# without any is part of a story, and looks like anything: it asks from where it would alarm.
ASKS_UNNAMED = 0.35
# A long sentence is only together what it looks like where no clause of it is as like a danger sign as that.
ONLY_TOGETHER = 0.1
# From here of an emergency where the net knows the words that the sentence is told in, and read nothing in them.
ASKS_NAMED = 0.35
# Where the example likest to the sentence is no danger sign, and nearer by so much, it only asks unless it is very
# sure; nearer by so much more it does not ask either, but about a possible wish to die (docs/decisions/0037).
ALARMS_FROM_LEAD, ALARMS_WITHOUT_LEAD = -0.05, 0.95
ASKS_FROM_LEAD = -0.08
# Of what is less likely than that to be a wish to die the likest example must nearly be one.
ASKS_SURELY_OF_CRISIS, ASKS_OF_CRISIS_FROM_LEAD = 0.4, -0.03
# An emergency that is hardly likely enough must be nearest to a danger sign.
ALARMS_BARELY, ALARMS_BARELY_FROM_LEAD = 0.85, 0.0
# An urgent sign, told in the words of daily pain, must not be nearer to a harmless example than that to alarm, unless
# it is as likely as that.
URGENT_FROM_LEAD, URGENT_WITHOUT_LEAD = -0.01, 0.97
# What is nearest to a wish to die by so much alarms from there, as long as nothing explains or doubts it.
ALARMS_NEAR_CRISIS, NEAR_CRISIS_FROM_LEAD = 0.25, 0.1
# So likely, and nearest to a danger sign, it is sure: an illness told beside it is no reason to be still or to ask.
SURE, SURE_FROM_LEAD = 0.9, 0.0
# From here on an illness no longer hushes an emergency, unless it is the writer's own and over.
LIKELY, LIKELY_FROM_LEAD = 0.5, -0.02
# So likely beside what the net left open of bladder or bowel in the same sentence ("I have to
# lean on my belly to get a bit of pee out").
SURE_OF_WHAT_IS_OPEN = 0.95
_OF_BLADDER_AND_BOWEL = frozenset({"bladder_change", "bowel_change"})
# Where the net read an urgent sign, from there the classifier's graver reading is told.
GRAVER = 0.9
# Where the net knows the words as harmless ("my foot fell asleep when I sat on it"), from there.
ASKS_LOOK_ALIKES = 0.97
# Where the net has denied or doubted something in the sentence, it must be as sure to alarm for what else that tells.
ALARMS_BESIDE = 0.9
# These tell of the pain itself and are no history; and beside drugs by needle any pain of the spine is asked about.
_NO_HISTORY = frozenset(
    {"leg_pain_stable", "inflammatory_pattern", "belly_symptoms", "nsaid_or_aspirin", "iv_drug_use"}
)


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
    """Whether the classifier is sure enough that its reading is told where it is graver than the net's.

    A possible wish to die alarms as it does alone: what else was told beside it takes nothing from it.
    """
    danger = understanding.danger
    if danger is None:
        return False
    if danger.label == CRISIS and danger.lead >= SURE_FROM_LEAD:
        return danger.confidence >= ALARMS_ALONE[CRISIS]
    return danger.confidence >= max(GRAVER, ALARMS_ALONE.get(danger.label, 2))


def is_sure_of_an_emergency(understanding: Understanding) -> bool:
    """Whether the classifier is sure of an emergency, so that what the net read is no more to be asked about."""
    danger = understanding.danger
    return danger is not None and danger.label == EMERGENCY and _is_sure(danger)


def alarms_of_an_emergency(understanding: Understanding) -> bool:
    """Whether the classifier takes a message for an emergency so surely that it alarms where the net reads nothing."""
    danger = understanding.danger
    return danger is not None and danger.label == EMERGENCY and danger.confidence >= ALARMS_ALONE[EMERGENCY]


def sees(
    understanding: Understanding,
    told: Mapping[str, Answer],
    precautions: frozenset[str],
    histories: frozenset[str] = frozenset(),
) -> Sight:
    """What the classifier makes of a message in which the net affirmed no danger.

    Every sentence is judged by itself, with what the net read in it: a denial or a doubt in one takes nothing from
    another. What is past, supposed or someone else's goes on into the next sentences.

    Args:
        understanding: The message.
        told: What was told of whoever needs care, denied and unsure facts too.
        precautions: The facts that are no danger sign by themselves.
        histories: The illnesses, medicines and habits that are no sign of anything, whoever has them.
    """
    danger = understanding.danger
    if danger is None:
        return Sight()

    def verdict_on(seen: Danger) -> str:
        if seen.label not in ALARMS_ALONE:
            return ""
        reading = read_part(understanding.heard, seen.start, seen.end)
        # "My father, who has cancer, can't get his legs into the bed": the illness explains no sign.
        if _is_sure(seen):
            reading = reading.without_told(histories)
        elif seen.label == EMERGENCY and seen.confidence >= LIKELY and seen.lead >= LIKELY_FROM_LEAD:
            reading = reading.without_told(histories, but_own_past=True)
        verdict = _judge(reading, seen, told, precautions, understanding.language)
        if verdict and seen.label != CRISIS and reading.asks_the_clinic:
            # "My back went out, do you treat both legs" is no worse than what stands beside the question.
            asked = ASK if reading.asks_the_clinic_of_a_sign else ""
            left = max((asked, *map(verdict_on, seen.beside)), key=_GRAVITY.index)
            return min(verdict, left, key=_GRAVITY.index)
        return verdict

    best = Sight()
    for seen in (danger, *danger.elsewhere):
        if verdict := verdict_on(seen):
            if verdict == ALARM or (verdict == ASK and not best.verdict):
                best = Sight(verdict, seen.label)
            if verdict == ALARM:
                break
    return best


def _judge(
    reading: Reading, danger: Danger, told: Mapping[str, Answer], precautions: frozenset[str], language: str
) -> str:
    """What the classifier makes of one sentence: ALARM, ASK or ""."""
    of_crisis = danger.label == CRISIS
    if of_crisis and language == "en":
        # A saying about sleep or an illness long past explains no wish to die.
        reading = reading.about({SUICIDAL})
    if not of_crisis and reading.left_may_name_danger:
        # "Woke with a bitten tongue, this back is killing me": a saying about death explains nothing of the rest.
        reading = reading.beside({SUICIDAL})
    affirmed = {fact for fact, answer in told.items() if answer is Answer.YES}
    tells_more = not of_crisis and reading.tells_more
    # A history that the net has read ("heart attack in May, recovered") looks like an urgent sign and is for the check.
    history = danger.label == URGENT and not _is_sure(danger) and bool(affirmed - SAID_OF_ANY_PAIN - _NO_HISTORY)
    is_well = not of_crisis and reading.is_well
    explained = history or is_well or reading.is_only_a_place_or_time or reading.is_explained(beside=not of_crisis)
    only_slight = (SAID_OF_ANY_PAIN | precautions).issuperset(told) and not tells_more
    looks_alike = (only_slight and reading.looks_alike) or reading.is_old_and_checked
    if of_crisis and reading.left_may_name_crisis:
        looks_alike = False  # "pain killed my marriage and tonight it will finish me"
    asks_from = ASKS_LOOK_ALIKES if looks_alike else ASKS_AGAINST_THE_NET if explained else ASKS_ALONE[danger.label]
    asks_from = max(asks_from, _asks_by_words_from(reading, danger, language))
    if danger.confidence < asks_from or (not of_crisis and reading.asks_for_meaning):
        return ""
    if of_crisis and reading.only_denies_crisis:
        return ""
    if not of_crisis and reading.says_it_is_not(past_too=danger.label == URGENT):
        return ""
    open_facts = {f.fact for f in reading.findings if told.get(f.fact) is Answer.UNSURE}
    if danger.label == EMERGENCY and _is_sure(danger) and danger.confidence >= SURE_OF_WHAT_IS_OPEN:
        open_facts -= _OF_BLADDER_AND_BOWEL
    doubted = bool(open_facts)
    # What was left open is asked about, unless the sentence tells something else and the classifier is very sure.
    explained = explained or (doubted and not tells_more and not of_crisis)
    # It learned English: what words of other languages look like to it is reason to ask, no more.
    unsure = explained or looks_alike or language != "en"
    verdict = ASK if unsure or danger.confidence < _alarms_from(reading, danger, doubted) else ALARM
    return verdict if language != "en" else _beside_the_nearest(verdict, danger)


def _asks_by_words_from(reading: Reading, danger: Danger, language: str) -> float:
    """From which likeness it asks at the least, by the words that the sentence is told in; a wish to die needs none."""
    if danger.label == CRISIS:
        return 0.0
    asks_from = [0.0]
    if language == "en" and not reading.may_name_danger:
        asks_from.append(ALARMS_UNNAMED if reading.is_long else ASKS_UNNAMED)
    if language == "en" and danger.in_clauses < ONLY_TOGETHER:
        asks_from.append(ALARMS_ALONE[danger.label])
    if danger.label == EMERGENCY and language == "en" and reading.names_danger and not reading.findings:
        asks_from.append(ASKS_NAMED)
    if danger.label == EMERGENCY and reading.only_sounds_alike:
        asks_from.append(ASKS_AGAINST_THE_NET)
    return max(asks_from)


def _alarms_from(reading: Reading, danger: Danger, doubted: bool) -> float:
    """The likeness from which the classifier alarms at one sentence."""
    beside = doubted or reading.is_weakened
    if danger.label == CRISIS:
        near = danger.lead >= NEAR_CRISIS_FROM_LEAD and not beside
        alone = ALARMS_NEAR_CRISIS if near else ALARMS_ALONE[CRISIS]
    else:
        alone = max(ALARMS_ALONE[danger.label], ALARMS_NAMED if reading.names_danger else ALARMS_UNNAMED)
    return max(alone, ALARMS_BESIDE) if beside else alone


def _is_sure(danger: Danger) -> bool:
    """Whether a danger sign is likely and the likest example is one; a wish to die is never sure by that."""
    return danger.label != CRISIS and danger.confidence >= SURE and danger.lead >= SURE_FROM_LEAD


def _beside_the_nearest(verdict: str, danger: Danger) -> str:
    """What is left of a verdict where the example likest to the sentence is harmless."""
    if verdict == ALARM:
        if danger.label == URGENT and danger.confidence < URGENT_WITHOUT_LEAD and danger.lead < URGENT_FROM_LEAD:
            return ASK
        if danger.confidence >= ALARMS_WITHOUT_LEAD:
            return ALARM
        # "A twitch in my eye, I clench my jaw and my back is one piece of wood" is it only together.
        only_together = danger.label != CRISIS and danger.in_clauses < ONLY_TOGETHER
        barely = only_together or (danger.label == EMERGENCY and danger.confidence < ALARMS_BARELY)
        return ASK if danger.lead < (ALARMS_BARELY_FROM_LEAD if barely else ALARMS_FROM_LEAD) else ALARM
    if danger.label == CRISIS:
        return "" if danger.confidence < ASKS_SURELY_OF_CRISIS and danger.lead < ASKS_OF_CRISIS_FROM_LEAD else ASK
    return "" if danger.lead < ASKS_FROM_LEAD else ASK
