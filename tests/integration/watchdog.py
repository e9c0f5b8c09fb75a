"""`python -m tests.integration.watchdog URL`: an ordinary visitor, timed from a process of his own until stdin closes.

Prints one JSON list: the seconds that each look at the history took.
"""

from __future__ import annotations

import json
import sys
import threading
import time

import httpx

PAUSE_SECONDS = 0.02


def watch(url: str, over: threading.Event) -> list[float]:
    """Look at the history again and again; how long each look took, in seconds."""
    waits: list[float] = []
    with httpx.Client(base_url=url, headers={"Origin": url}, timeout=30, trust_env=False) as visitor:
        visitor.post("/chat/session", json={}).raise_for_status()
        while not over.wait(PAUSE_SECONDS):
            began = time.perf_counter()
            visitor.get("/chat/history").raise_for_status()
            waits.append(time.perf_counter() - began)
    return waits


def main() -> None:
    """Watch until stdin is closed."""
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    print(json.dumps(watch(sys.argv[1], over)))


if __name__ == "__main__":
    main()
