"""What a text means to the classifier, and what follows without asking it again: a mean, one without an intent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.understanding import Candidate, intent_of


@dataclass(frozen=True)
class Prediction:
    """What one text means.

    Attributes:
        candidates: The likeliest labels, best first. The subjects of one intent stand up for it together: the best
            label is the best subject of the likeliest intent.
        known: Probability that the text belongs to any label.
        intent_confidence: Probability of the best label's intent, all its subjects together.
        background: Probability that the text only sets the scene. The others are what it means if it does not.
        danger_lead: By how much the example of a danger sign that the text is likest to is nearer than the likest of
            all others; below 0 where one of those is nearer.
    """

    candidates: tuple[Candidate, ...]
    known: float
    intent_confidence: float
    background: float = 0.0
    danger_lead: float = 0.0

    @property
    def label(self) -> str:
        """The likeliest label."""
        return self.candidates[0].label

    @property
    def confidence(self) -> float:
        """The best label's own probability."""
        return self.candidates[0].confidence


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
