"""`bot run PROCESS`: one process of this machine in the foreground, as a service manager or a container wants it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.commands.train import PROJECT
from bot.model_files import ModelMissing, newest_whole_model
from bot.processes import environment_of, parts_of
from bot.secret_file import load_secrets
from bot.settings import Settings, SettingsError

PROCESSES = {
    "gateway": "The gateway",
    "worker": "The worker",
    "rasa": "Rasa",
    "actions": "The action server",
    "console": "The staff console",
}


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Become that process: signals reach it as they are, and its exit status is this command's."""
    parser.add_argument("process", choices=PROCESSES)
    name = PROCESSES[parser.parse_args(argv).process]
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        known = load_secrets(settings.secret_file)
        model = str(newest_whole_model(PROJECT)) if name == "Rasa" else None
        parts = {part.name: part for part in parts_of(settings, known, model)}
        if name not in parts:
            named = "BOT_ACTION_SERVER, BOT_SHARES_WORK and BOT_CONSOLE"
            raise SettingsError([f"{name} is switched off: see {named} in docs/operations.md."])
    except (SettingsError, ModelMissing) as error:
        print(error, file=sys.stderr)
        return 2
    os.chdir(PROJECT)
    command = parts[name].command
    os.execve(command[0], command, environment_of(settings, known))
