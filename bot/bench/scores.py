"""What is said of predictions: how often they are right, whether they are as sure as they should be, and AUROC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from bot.bench.folds import Fold
from bot.bench.pipelines import Outcome
from bot.conversation.understanding import intent_of

BINS = 15


@dataclass(frozen=True)
class Scores:
    """One pipeline over all folds.

    Attributes:
        accuracy: Share of in-scope questions whose best label is right, refused or not.
        accuracy_of_intents: The same, when the subject after the "/" may be another.
        calibration_error: Mean distance between how sure it was and how often it was right, 0 to 1.
        auroc: Chance that an in-scope question scores as better known than an out-of-scope one.
        kept: Share of in-scope questions that are not refused at the pipeline's own threshold.
        refused_outside: Share of out-of-scope questions that are refused there.
        ms: Processor time a question, in milliseconds.
        stages: Of these, elapsed milliseconds by stage, where the pipeline says so.
        train_s, train_cpu_s: Elapsed and processor seconds of one training.
        train_mb, answer_mb: Highest memory of the process that trains, and of the one that answers.
        archive_mb: Size of the model.
        python: Version of the interpreter.
    """

    accuracy: float
    accuracy_of_intents: float
    calibration_error: float
    auroc: float
    kept: float
    refused_outside: float
    ms: float
    stages: dict[str, float]
    train_s: float
    train_cpu_s: float
    train_mb: float
    answer_mb: float
    archive_mb: float
    python: str


def calibration_error(confidences: Sequence[float], hits: Sequence[bool], bins: int = BINS) -> float:
    """Expected calibration error over bins of equal width.

    Raises:
        ValueError: when there is nothing to judge, or the two differ in length.
    """
    if not confidences:
        raise ValueError("no predictions")
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in zip(confidences, hits, strict=True):
        groups.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, hit))
    gaps = (abs(sum(confidence for confidence, _ in group) - sum(hit for _, hit in group)) for group in groups.values())
    return sum(gaps) / len(confidences)


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Chance that one of `inside` is higher than one of `outside`; equal ones count half.

    Raises:
        ValueError: when one side is empty.
    """
    if not inside or not outside:
        raise ValueError("AUROC needs scores on both sides")
    ordered = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    wins, below, place = 0.0, 0, 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        ins = sum(is_inside for _, is_inside in ordered[place:end])
        outs = end - place - ins
        wins += ins * (below + outs / 2)
        below += outs
        place = end
    return wins / (len(inside) * len(outside))


def score(folds: Sequence[Fold], outcomes: Sequence[Outcome]) -> Scores:
    """Judge one pipeline's outcomes; all in-scope questions count alike, AUROC and costs are means over the folds."""
    rows = _rows(folds, outcomes)
    hits = [found["label"] == label for label, found in rows]
    outside = [found for outcome in outcomes for found in outcome.outside]
    return Scores(
        accuracy=fmean(hits),
        accuracy_of_intents=fmean(intent_of(found["label"]) == intent_of(label) for label, found in rows),
        calibration_error=calibration_error([found["confidence"] for _, found in rows], hits),
        auroc=fmean(auroc(_known(outcome.test), _known(outcome.outside)) for outcome in outcomes),
        kept=fmean(not found["refused"] for _, found in rows),
        refused_outside=fmean(found["refused"] for found in outside),
        ms=fmean(outcome.answered["ms"] for outcome in outcomes),
        stages={
            name: fmean(outcome.answered["stages"][name] for outcome in outcomes)
            for name in outcomes[0].answered["stages"]
        },
        train_s=fmean(outcome.trained["seconds"] for outcome in outcomes),
        train_cpu_s=fmean(outcome.trained["cpu_seconds"] for outcome in outcomes),
        train_mb=max(outcome.trained["peak_mb"] for outcome in outcomes),
        answer_mb=max(outcome.answered["peak_mb"] for outcome in outcomes),
        archive_mb=fmean(outcome.trained["archive_mb"] for outcome in outcomes),
        python=outcomes[0].trained["python"],
    )


def _rows(folds: Sequence[Fold], outcomes: Sequence[Outcome]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (label, found)
        for fold, outcome in zip(folds, outcomes, strict=True)
        for (_, label), found in zip(fold.test, outcome.test, strict=True)
    ]


def _known(predictions: Iterable[dict[str, Any]]) -> list[float]:
    return [found["known"] for found in predictions]
