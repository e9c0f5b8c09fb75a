"""Which parts of a message are things of their own: what their topics say, beside the message read as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from bot.conversation.understanding import intent_of
from bot.nlu.sentences.asked_remarks import is_asked_remark
from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.left_open import says_nothing_alone
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.question_forms import CONNECTIVES, QUESTION_WORDS
from bot.nlu.sentences.segmentation_settings import (
    CLEARLY,
    FRAGMENT,
    GAP,
    PUT_APART,
    STORY,
    SURE_ALONE,
    SURE_BESIDE,
    VERY_CLEARLY,
    SegmentationSettings,
)
from bot.nlu.sentences.told_wishes import is_a_wish
from bot.nlu.topics.predictions import Prediction

Read = tuple[Part, Prediction]
# "Ten years of it. Ten. Does it help": a number asks for nothing.
_NUMBER_ALONE = re.compile(
    r"\W*(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)\W*", re.IGNORECASE
)
_PLEASE = re.compile(r"\b(?:please|pls|plz)\b", re.IGNORECASE)
# In a message of more words what only names something in a sentence before the question is part of what is told.
_A_TALE = 24
_NAMED_TOO = re.compile(r"(?:(?:and|also|plus|then)[ ,]+)+(?:if|whether)\b", re.IGNORECASE)
# Of one kind with another label where they are named together: "yoga, pilates and swimming".
_SIBLINGS = {"ask_not_in_article/bathing_exercise_after": "ask_exercise_or_stretching"}


def topics_of(doc: Doc, read: Sequence[Read], settings: SegmentationSettings) -> list[Read]:
    """The parts that ask something known, those of the same topic joined."""
    words = len(text_of(doc).split())
    found: list[Read] = []
    for place, (part, prediction) in enumerate(read):
        following = read[place + 1][0] if place + 1 < len(read) else None
        leads_in = following is not None and not part.asks and "," in text_of(doc)[part.end - 1 : following.start]
        is_side = settings.is_side(prediction.label) and not is_asked_remark(part, prediction, settings)
        wished = is_a_wish(part, prediction)
        if not wished and words > _A_TALE and _is_told_before(part, read[place + 1 :]):
            continue
        part = replace(part, asks=True) if wished else part
        if not wished and (is_side or leads_in or not _stands_alone(part, prediction, words, settings)):
            continue
        same = next((row for row, (_, other) in enumerate(found) if other.label == prediction.label), None)
        if same is None:
            found.append((part, prediction))
        elif prediction.confidence > found[same][1].confidence:
            found[same] = (found[same][0], prediction)
    return found


def _is_told_before(part: Part, following: Sequence[Read]) -> bool:
    """Whether a few words stand in a sentence before the one that asks: "Hot bath, yes. … does something stay"."""
    asked_later = any(other.asks and other.sentence > part.sentence for other, _ in following)
    return not part.asks and asked_later and not _PLEASE.search(part.read_as)


def beside_the_whole(whole: Prediction, found: list[Read], settings: SegmentationSettings) -> list[Read]:
    """Without parts that are unsure of their topic, where the message as a whole is sure of another part's."""
    sure = whole.intent_confidence >= settings.overruled_by
    if not sure or intent_of(whole.label) not in {intent_of(prediction.label) for _, prediction in found}:
        return found
    apart = _in_sentences_of_their_own(found)
    return [
        (part, prediction)
        for part, prediction in found
        if prediction.intent_confidence >= (PUT_APART if part.asks and (apart or _is_named_too(part)) else SURE_BESIDE)
        or intent_of(prediction.label) == intent_of(whole.label)
    ]


def leaves_room(whole: Prediction, found: Sequence[Read], settings: SegmentationSettings) -> bool:
    """Whether the message read as a whole leaves room for the parts: it means one of them, or nothing clear.

    Questions in sentences of their own were put apart by the patient: they need no leave.
    """
    if _all_in_sentences_of_their_own(found):
        return True
    if whole.intent_confidence < settings.overruled_by:
        return True
    # "It loosens me up, and for how long does that last": the whole may know better than a part which of two it means.
    return intent_of(whole.label) in {intent_of(c.label) for _, prediction in found for c in prediction.candidates[:2]}


def without_weak_gaps(whole: Prediction, found: list[Read], settings: SegmentationSettings) -> list[Read]:
    """Without parts that only half read like something the article leaves open, where the whole surely means a topic.

    Questions in sentences of their own stay.
    """
    sure = whole.intent_confidence >= settings.overruled_by and intent_of(whole.label) != GAP
    if not sure or _all_in_sentences_of_their_own(found):
        return found
    return [
        (part, prediction)
        for part, prediction in found
        if intent_of(prediction.label) != GAP
        or prediction.intent_confidence >= _sure_enough_of_a_gap(part, prediction, whole)
    ]


def _is_named_too(part: Part) -> bool:
    """Whether it says that it is another thing to know: "I'd like to know if it helps, and also whether I may …"."""
    return bool(_NAMED_TOO.match(part.read_as))


