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
from bot.secret_file import load_secrets
from bot.settings import Settings, SettingsError


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Ask the process on this machine; what is wrong is one line."""
    parser.add_argument("process", choices=NAMES)
    parser.add_argument("--ready", action="store_true", help="the gateway: also database and Rasa; Rasa: its model")
    parser.add_argument("--wait", type=int, default=0, metavar="SECONDS", help="ask again for so long")
    options = parser.parse_args(argv)
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        part = part_of(options.process, settings, load_secrets(settings.secret_file))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    until = time.monotonic() + options.wait
    while (fault := fault_of(part, is_ready_wanted=options.ready)) and time.monotonic() < until:
        time.sleep(0.5)
    if fault:
        print(f"{part.name}: {fault}", file=sys.stderr)
    return 1 if fault else 0
