"""Asks a process of this machine whether it lives, or can do its work."""

from __future__ import annotations

import time

import httpx

from bot.processes.parts import GATEWAY, RASA, Part
from bot.settings import SECRET_HEADER

TIMEOUT_SECONDS = 5.0
# A worker shows life every second while it works.
ALIVE_SECONDS = 15.0


def fault_of(part: Part, *, is_ready_wanted: bool) -> str | None:
    """What is wrong with a process, or None."""
    if part.ready_file is not None:
        try:
            age = time.time() - part.ready_file.stat().st_mtime
        except OSError:
            return "it has not begun to work"
        return None if age < ALIVE_SECONDS else f"no sign of life for {age:.0f} s"
    url = part.ready_url
    if part.name == GATEWAY and is_ready_wanted:
        url = url.replace("/health", "/ready")
    try:
        answer = httpx.get(url, headers={SECRET_HEADER: part.secret}, timeout=TIMEOUT_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        return f"no answer ({type(error).__name__})"
    # Rasa that loads its model is alive.
    lives = answer.status_code == 200 or (part.name == RASA and not is_ready_wanted and answer.status_code == 503)
    return None if lives else f"status {answer.status_code}"
