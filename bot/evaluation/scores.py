"""What predictions are worth: shares of right ones, and Matthews correlation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.nlu.topics.predictions import Prediction
from bot.nlu.topics.thresholds import Thresholds

REFUSED = "(refused)"


@dataclass(frozen=True)
class Scores:
    """How well the classifier did.

    Attributes:
        accuracy_closed: Of the in-scope questions, best label, no threshold.
        accuracy: Of the in-scope questions, at the shipped threshold; a refusal is wrong.
        oos_recall: Refused share of the out-of-scope questions; None when there are none.
        mcc: Multi-class Matthews correlation at the shipped threshold over all questions.
        ms_per_question: Milliseconds of processor time, from text to decision.
        train_s: Seconds to train, encoding included.
    """

    accuracy_closed: float
    accuracy: float
    oos_recall: float | None
    mcc: float
    ms_per_question: float
    train_s: float


def score(
    labels: Sequence[str],
    predictions: Sequence[Prediction],
    oos_label: str | None,
    ms: float,
    train_s: float,
    thresholds: Thresholds,
) -> Scores:
    """Compare predictions with the right labels."""
    threshold = thresholds.refuse_below
    refused = oos_label or REFUSED
    said = [found.label if found.known >= threshold else refused for found in predictions]
    inside = [row for row, label in enumerate(labels) if label != oos_label]
    outside = [row for row, label in enumerate(labels) if label == oos_label]
    return Scores(
        accuracy_closed=share(predictions[row].label == labels[row] for row in inside) or 0.0,
        accuracy=share(said[row] == labels[row] for row in inside) or 0.0,
        oos_recall=share(said[row] == refused for row in outside),
        mcc=round(matthews(labels, said), 4),
        ms_per_question=round(ms, 3),
        train_s=round(train_s, 2),
    )


def matthews(right: Sequence[str], said: Sequence[str]) -> float:
    """Multi-class Matthews correlation (Gorodkin's R_K); 0 when one side names a single class."""
    total = len(right)
    hits = sum(one == other for one, other in zip(right, said, strict=True))
    rights, saids = Counter(right), Counter(said)
    above = hits * total - sum(rights[name] * saids[name] for name in saids)
    below = (total**2 - sum(count**2 for count in rights.values())) * (
        total**2 - sum(count**2 for count in saids.values())
    )
    return above / below**0.5 if below else 0.0


def share(hits: Iterable[bool]) -> float | None:
    """Of how many it holds, in four digits; None where there is none."""
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else None
