"""What a part can hardly mean beside the others, and the other answer to a question, which is no second one."""

from __future__ import annotations

import re

from bot.nlu.sentences.part_topics import Read
from bot.nlu.sentences.segmentation_settings import SURE_ALONE
from bot.nlu.topics.predictions import Prediction, without

# What is said of the check's own questions or of an answer, and how sure it must be to be meant beside a question.
_STEERS, _ASKS_ON, _SURELY_STEERS = "steer_check", "asks_on", 0.8
_OR = re.compile(r"or\b", re.IGNORECASE)


def asked_of_the_article(prediction: Prediction) -> Prediction:
    """What a part means that hardly is about the check, or leans on an answer given before.

    "How long is it" beside "what should I wear" is a visit, "would it show by then" asks when it helps.
    """
    if prediction.intent_confidence >= _SURELY_STEERS:
        return prediction
    hardly = next((intent for intent in (_STEERS, _ASKS_ON) if prediction.label.startswith(intent)), None)
    return without(prediction, hardly) if hardly else prediction


def one_of_two_answers(whole: Prediction, found: list[Read]) -> list[Read]:
    """Of a question and the other answer to it, named with "or", the one that the whole surely means.

    "Will I feel it after one, or does it take a while" asks when it helps.
    """
    if len(found) != 2 or whole.intent_confidence < SURE_ALONE or found[0][0].sentence != found[1][0].sentence:
        return found
    meant = [(part, prediction) for part, prediction in found if prediction.label == whole.label]
    return meant if meant and _OR.match(found[1][0].read_as) else found