def _all_in_sentences_of_their_own(found: Sequence[Read]) -> bool:
    return all(part.asks for part, _ in found) and _in_sentences_of_their_own(found)


def _in_sentences_of_their_own(found: Sequence[Read]) -> bool:
    return len({part.sentence for part, _ in found}) == len(found)


def _sure_enough_of_a_gap(part: Part, read: Prediction, whole: Prediction) -> float:
    """How sure of something that the article leaves open a part must be beside a message that means something else."""
    if not part.marked:
        # "Stress relief and better sleep": what is just the next reading of the message is borne out by it.
        bears_out = read.label in {candidate.label for candidate in whole.candidates[:2]}
        return VERY_CLEARLY if bears_out else whole.intent_confidence
    first = next((word for word in part.read_as.lower().split() if word not in CONNECTIVES), "")
    # "and whether you open early" is a question by itself; "and can I have a beer" may go on.
    return CLEARLY if first in QUESTION_WORDS or first == "whether" else VERY_CLEARLY


def several_things(
    whole: Prediction,
    parts: Sequence[Prediction],
    settings: SegmentationSettings,
    *,
    as_list: bool = False,
    of_each: bool = False,
) -> bool:
    """Whether every part is clearly a topic, not all of one kind, and the whole means one of them or nothing clear.

    Of three or more things that are told to be a list (`as_list`) one may be less clear: the others show it.
    Two of one kind are two where it is asked of each (`of_each`).
    """
    families = {part.label if of_each else _family(part.label) for part in parts}
    if len(parts) > 2 and _family(parts[0].label) == _family(parts[-1].label):
        # "Can I run and lift and stretch": what stands between two of one kind is of that kind.
        return False
    # Where nothing but what the article leaves open is read, none of its sentences is at stake.
    gaps_only = all(intent_of(prediction.label) == GAP for prediction in (whole, *parts))
    for_gap = CLEARLY if gaps_only else VERY_CLEARLY
    clear = [is_sure(part, for_gap if intent_of(part.label) == GAP else CLEARLY, settings) for part in parts]
    return (
        (all(clear) or (as_list and len(families) == len(parts) > 2 and sum(clear) >= len(parts) - 1))
        and all(is_sure(part, SURE_BESIDE, settings) and not settings.is_side(part.label) for part in parts)
        and len(families) > 1
        and (
            intent_of(whole.label) in {intent_of(part.label) for part in parts} or not is_sure(whole, CLEARLY, settings)
        )
    )


def clearer_completed(
    before: Prediction, alone: Prediction, completed: Prediction, settings: SegmentationSettings
) -> bool:
    """Whether a fragment means more with the question before it ("sore when they go in? and the day after?")."""
    return (
        completed.label != before.label
        and is_sure(completed, CLEARLY, settings)
        and not is_sure(alone, CLEARLY, settings)
        and not settings.is_side(completed.label)
    )


def clearer_alone(alone: Prediction, joined: Prediction, settings: SegmentationSettings) -> bool:
    """Whether a question means more by itself than with what is told before it: "they sent me here. What's it like".

    Where nothing is clear with it, less is enough: "ok just the back then. does it work". Whether something is a
    problem for oneself is only known by what was told.
    """
    if settings.is_side(alone.label) or intent_of(alone.label) in settings.story_labels:
        return False
    surer = is_sure(alone, SURE_ALONE, settings) and not is_sure(joined, CLEARLY, settings)
    return surer or (is_sure(alone, CLEARLY, settings) and not is_sure(joined, SURE_BESIDE, settings))


def each_once(read: Sequence[Read]) -> list[Read]:
    """The first part of every topic."""
    first: dict[str, Read] = {}
    for part, prediction in read:
        first.setdefault(prediction.label, (part, prediction))
    return list(first.values())


def _stands_alone(part: Part, prediction: Prediction, words: int, settings: SegmentationSettings) -> bool:
    if part.asks:
        gap = intent_of(prediction.label) == GAP
        return is_sure(prediction, settings.gap_confidence if gap else settings.split_confidence, settings)
    story = part.tells or intent_of(prediction.label) in settings.story_labels
    # A statement is background to a question beside it; a few words without a subject are a topic ("and the cost"),
    # unless they name only what all is about ("ok and acupuncture, does that help backs").
    if (
        story
        or _NUMBER_ALONE.fullmatch(part.read_as)
        or words > STORY
        or len(part.read_as.split()) > FRAGMENT
        or says_nothing_alone(part.read_as)
    ):
        return False
    return is_sure(prediction, settings.telling_confidence, settings)


def is_sure(prediction: Prediction, confidence: float, settings: SegmentationSettings) -> bool:
    """Whether it is of a topic at all, and so likely of one."""
    return prediction.known >= settings.split_known and prediction.intent_confidence >= confidence


def _family(label: str) -> str:
    """Things of one kind named together, as two conditions are, make one question; what the article leaves open not."""
    label = _SIBLINGS.get(label, label)
    words = label.split("_")
    return "_".join(words[:2]) if len(words) > 2 and intent_of(label) != GAP else label
