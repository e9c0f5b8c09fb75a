"""The one question of a message that tells a case or sets a scene, where it needs none of that to be understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.understanding import intent_of
from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.part_topics import Read, is_sure
from bot.nlu.sentences.segmentation_settings import (
    CLEARLY,
    CONDITION,
    FOR_A_CASE,
    GAP,
    OF_THE_CLINIC,
    OUT_OF_SCOPE,
    SURE_ALONE,
    WHATEVER_THE_CASE,
    SegmentationSettings,
)
from bot.nlu.topics.predictions import Prediction

# A question that needs nothing told before it has so many words and no such word.
_FEWEST_BY_ITSELF, _FEWEST_OF_THE_CLINIC = 5, 3
_TO_A_PROVIDER, _PLAINLY = "ask_consult_provider", 0.85
# What is told before a question for its sake, by what is asked: "bulging disc here. would it do anything", "seeing a
# chiropractor on Fridays, ok to do both".
_IT_HELPS = ("ask_benefits_general", "ask_pain_relief", "ask_who_can_benefit")
_OTHER_CARE = tuple(f"{GAP}/{subject}" for subject in ("massage_chiropractic", "dry_needling", "cupping", "herbs"))
_TOLD_FOR = {
    **dict.fromkeys(_IT_HELPS, (CONDITION, f"{GAP}/other_conditions", f"{GAP}/spine_conditions")),
    "ask_complementary_therapies": (*_OTHER_CARE, "ask_exercise_or_stretching"),
    "ask_alternative_to_medication_or_surgery": (f"{GAP}/medication_advice",),
    "ask_replace_medical_treatment": (f"{GAP}/medication_advice",),
}
# And the words that lean on it.
_LEANS = re.compile(
    r"\b(?:both|too|as well|alongside|together|it|its|that|this|them|instead|help\w*|works?|treat\w*|ease|use|good|"
    r"do (?:anything|something|owt|summat|much|the trick)|touch|shift|sort|fix|benefit from|difference|dent)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:it|that|this|these|those|them|one|ones|so)\b", re.IGNORECASE)


def asked_beside_a_case(
    whole: Prediction, found: Sequence[Read], read: Sequence[Read], settings: SegmentationSettings
) -> Read | None:
    """The one question of a message that as a whole tells a case, where it asks the same of everybody.

    "Does it hurt? I take blood thinners" asks about pain; "is it safe, I take blood thinners" asks for the check.

    Args:
        whole: The message read as a whole.
        found: Its parts that ask something known.
        read: All of its parts.
        settings: Which labels a case reads like.
    """
    if len(found) != 1:
        return None
    part, prediction = found[0]
    if not part.asks or part.joined:
        return None
    if intent_of(whole.label) not in settings.story_labels:
        return found[0] if _is_beside_its_background(whole, found[0], read, settings) else None
    for_all = intent_of(prediction.label) in WHATEVER_THE_CASE or _is_to_a_provider(part, prediction, settings)
    for_all = for_all or (intent_of(prediction.label) == GAP and prediction.label not in FOR_A_CASE)
    return found[0] if for_all and is_sure(prediction, CLEARLY, settings) else None


def one_with_what_it_is_for(found: Sequence[Read]) -> list[Read]:
    """The parts of a message, a question and what is told for its sake as one: the condition, or else the question."""
    if len(found) != 2 or found[0][0].asks or not found[1][0].asks:
        return list(found)
    (_, told), (part, asked) = found
    if not told.label.startswith(_TOLD_FOR.get(asked.label, ())) or not _LEANS.search(part.read_as):
        return list(found)
    return [found[0] if asked.label in _IT_HELPS else found[1]]


def _is_to_a_provider(part: Part, prediction: Prediction, settings: SegmentationSettings) -> bool:
    """Whether it plainly asks if a doctor must be seen first, which is so whatever is told before it."""
    plainly = prediction.label == _TO_A_PROVIDER and is_sure(prediction, _PLAINLY, settings)
    return plainly and len(part.read_as.split()) >= _FEWEST_BY_ITSELF


def _is_beside_its_background(
    whole: Prediction, question: Read, read: Sequence[Read], settings: SegmentationSettings
) -> bool:
    """Whether the whole sounds like what is told beside it: "i sit all day at work. what else goes well with it".

    A condition that is told is what the question is about, unless that asks of the clinic ("my husband has sciatica is
    there parking"); few words or those that point mean what was told.
    """
    part, prediction = question
    of_the_clinic = prediction.label in OF_THE_CLINIC
    fewest = _FEWEST_OF_THE_CLINIC if of_the_clinic else _FEWEST_BY_ITSELF
    if len(part.read_as.split()) < fewest or _POINTS.search(part.read_as):
        return False
    others = [(other, told) for other, told in read if (other.start, other.end) != (part.start, part.end)]
    told_of = {told.label for other, told in others if other.tells}
    return (
        bool(others)
        and not any(other.asks for other, _ in others)
        and whole.label in told_of
        and (of_the_clinic or not intent_of(whole.label).startswith((CONDITION, OUT_OF_SCOPE)))
        and is_sure(prediction, SURE_ALONE, settings)
    )
