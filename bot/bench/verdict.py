"""What became of the messages of a load: the database says it about every one that was accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import psycopg

from bot.bench.cluster import Cluster


@dataclass
class Visitor:
    """What one visitor did and saw; `run` sets this load's messages apart from those of earlier ones."""

    run: str
    number: int
    accepted: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    refused: int = 0
    lost_sessions: int = 0


@dataclass(frozen=True)
class Verdict:
    """What became of the messages.

    Attributes:
        accepted: Answered with 202.
        answered: With what Rasa said.
        apologised: With an apology, because Rasa could not be asked in time.
        unanswered: Neither.
        twice: Answered more than once, or taken more than once into the dialogue.
        unordered: Answered before an earlier message of the same conversation.
        lost_sessions: Requests with a cookie that no gateway knew.
        refused: Requests that failed and were made again.
        waits: Seconds from sending to seeing the answer: 50th and 95th percentile, and the longest.
        per_second: Messages answered a second.
        ended: Processes that ended without being told to, such as one that found no database when it started.
        evidence: How each message that is not as it should be stands in the database.
    """

    accepted: int
    answered: int
    apologised: int
    unanswered: int
    twice: int
    unordered: int
    lost_sessions: int
    refused: int
    waits: tuple[float, float, float]
    per_second: float
    ended: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost, doubled or mixed up."""
        return not (self.unanswered or self.twice or self.unordered or self.lost_sessions)


@dataclass(frozen=True)
class Kept:
    """A message as the database has it.

    Attributes:
        entry: Its place in the conversation.
        first, last: Places of the replies to it; None when there are none.
        times: How many times it was answered.
        jobs: The queue's jobs for its conversation.
    """

    client_id: str
    conversation: str
    entry: int
    state: str
    attempts: int
    first: int | None
    last: int | None
    times: int
    jobs: str

    @property
    def is_settled(self) -> bool:
        """Whether it was answered, or apologised for."""
        return self.state in ("done", "failed") and self.times > 0


_KEPT = """
    SELECT i.client_message_id, i.conversation_id, i.entry, i.state, i.attempts, min(o.entry), max(o.entry),
           count(DISTINCT o.created),
           (SELECT coalesce(string_agg(concat_ws(' ', id, task_name, status, 'attempts', attempts, 'worker', worker_id,
                                                 'at', scheduled_at), ', '), 'none')
            FROM procrastinate_jobs WHERE lock = i.conversation_id)
    FROM inbound_message i LEFT JOIN outbound_message o ON o.in_reply_to = i.id
    WHERE i.client_message_id LIKE %s
    GROUP BY i.id ORDER BY i.conversation_id, i.entry
"""


def judge(
    cluster: Cluster, run: str, everybody: Sequence[Visitor], seconds: float, ended: tuple[str, ...] = ()
) -> Verdict:
    """Ask the database about every accepted message."""
    with psycopg.connect(cluster.postgres.url) as connection:
        rows = [Kept(*row) for row in connection.execute(_KEPT, (f"{run}-%",)).fetchall()]
        counted = "SELECT conversation_id, count(*) FROM tracker_turn GROUP BY 1"
        turns: dict[str, int] = dict(connection.execute(counted).fetchall())
    return verdict_of(rows, turns, everybody, seconds, ended)


def verdict_of(
    rows: Sequence[Kept], turns: Mapping[str, int], everybody: Sequence[Visitor], seconds: float, ended: tuple[str, ...]
) -> Verdict:
    """What became of the messages.

    Args:
        rows: The messages as the database has them, by conversation and place.
        turns: How many turns Rasa has kept of each conversation.
        everybody: What was accepted, and how long it took.
        seconds: How long the load lasted.
        ended: Processes that ended without being told to.
    """
    known = {row.client_id: row for row in rows}
    accepted = [client_id for visitor in everybody for client_id in visitor.accepted]
    found = [known.get(client_id) for client_id in accepted]
    # A message whose answer is not written down yet may have its turn already.
    asked = Counter(row.conversation for row in rows if row.attempts)
    too_many_turns = {name: turns.get(name, 0) - count for name, count in asked.items() if turns.get(name, 0) > count}
    unordered = [b for a, b in pairwise(rows) if a.conversation == b.conversation and _is_before(b, a)]
    waits = np.array([wait for visitor in everybody for wait in visitor.waits] or [float("nan")])
    p50, p95, longest = (float(round(value, 2)) for value in (*np.percentile(waits, (50, 95)), waits.max()))
    wrong = [row for row in rows if not row.is_settled or row.times > 1 or row in unordered]
    return Verdict(
        accepted=len(accepted),
        answered=sum(row is not None and row.state == "done" for row in found),
        apologised=sum(row is not None and row.state == "failed" for row in found),
        unanswered=sum(row is None or not row.is_settled for row in found),
        twice=sum(row.times > 1 for row in rows) + sum(too_many_turns.values()),
        unordered=len(unordered),
        lost_sessions=sum(visitor.lost_sessions for visitor in everybody),
        refused=sum(visitor.refused for visitor in everybody),
        waits=(p50, p95, longest),
        per_second=round(sum(row is not None and row.state == "done" for row in found) / seconds, 1),
        ended=ended,
        evidence=tuple(
            [repr(row) for row in wrong]
            + [f"{count} turns too many in {name}" for name, count in too_many_turns.items()]
        ),
    )


def _is_before(later: Kept, earlier: Kept) -> bool:
    """Whether the later message was answered before the earlier one."""
    return later.first is not None and (earlier.last is None or later.first < earlier.last)


def as_table(found: dict[str, Verdict]) -> str:
    """The trials as Markdown."""
    lines = [
        "| what happened | accepted | answered | apologised | unanswered | twice | out of order | sessions lost "
        "| requests made again | answer after p50 / p95 / longest, s |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, verdict in found.items():
        waits = " / ".join(f"{value:.2f}" for value in verdict.waits)
        lines.append(
            f"| {name} | {verdict.accepted} | {verdict.answered} | {verdict.apologised} | {verdict.unanswered} "
            f"| {verdict.twice} | {verdict.unordered} | {verdict.lost_sessions} | {verdict.refused} | {waits} |"
        )
    return "\n".join(lines)
