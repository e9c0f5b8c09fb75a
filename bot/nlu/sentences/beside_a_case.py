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
