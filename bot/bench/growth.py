"""`bot bench growth`: visitors talk while processes and the database of two machines are taken away.

Each visitor writes, waits for the answer, and writes again, through nginx. A message that is not accepted is sent
again under the same id, as the widget does. At the end the database says what became of every accepted message.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import secrets
import time
from collections.abc import Callable
from typing import Any

import httpx

from bot.bench.cluster import Cluster
from bot.bench.verdict import Verdict, Visitor, judge

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
PAUSE_SECONDS = 0.3
ANSWER_SECONDS = 90.0
# Whoever is refused for so long need not try on: the measurement has failed.
REFUSED_SECONDS = 300.0
# How many messages have been answered so far.
Progress = Callable[[], int]


async def talk(cluster: Cluster, visitor: Visitor, until: Callable[[], bool], pause: float) -> None:
    """Be one visitor until it is time to go; the last message is waited for."""
    chance = random.Random(visitor.number)
    headers, trust = {"Origin": cluster.url}, cluster.trust()
    async with httpx.AsyncClient(
        base_url=cluster.url, headers=headers, verify=trust, timeout=15, trust_env=False
    ) as http:
        await _insist(http, visitor, "/chat/session", {})
        page = Page(http)
        listening = asyncio.create_task(page.listen())
        while not until():
            client_id = f"{visitor.run}-{visitor.number}-{len(visitor.accepted):05}"
            body = {"client_id": client_id, "text": chance.choice(QUESTIONS)}
            began = time.monotonic()
            entry = (await _insist(http, visitor, "/chat/messages", body))["id"]
            visitor.accepted.append(client_id)
            await page.wait_for_answer(entry)
            visitor.waits.append(time.monotonic() - began)
            await asyncio.sleep(pause * chance.uniform(0.5, 1.5))
        listening.cancel()
        await asyncio.wait([listening])


class Page:
    """An open chat: one stream of events, taken up again wherever it broke off, as the widget does."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """Prepare; nothing is asked yet."""
        self._http = http
        self._last = 0
        self._answered: set[int] = set()
        self._news = asyncio.Event()

    async def listen(self) -> None:
        """Hear what is answered, until cancelled."""
        # Longer than between two signs of life of a quiet stream.
        patience = httpx.Timeout(15, read=40)
        while True:
            with contextlib.suppress(httpx.HTTPError):
                async with self._http.stream("GET", f"/chat/events?after={self._last}", timeout=patience) as response:
                    if response.status_code == 200:
                        async for line in response.aiter_lines():
                            self._hear(line)
            await asyncio.sleep(AGAIN_SECONDS)

    def _hear(self, line: str) -> None:
        if line.startswith("data: "):
            content = json.loads(line.removeprefix("data: "))
            if content.get("in_reply_to") is not None:
                self._answered.add(content["in_reply_to"])
                self._news.set()
            self._last = max(self._last, content.get("id", 0))

    async def wait_for_answer(self, entry: int) -> None:
        """Wait until an entry is answered, or until nobody would wait any longer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                while entry not in self._answered:
                    self._news.clear()
                    await self._news.wait()


async def _insist(http: httpx.AsyncClient, visitor: Visitor, path: str, body: dict[str, str]) -> Any:
    """Post until it is taken, as the widget does."""
    until, refusal = time.monotonic() + REFUSED_SECONDS, ""
    while time.monotonic() < until:
        try:
            response = await http.post(path, json=body)
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
    raise TimeoutError(f"{path} was refused for {REFUSED_SECONDS:.0f} s, at last with {refusal}")


def load(cluster: Cluster, visitors: int, pause: float, meanwhile: Callable[[Progress], None]) -> Verdict:
    """Let visitors talk while `meanwhile` runs, and say what became of their messages."""
    run = secrets.token_hex(4)
    everybody = [Visitor(run, number) for number in range(visitors)]

    def progress() -> int:
        return sum(len(visitor.waits) for visitor in everybody)

    ended_before = [len(machine.ended) for machine in cluster.machines]

    async def all_of_it() -> float:
        began = time.monotonic()
        disturbing = asyncio.get_running_loop().run_in_executor(None, meanwhile, progress)
        await asyncio.gather(*(talk(cluster, visitor, disturbing.done, pause) for visitor in everybody))
        await disturbing
        return time.monotonic() - began

    seconds = asyncio.run(all_of_it())
    ended = [
        name for machine, count in zip(cluster.machines, ended_before, strict=True) for name in machine.ended[count:]
    ]
    return judge(cluster, run, everybody, seconds, tuple(ended))
