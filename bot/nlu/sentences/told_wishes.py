"""Wishes of the clinic, told beside a question and not asked: "I'd want a woman, and how much do I undress"."""

from __future__ import annotations

import re

from bot.conversation.understanding import intent_of
from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.segmentation_settings import GAP
from bot.nlu.topics.predictions import Prediction

_WISHES = re.compile(
    r"\W*(?:(?:and|but|so|also|plus|or|well|ideally|honestly|obviously) )*(?:i|we|she|he|they|my \w+|id|wed)"
    r"(?:['’]?d| would| do)?(?: (?:really|only|much|just|also))* "
    r"(?:want|like|love|prefer|need|rather|insist on|feel (?:better|easier|happier|safer|more comfortable))\b",
    re.IGNORECASE,
)
# It is as sure as this of what the article leaves open, and as little like a story.
_SURELY, _NOT_TOLD, _KNOWN = 0.85, 0.3, 0.5


def is_a_wish(part: Part, prediction: Prediction) -> bool:
    """Whether a part that does not ask can only be meant as something that the clinic would have to answer."""
    asks_the_clinic = intent_of(prediction.label) == GAP and prediction.intent_confidence >= _SURELY
    plainly = prediction.known >= _KNOWN and prediction.background < _NOT_TOLD
    return not part.asks and asks_the_clinic and plainly and bool(_WISHES.match(part.read_as))
