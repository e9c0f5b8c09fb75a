"""`bot run PROCESS`: one process of this machine in the foreground, as a service manager or a container wants it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from bot.model_files import ModelMissing, newest_whole_model
from bot.processes.parts import NAMES, environment_of, part_of
from bot.project import PROJECT
from bot.secret_file import load_secrets
from bot.settings import Settings, SettingsError


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Become that process: signals reach it as they are, and its exit status is this command's."""
    parser.add_argument("process", choices=NAMES)
    process = parser.parse_args(argv).process
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        known = load_secrets(settings.secret_file)
        model = str(newest_whole_model(PROJECT)) if process == "rasa" else None
        command = part_of(process, settings, known, model).command
    except (SettingsError, ModelMissing) as error:
        print(error, file=sys.stderr)
        return 2
    os.chdir(PROJECT)
    os.execve(command[0], command, environment_of(settings, known))
