"""`bot probe PROCESS`: exit status 0 when it lives, or with `--ready` when it can do its work."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from bot.processes.parts import NAMES, part_of
from bot.processes.probing import fault_of
from bot.project import PROJECT
from bot.secret_file import Secrets, read_secrets
from bot.settings import Settings, SettingsError


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Ask the process on this machine; what is wrong is one line."""
    parser.add_argument("process", choices=NAMES)
    parser.add_argument("--ready", action="store_true", help="the gateway: also database and Rasa; Rasa: its model")
    parser.add_argument("--wait", type=_seconds, default=0, metavar="SECONDS", help="ask again for so long")
    options = parser.parse_args(argv)
    until = time.monotonic() + options.wait
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        while (fault := _fault(options, settings)) and time.monotonic() < until:
            time.sleep(0.5)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    if fault:
        print(f"{NAMES[options.process]}: {fault}", file=sys.stderr)
    return 1 if fault else 0


def _fault(options: argparse.Namespace, settings: Settings) -> str | None:
    # Looked for each time: a process that is asked while it starts for the first time makes them.
    known = read_secrets(settings.secret_file)
    part = part_of(options.process, settings, known or Secrets((), "", ""))
    if known is None:
        return f"nothing was started here yet: {settings.secret_file} is not there (BOT_SECRET_FILE)"
    return fault_of(part, is_ready_wanted=options.ready)


def _seconds(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError("give a whole number of seconds")
