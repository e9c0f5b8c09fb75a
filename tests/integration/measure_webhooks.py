"""How fast webhooks are answered with 50 in parallel while Rasa hangs: `python -m tests.integration.measure_webhooks`.

It serves a gateway process of its own for at most a minute and prints percentiles; it asserts nothing, as they are the
machine's as much as ours.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.integration.gateway_serving import StubRasa, free_port
from tests.integration.messenger_stubs import telegram

PROJECT = Path(__file__).parents[2]
PARALLEL = 50
REQUESTS = 1000
PEOPLE = 200
AT_MOST_SECONDS = 60.0


def main() -> None:
    """Serve, measure, print."""
    rasa, platform = StubRasa(free_port(), delay=10.0), telegram.TelegramApi()
    rasa.start()
    platform.start()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = os.environ | platform.settings()
        env |= {"BOT_PORT": str(port), "BOT_RASA_PORT": str(rasa.port), "BOT_SECRET_FILE": f"{folder}/secrets.json"}
        env |= {"BOT_DATABASE_URL": f"sqlite:///{folder}/a.db", "BOT_MESSAGES_PER_MINUTE": "100000"}
        gateway = subprocess.Popen(
            [sys.executable, "-m", "bot.gateway"], cwd=PROJECT, env=env, stderr=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url)
            took = asyncio.run(_measure(f"{url}/webhooks/telegram"))
        finally:
            gateway.kill()
            gateway.wait()
    platform.stop()
    rasa.stop()
    load = os.getloadavg()[0]
    print(f"{len(took)} webhooks, {PARALLEL} in parallel, Rasa hanging; load of the machine {load:.1f}")
    for share in (0.5, 0.95, 0.99, 1.0):
        print(f"  p{share * 100:<4g} {took[min(len(took) - 1, int(share * len(took)))] * 1000:6.0f} ms")


def _wait(url: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit("the gateway did not start")


async def _measure(url: str) -> list[float]:
    took: list[float] = []
    waiting = iter(range(REQUESTS))
    until = time.monotonic() + AT_MOST_SECONDS
    headers = {"X-Telegram-Bot-Api-Secret-Token": telegram.SECRET, "Content-Type": "application/json"}

    async def post(http: httpx.AsyncClient) -> None:
        for number in waiting:
            if time.monotonic() > until:
                return
            body = json.dumps(telegram.update(1000 + number % PEOPLE, text=f"Does it hurt? {number}")).encode()
            began = time.monotonic()
            answer = await http.post(url, content=body, headers=headers)
            took.append(time.monotonic() - began)
            assert answer.status_code == 200, answer.status_code

    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=PARALLEL)) as http:
        await asyncio.gather(*(post(http) for _ in range(PARALLEL)))
    return sorted(took)


if __name__ == "__main__":
    main()
