"""`bot bench growth`: visitors talk while processes and the database of two machines are taken away.

Each visitor writes, waits for the answer, and writes again, through nginx. A message that is not accepted is sent
again under the same id, as the widget does. At the end the database says what became of every accepted message.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import httpx
import numpy as np
import psycopg

from bot.bench.cluster import Cluster, Machine

QUESTIONS = (
    "does it hurt?",
    "how long does one session take",
    "what are the risks",
    "how many times would i have to come",
    "who should not have it",
    "thanks",
)
# A widget waits longer each time; this is about its first pauses.
AGAIN_SECONDS = 0.5
# Where `--write` puts the table.
DOCUMENT = "docs/deployment.md"
VISITORS = 12
# The trial in which nothing is taken away, which is first.
QUIET = "nothing"
PAUSE_SECONDS = 0.3
ANSWER_SECONDS = 90.0
# Whoever is refused for so long need not try on: the measurement has failed.
REFUSED_SECONDS = 300.0


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


async def talk(cluster: Cluster, visitor: Visitor, until: Callable[[], bool], pause: float) -> None:
    """Be one visitor until it is time to go; the last message is waited for."""
    chance = random.Random(visitor.number)
    headers, trust = {"Origin": cluster.url}, cluster.trust()
    async with httpx.AsyncClient(base_url=cluster.url, headers=headers, verify=trust, timeout=15) as http:
        await _insist(http, visitor, "POST", "/chat/session", {})
        last = 0
        while not until():
            client_id = f"{visitor.run}-{visitor.number}-{len(visitor.accepted):05}"
            body = {"client_id": client_id, "text": chance.choice(QUESTIONS)}
            began = time.monotonic()
            entry = (await _insist(http, visitor, "POST", "/chat/messages", body))["id"]
            visitor.accepted.append(client_id)
            last = await _answer_to(http, visitor, entry, last)
            visitor.waits.append(time.monotonic() - began)
            await asyncio.sleep(pause * chance.uniform(0.5, 1.5))


async def _answer_to(http: httpx.AsyncClient, visitor: Visitor, entry: int, last: int) -> int:
    until = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < until:
        content = await _insist(http, visitor, "GET", f"/chat/history?after={last}", None)
        if any(message.get("in_reply_to") == entry for message in content["messages"]):
            return int(content["last_id"])
        await asyncio.sleep(0.1)
    return last


async def _insist(
    http: httpx.AsyncClient, visitor: Visitor, method: str, path: str, body: dict[str, str] | None
) -> Any:
    until, refusal = time.monotonic() + REFUSED_SECONDS, ""
    while time.monotonic() < until:
        try:
            response = await http.request(method, path, json=body)
        except httpx.HTTPError as error:
            refusal = type(error).__name__
            visitor.refused += 1
        else:
            if response.status_code in (200, 202):
                return response.json()
            refusal = f"status {response.status_code}"
            visitor.refused += 1
            visitor.lost_sessions += response.status_code == 401
        await asyncio.sleep(AGAIN_SECONDS)
    raise TimeoutError(f"{method} {path} was refused for {REFUSED_SECONDS:.0f} s, at last with {refusal}")


def load(cluster: Cluster, visitors: int, pause: float, meanwhile: Callable[[], None]) -> Verdict:
    """Let visitors talk while `meanwhile` runs, and say what became of their messages."""
    run = secrets.token_hex(4)
    everybody = [Visitor(run, number) for number in range(visitors)]
    ended_before = [len(machine.ended) for machine in cluster.machines]

    async def all_of_it() -> float:
        began = time.monotonic()
        disturbing = asyncio.get_running_loop().run_in_executor(None, meanwhile)
        await asyncio.gather(*(talk(cluster, visitor, disturbing.done, pause) for visitor in everybody))
        await disturbing
        return time.monotonic() - began

    seconds = asyncio.run(all_of_it())
    ended = [
        name for machine, count in zip(cluster.machines, ended_before, strict=True) for name in machine.ended[count:]
    ]
    return judge(cluster, run, everybody, seconds, tuple(ended))


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
        per_second=round(len(accepted) / seconds, 1),
        ended=ended,
        evidence=tuple(
            [repr(row) for row in wrong]
            + [f"{count} turns too many in {name}" for name, count in too_many_turns.items()]
        ),
    )


def _is_before(later: Kept, earlier: Kept) -> bool:
    """Whether the later message was answered before the earlier one."""
    return later.first is not None and (earlier.last is None or later.first < earlier.last)


# -- what is done to the machines


def kill(machine: Machine, name: str, rest: float) -> None:
    """`kill -9`, and a start again after a rest, as systemd does."""
    machine.kill(name)
    time.sleep(rest)
    machine.start(name)


def rolling_restart(cluster: Cluster) -> None:
    """One machine after the other, one process after the other, each ready before the next goes."""
    for machine in cluster.machines:
        for name in ("gateway", "worker", "rasa", "actions"):
            machine.stop(name)
            machine.start(name)
            machine.wait_ready(name)


def outage(cluster: Cluster, seconds: float) -> None:
    """PostgreSQL goes without a word, and comes back."""
    cluster.postgres.stop()
    time.sleep(seconds)
    cluster.postgres.start()


def short(cluster: Cluster) -> None:
    """What the test suite tries first: one thing after the other, before the last has come back."""
    first, second = cluster.machines
    time.sleep(2)
    kill(first, "worker", 0.5)
    time.sleep(2)
    kill(second, "gateway", 0.5)
    time.sleep(2)
    kill(first, "rasa", 0.5)
    time.sleep(3)
    outage(cluster, 3)
    time.sleep(8)


def long_outage(cluster: Cluster) -> None:
    """The database is away for 20 s under load."""
    time.sleep(5)
    outage(cluster, 20)
    time.sleep(20)


def trials(cluster: Cluster) -> dict[str, Callable[[], None]]:
    """What `bot bench growth` tries, by name."""
    first, second = cluster.machines

    def killed(machine: Machine, name: str, *, waits: bool = False) -> Callable[[], None]:
        def do() -> None:
            time.sleep(5)
            kill(machine, name, 1)
            time.sleep(8)
            if waits:  # or the next trial would take away the Rasa that stands in for this one
                machine.wait_ready(name)

        return do

    return {
        QUIET: lambda: time.sleep(30),
        "database away for 20 s": lambda: long_outage(cluster),
        "kill -9 of a worker": killed(first, "worker"),
        "kill -9 of a gateway": killed(second, "gateway"),
        "kill -9 of an action server": killed(second, "actions", waits=True),
        "kill -9 of a Rasa": killed(first, "rasa"),
        "rolling restart of both machines": lambda: rolling_restart(cluster),
    }


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
