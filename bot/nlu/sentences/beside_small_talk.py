"""The question of a message that sounds like small talk as a whole: "might give it a go. what's the first step"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.understanding import intent_of
from bot.nlu.sentences.part_topics import Read
from bot.nlu.sentences.segmentation_settings import CLEARLY, SegmentationSettings
from bot.nlu.topics.predictions import Prediction

_SMALL_TALK = "chitchat"


def asked_beside_small_talk(whole: Prediction, found: Sequence[Read], settings: SegmentationSettings) -> Read | None:
    """The one part that asks something known and clear, where the whole is small talk; None where there is none."""
    if intent_of(whole.label) != _SMALL_TALK or len(found) != 1:
        return None
    part, prediction = found[0]
    clear = prediction.known >= settings.split_known and prediction.intent_confidence >= CLEARLY
    return found[0] if part.asks and clear else None
