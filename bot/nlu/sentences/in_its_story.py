"""The question of a story: what only looks like one beside it is told, and where it is unclear, what it leans on says.

"I like to know things beforehand" asks nothing; "would it be alright if I sat with him" is known by the sentence
before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.part_topics import Read, is_sure
from bot.nlu.sentences.question_forms import leans_on_a_word, says_nothing_alone
from bot.nlu.sentences.segmentation_settings import CLEARLY, SURE_ALONE, SegmentationSettings
from bot.nlu.topics.predictions import Prediction

# So like what is told around a question next to no question is.
_TOLD = 0.7
# A message of fewer words is no story, and of so many questions none is the one that all of it leads to.
_FEWEST_WORDS, _MOST_ASKED = 20, 3


def windows(parts: Sequence[Part], text: str) -> dict[int, list[str]]:
    """By its number a question's readings with what stands before it: its sentence, and that with the one before.

    Args:
        parts: Of one message.
        text: The message.
    """
    asked = [place for place, part in enumerate(parts) if part.asks]
    if len(text.split()) < _FEWEST_WORDS or not 0 < len(asked) <= _MOST_ASKED:
        return {}
    return {place: found for place in asked if (found := _before(parts, place, text))}


def _before(parts: Sequence[Part], place: int, text: str) -> list[str]:
    part = parts[place]
    beginnings = sorted({other.sentence for other in parts[: place + 1] if other.sentence <= part.start})[-2:]
    found = [text[begin : part.end] for begin in reversed(beginnings)]
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
        readings: With what stands before it, the shortest first.
        whole: All of the message.
        settings: What is surely known, and what is small talk.
    """
    part, alone = question
    sure = is_sure(alone, SURE_ALONE, settings)
    leans = says_nothing_alone(part.read_as) or (leans_on_a_word(part.read_as) and not sure)
    ways = [*readings, whole] if leans else [alone, *readings]
    return next((way for way in ways if is_sure(way, CLEARLY, settings) and not settings.is_side(way.label)), None)
