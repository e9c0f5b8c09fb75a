"""`bot backup` and `bot restore`: the database's words and keys, apart; beside the running service."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import read_settings
from bot.settings import SettingsError
from bot.storage.backup import KEYS_FILE, BackupFailed, back_up
from bot.storage.database import open_database


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Make a backup; 0 when it is there."""
    parser.add_argument("folder", type=Path, help="where the files go; made when it is not there")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
        database = open_database(settings)
        database.migrate()
        try:
            words = back_up(database, options.folder, datetime.now(UTC))
        finally:
            database.close()
    except (SettingsError, BackupFailed) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{words}: the words, sealed. {options.folder / KEYS_FILE}: their keys, replacing the last ones.")
    print(f"Neither can be read without {settings.base_dir / settings.secret_file}: back that up too, elsewhere.")
    return 0
