"""How fast webhooks are answered with 50 in parallel while Rasa hangs: `python -m tests.integration.measure_webhooks`.

It serves a gateway process of its own for at most a minute and prints percentiles; it asserts nothing, as they are the
machine's as much as ours.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.integration.gateway_serving import SECRET, free_port
from tests.integration.messenger_stubs import telegram
from tests.integration.stub_rasa import StubRasa

PROJECT = Path(__file__).parents[2]
PARALLEL = 50
REQUESTS = 1000
PEOPLE = 200
AT_MOST_SECONDS = 60.0


def main() -> None:
    """Serve, measure, print."""
    # Requests still hang in the stub when it stops, and that is no news.
    logging.disable(logging.CRITICAL)
    rasa, platform = StubRasa(free_port(), delay=10.0), telegram.TelegramApi()
    rasa.start()
    platform.start()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        known = {"cookie_keys": ["k" * 40], "rasa": SECRET, "actions": "a" * 40, "messengers": "m" * 40}
        secrets = Path(folder, "secrets.json")
        secrets.write_text(json.dumps(known))
        secrets.chmod(0o600)
        env = os.environ | platform.settings()
        env |= {"BOT_PORT": str(port), "BOT_RASA_PORT": str(rasa.port), "BOT_SECRET_FILE": str(secrets)}
        env |= {"BOT_DATABASE_URL": f"sqlite:///{folder}/a.db", "BOT_MESSAGES_PER_MINUTE": "100000"}
        gateway = subprocess.Popen(
            [sys.executable, "-m", "bot.gateway"], cwd=PROJECT, env=env, stderr=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url)
            # In a process of its own: the stubs of this one would keep it waiting.
            load = [sys.executable, "-m", "tests.integration.measure_webhooks", str(port)]
            took = json.loads(subprocess.run(load, cwd=PROJECT, check=True, capture_output=True).stdout)
        finally:
            gateway.kill()
            gateway.wait()
    platform.stop()
    rasa.stop()
    busy = os.getloadavg()[0]
    print(f"{len(took)} webhooks, {PARALLEL} in parallel, Rasa hanging; load of the machine {busy:.1f}")
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


async def _measure(port: int) -> list[float]:
    """The seconds that each webhook took. Plain sockets: a client library would take longer than the gateway."""
    took: list[float] = []
    waiting = iter(range(REQUESTS))
    until = time.monotonic() + AT_MOST_SECONDS

    async def post() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in waiting:
            if time.monotonic() > until:
                break
            body = json.dumps(telegram.update(1000 + number % PEOPLE, text=f"Does it hurt? {number}")).encode()
            head = (
                f"POST /webhooks/telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                f"X-Telegram-Bot-Api-Secret-Token: {telegram.SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            began = time.monotonic()
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            took.append(time.monotonic() - began)
            assert answer.startswith(b"HTTP/1.1 200") and b"content-length: 0" in answer, answer
        writer.close()

    await asyncio.gather(*(post() for _ in range(PARALLEL)))
    return sorted(took)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(asyncio.run(_measure(int(sys.argv[1])))))
    else:
        main()
