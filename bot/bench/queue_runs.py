"""What became of the messages of a load on an engine of `bot bench queues`, and the table of all loads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """One acceptance of a message, with one time it was handled, if it was.

    Attributes:
        conversation, number: Which message it is; one that had to be sent again is several rows.
        accepted: When it was first accepted, in seconds.
        began, ended: When work on it began and ended; None when it never did.
        work: Seconds it was to take.
    """

    conversation: str
    number: int
    accepted: float
    began: float | None
    ended: float | None
    work: float


@dataclass(frozen=True)
class Run:
    """One load on one engine.

    Attributes:
        name: What was tried.
        accepted: Messages that the producer was told are safe.
        per_second: Handled, from the first acceptance to the last end.
        waits: Milliseconds from acceptance to the start of work, 50th and 95th percentile and the longest.
        lost: Accepted and not handled within a minute of the last.
        twice: Handled more than once.
        unordered: Handled before an earlier message of the same conversation.
    """

    name: str
    accepted: int
    per_second: float
    waits: tuple[float, float, float]
    lost: int
    twice: int
    unordered: int


def run_of(name: str, rows: Sequence[Row], safe: int, longest: float | None = None) -> Run:
    """Judge a load.

    Args:
        name: What was tried.
        rows: In the order in which work on them ended.
        safe: Messages that the producer was told are safe.
        longest: Messages that take so many seconds of work are left out of the waits.
    """
    first: dict[tuple[str, int], tuple[Row, float, float]] = {}
    newest: dict[str, int] = {}
    unordered = times = 0
    for row in rows:
        if row.began is None or row.ended is None:
            continue
        times += 1
        message = row.conversation, row.number
        if message not in first:
            first[message] = row, row.began, row.ended
            unordered += row.number < newest.get(row.conversation, 0)
            newest[row.conversation] = max(newest.get(row.conversation, 0), row.number)
    counted = [began - row.accepted for row, began, _ in first.values() if longest is None or row.work < longest]
    waits = np.array(counted or [float("nan")]) * 1000
    seconds = max((ended for *_, ended in first.values()), default=float("nan")) - min(row.accepted for row in rows)
    return Run(
        name,
        safe,
        round(len(first) / seconds, 1),
        (round(np.percentile(waits, 50), 1), round(np.percentile(waits, 95), 1), round(waits.max(), 1)),
        lost=safe - len(first),
        twice=times - len(first),
        unordered=unordered,
    )


def as_table(found: dict[str, list[Run]]) -> str:
    """The runs as Markdown."""
    lines = [
        "| load | engine | messages | a second | wait p50 / p95 / longest, ms | unhandled | twice | out of order |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for runs in zip(*found.values(), strict=True):
        for engine, run in zip(found, runs, strict=True):
            waits = " / ".join(f"{value:,.0f}" for value in run.waits)
            numbers = f"{run.per_second} | {waits} | {run.lost} | {run.twice} | {run.unordered}"
            lines.append(f"| {run.name} | {engine} | {run.accepted} | {numbers} |")
    return "\n".join(lines)
