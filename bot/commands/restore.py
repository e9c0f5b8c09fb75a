"""`bot restore`: bring a backup into an empty database; what was erased since stays erased."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.bootstrap import read_settings
from bot.commands.opened_database import opened_database
from bot.settings import SettingsError
from bot.storage.backup import KEYS_FILE, BackupFailed, restore


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Restore; 0 when all can be read again."""
    parser.add_argument("words", type=Path, help="a file of words that `bot backup` has written")
    parser.add_argument("--keys", type=Path, help=f"the newest {KEYS_FILE} (default: the one beside the file of words)")
    parser.add_argument(
        "--give-up", action="store_true", help="leave out conversations whose master key is lost, and restore the rest"
    )
    options = parser.parse_args(argv)
    if options.words.is_dir():
        found = sorted(options.words.glob("words-*"))
        remedy = f"name the file, such as {found[-1]}" if found else "there is none in it"
        print(f"{options.words}: this is a folder, and one file of words is restored; {remedy}", file=sys.stderr)
        return 1
    if not options.words.is_file():
        print(f"{options.words}: there is no such file; name one that `bot backup` has written", file=sys.stderr)
        return 1
    keys = options.keys or options.words.parent / KEYS_FILE
    if not keys.is_file():
        print(f"{keys}: there is no such file; name the newest {KEYS_FILE} with --keys", file=sys.stderr)
        return 1
    try:
        settings = read_settings()
        if not settings.secret_file.exists() and not options.give_up:
            # A new one would be made, and would look like the one that is missing.
            remedy = "put the file of secrets that belongs to the backup there, or correct BOT_SECRET_FILE"
            print(f"{settings.secret_file}: there is no such file; {remedy}", file=sys.stderr)
            return 1
        with opened_database(settings, is_there=False) as database:
            done = restore(database, options.words, keys, gives_up=options.give_up)
    except (SettingsError, BackupFailed) as error:
        print(error, file=sys.stderr)
        return 1
    given_up = f", and {done.given_up} whose key is lost" if done.given_up else ""
    print(
        f"{done.conversations} conversations restored; {done.erased_since} erased since the backup{given_up} "
        "are left out."
    )
    return 0
