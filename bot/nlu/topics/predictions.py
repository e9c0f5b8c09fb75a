"""What can be said of predictions without asking the model again: their mean, and one without an intent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.understanding import Candidate, intent_of
from bot.nlu.topics.topic_model import Prediction


def average(predictions: Sequence[Prediction]) -> Prediction:
    """The mean of predictions of the same thing read in several ways."""
    share = 1 / len(predictions)
    total: dict[str, float] = {}
    intents: dict[str, float] = {}
    for prediction in predictions:
        for candidate in prediction.candidates:
            total[candidate.label] = total.get(candidate.label, 0.0) + candidate.confidence * share
        best = intent_of(prediction.label)
        intents[best] = intents.get(best, 0.0) + prediction.intent_confidence * share
        for candidate in prediction.candidates:
            other = intent_of(candidate.label)
            if other != best:
                intents[other] = intents.get(other, 0.0) + candidate.confidence * share
    ordered = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    intent = max(sorted(intents), key=lambda name: intents[name])
    first = next(item for item in ordered if intent_of(item[0]) == intent)
    ordered = [first, *(item for item in ordered if item != first)]
    candidates = tuple(Candidate(label, confidence) for label, confidence in ordered[:5])
    known = sum(prediction.known for prediction in predictions) * share
    background = sum(prediction.background for prediction in predictions) * share
    return Prediction(candidates, known, intents[intent], background)


def without(prediction: Prediction, intent: str) -> Prediction:
    """What a text means where one intent cannot be meant; as it is where nothing else is left."""
    rest = [candidate for candidate in prediction.candidates if intent_of(candidate.label) != intent]
    left = 1 - sum(c.confidence for c in prediction.candidates if intent_of(c.label) == intent)
    if not rest or left <= 0 or len(rest) == len(prediction.candidates):
        return prediction
    candidates = tuple(replace(candidate, confidence=candidate.confidence / left) for candidate in rest)
    best = intent_of(candidates[0].label)
    sure = sum(candidate.confidence for candidate in candidates if intent_of(candidate.label) == best)
    return replace(prediction, candidates=candidates, intent_confidence=min(sure, 1.0))
