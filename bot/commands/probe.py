"""`bot probe PROCESS`: exit status 0 when it lives, or with `--ready` when it can do its work."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

import httpx

from bot.commands.run import PROCESSES
from bot.commands.train import PROJECT
from bot.processes import Part, parts_of
from bot.secret_file import load_secrets
from bot.settings import SECRET_HEADER, Settings, SettingsError

TIMEOUT_SECONDS = 5.0
# A worker shows life every second while it works.
ALIVE_SECONDS = 15.0


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Ask the process on this machine; what is wrong is one line."""
    parser.add_argument("process", choices=PROCESSES)
    parser.add_argument("--ready", action="store_true", help="the gateway: also database and Rasa; Rasa: its model")
    parser.add_argument("--wait", type=int, default=0, metavar="SECONDS", help="ask again for so long")
    options = parser.parse_args(argv)
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        parts = {part.name: part for part in parts_of(settings, load_secrets(settings.secret_file))}
        part = parts[PROCESSES[options.process]]
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyError:
        print(f"{options.process} is switched off: see BOT_SHARES_WORK and BOT_CONSOLE.", file=sys.stderr)
        return 2
    until = time.monotonic() + options.wait
    while (fault := fault_of(part, is_ready_wanted=options.ready)) and time.monotonic() < until:
        time.sleep(0.5)
    if fault:
        print(f"{part.name}: {fault}", file=sys.stderr)
    return 1 if fault else 0


def fault_of(part: Part, *, is_ready_wanted: bool) -> str | None:
    """What is wrong with a process, or None."""
    if part.ready_file is not None:
        try:
            age = time.time() - part.ready_file.stat().st_mtime
        except OSError:
            return "it has not begun to work"
        return None if age < ALIVE_SECONDS else f"no sign of life for {age:.0f} s"
    url = part.ready_url
    if part.name == "The gateway" and is_ready_wanted:
        url = url.replace("/health", "/ready")
    try:
        answer = httpx.get(url, headers={SECRET_HEADER: part.secret}, timeout=TIMEOUT_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        return f"no answer ({type(error).__name__})"
    # Rasa that loads its model is alive.
    lives = answer.status_code == 200 or (part.name == "Rasa" and not is_ready_wanted and answer.status_code == 503)
    return None if lives else f"status {answer.status_code}"
