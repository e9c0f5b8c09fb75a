"""`bot serve`: train if the data changed, migrate, start everything, show the address, stop cleanly."""

from __future__ import annotations

import argparse
import difflib
import errno
import os
import shutil
import sys
from collections.abc import Sequence

from bot.article.article import ArticleError
from bot.commands.train import TrainingFailed, ensure_trained
from bot.faults import ContentFaults
from bot.model_files import model_path
from bot.processes.parts import busy_ports, parts_of
from bot.processes.supervisor import supervise
from bot.project import PROJECT
from bot.secret_file import load_secrets
from bot.settings import Settings, SettingsError

# A trained model, its unpacked copy while training, and a day of logs and messages.
_FREE_BYTES = 600 * 1024 * 1024


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Serve until interrupted. Everything that stands in the way is one line saying what to do."""
    parser.parse_args(argv)
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        known = load_secrets(settings.secret_file)
        faults = busy_ports(parts_of(settings, known))
        faults += log_folder_faults(settings)
        free = shutil.disk_usage(PROJECT).free
        if free < _FREE_BYTES:
            wanted = f"{_FREE_BYTES // 2**20} MB"
            faults.append(f"Only {free // 2**20} MB are free on this disk; free {wanted} and try again.")
        if faults:
            raise SettingsError(faults)
        if not model_path(PROJECT).exists():
            # No minute of training for what would be refused; Rasa's process reads the content first of all, too.
            from bot.conversation.content import load_content

            load_content(PROJECT / "data")
        for warning in mistyped_settings(settings):
            print(warning, file=sys.stderr)
        return supervise(settings, known, str(ensure_trained(PROJECT)))
    except ContentFaults as error:
        print(f"The content has faults; `bot check` shows them with their remedies:\n{error}", file=sys.stderr)
    except (SettingsError, TrainingFailed, ArticleError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print("The disk is full: free some space and try again. Nothing was lost.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


def log_folder_faults(settings: Settings) -> list[str]:
    """What keeps the processes from writing their logs."""
    try:
        settings.log_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reason = error.strerror or str(error)
    else:
        if os.access(settings.log_dir, os.W_OK | os.X_OK):
            return []
        reason = "no right to write"
    return [f"BOT_LOG_DIR: {settings.log_dir} cannot be used ({reason}): name a folder that this user may write to."]


def mistyped_settings(settings: Settings) -> list[str]:
    """Names that nothing reads and that look like a setting: "BOT_RETENTION_DAY" would keep words for longer."""
    from bot.gateway.messengers import registry

    known = settings.names | {setting.name for kind in registry.kinds() for setting in kind.settings}
    found = []
    for name in sorted(set(settings.messengers) - known):
        if meant := difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.92):
            found.append(f"{name} is no setting and does nothing; did you mean {meant[0]}?")
    return found
