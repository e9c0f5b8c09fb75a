"""Questions that no topic answers and a word of the chat does, asked beside one that a topic answers."""

from __future__ import annotations

from bot.conversation.heard.remarks import ASKED, REMARK
from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.segmentation_settings import ACCEPT_A_PART, SegmentationSettings
from bot.nlu.topics.predictions import Prediction

ASKED_REMARKS = frozenset(f"{REMARK}/{subject}" for subject in ASKED)


def is_asked_remark(part: Part, prediction: Prediction, settings: SegmentationSettings) -> bool:
    """Whether a clause of its own asks such a question: "how many visits, and what if it doesn't work"."""
    asks = part.asks and part.marked and prediction.label in ASKED_REMARKS
    return asks and prediction.known >= settings.split_known and prediction.candidates[0].confidence >= ACCEPT_A_PART
