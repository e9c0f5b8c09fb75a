"""The question of a story: what only looks like one beside it is told, and where it is unclear, what it leans on says.

"I like to know things beforehand" asks nothing; "would it be alright if I sat with him" is known by the sentence
before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.left_open import leans_on_a_word, says_nothing_alone
from bot.nlu.sentences.part_topics import Read, is_sure
from bot.nlu.sentences.segmentation_settings import (
    CLEARLY,
    CONDITION,
    SURE_ALONE,
    SURE_BESIDE,
    SegmentationSettings,
)
from bot.nlu.topics.predictions import Prediction

# So like what is told around a question next to no question is.
_TOLD = 0.7
# "I did say I'd try it but the thing holding me back is | whether it's sore".
_EMBEDDED = re.compile(
    r"\b(?:know|wonder\w*|sure|unsure|is|was|understand|curious|ask|asking|idea|clue|me|see|out) "
    r"((?:whether|if|how|what|why|who|where|when|which)\b(?: \S+){2,})$",
    re.IGNORECASE,
)
# What is meant though it is only told is so sure, so unlike a story and so long.
_SURELY_MEANT, _NO_STORY, _FEWEST_MEANT = 0.85, 0.1, 5
# Labels of questions, and those of what people tell of: what they have and what they do for it.
_ASKED, _TOLD_OF = (
    "ask_",
    (CONDITION, "ask_complementary", "ask_exercise", "ask_ergonomics", "ask_causes", "ask_mobility"),
)
# A message of fewer words is no story, and of so many questions none is the one that all of it leads to.
_FEWEST_WORDS, _MOST_ASKED = 13, 3


def windows(parts: Sequence[Part], text: str) -> dict[int, list[str]]:
    """By its number a question's readings: what is told that is asked, its sentence, and that with the one before.

    Args:
        parts: Of one message.
        text: The message.
    """
    asked = [place for place, part in enumerate(parts) if part.asks]
    if len(text.split()) < _FEWEST_WORDS or not 0 < len(asked) <= _MOST_ASKED:
        return {}
    return {place: _before(parts, place, text) for place in asked}


def _before(parts: Sequence[Part], place: int, text: str) -> list[str]:
    part = parts[place]
    beginnings = sorted({other.sentence for other in parts[: place + 1] if other.sentence <= part.start})[-2:]
    found = [text[begin : part.end] for begin in reversed(beginnings)]
    if embedded := _EMBEDDED.search(part.read_as):
        found.insert(0, embedded[1])
    return [one for one in dict.fromkeys(found) if one not in (part.read_as, text)]


def without_what_is_told(read: Sequence[Read]) -> list[Read]:
    """The parts, those taken for told that have the form of a question and sound like a story, where another asks."""
    if not any(part.asks and prediction.background < _TOLD for part, prediction in read):
        return list(read)
    return [
        (replace(part, asks=False, tells=True), prediction)
        if part.asks and not part.joined and prediction.background >= _TOLD and "?" not in part.read_as
        else (part, prediction)
        for part, prediction in read
    ]


def clearest(
    question: Read, readings: Sequence[Prediction], whole: Prediction, settings: SegmentationSettings
) -> Prediction | None:
    """What an unclear question of a story means: by itself, in its sentence, with the one before, in all of it.

    Args:
        question: The question, read alone.
        readings: Those of `windows`.
        whole: All of the message.
        settings: What is surely known, and what is small talk.
    """
    part, alone = question
    sure = is_sure(alone, SURE_ALONE, settings)
    empty = says_nothing_alone(part.read_as)
    leans = empty or (leans_on_a_word(part.read_as) and not sure)
    if not empty and (borne_out := _borne_out(alone, readings, settings)):
        return borne_out
    ways = [*readings, whole] if leans else [alone, *readings]
    return next((way for way in ways if is_sure(way, CLEARLY, settings) and not settings.is_side(way.label)), None)


def _borne_out(alone: Prediction, readings: Sequence[Prediction], settings: SegmentationSettings) -> Prediction | None:
    """What a question means by itself where its sentence bears that out: two that agree say more than one alone."""
    agree = [way for way in readings if way.label == alone.label and is_sure(way, SURE_BESIDE, settings)]
    if not agree or not is_sure(alone, SURE_BESIDE, settings) or settings.is_side(alone.label):
        return None
    return max((alone, *agree), key=lambda way: way.intent_confidence)


def meant_by_telling(read: Sequence[Read], settings: SegmentationSettings) -> Read | None:
    """The last part that is surely of a topic and nothing like a story, where no part asks: "part of me wonders if …".

    An illness that is told is a story in its own words.
    """
    if any(part.asks for part, _ in read):
        return None
    meant = (row for row in reversed(read) if _is_meant(*row, settings))
    return next(meant, None)


def _is_meant(part: Part, prediction: Prediction, settings: SegmentationSettings) -> bool:
    is_topic = prediction.label.startswith(_ASKED) and not prediction.label.startswith(_TOLD_OF)
    sure = is_sure(prediction, _SURELY_MEANT, settings) and prediction.background < _NO_STORY
    return is_topic and sure and len(part.read_as.split()) >= _FEWEST_MEANT
