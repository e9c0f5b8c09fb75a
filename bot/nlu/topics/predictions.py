"""What can be said of predictions without asking the model again: their mean."""

from __future__ import annotations

from collections.abc import Sequence

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
