"""`bot backup`: the database's words and keys, apart; beside the running service."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import read_settings
from bot.commands.opened_database import opened_database
from bot.settings import SettingsError
from bot.storage.backup import KEYS_FILE, BackupFailed, back_up


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Make a backup; 0 when it is there."""
    parser.add_argument("folder", type=Path, help="where the files go; made when it is not there")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
        with opened_database(settings) as database:
            words = back_up(database, options.folder, datetime.now(UTC))
    except (SettingsError, BackupFailed) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        reason = error.strerror or error
        print(f"{options.folder}: cannot be written to ({reason}); name a folder of this user's", file=sys.stderr)
        return 1
    print(f"{words}: the words, sealed. {options.folder / KEYS_FILE}: their keys, replacing the last ones.")
    print(f"Neither can be read without {settings.secret_file}: back that up too, elsewhere.")
    return 0
