"""`bot keys`: the master keys that seal what patients said."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.bootstrap import read_settings
from bot.commands.opened_database import opened_database
from bot.secret_file import add_master_key, drop_master_keys, load_secrets, read_secrets
from bot.settings import Settings, SettingsError
from bot.storage import conversations, keys
from bot.storage.database import Database


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Carry out one verb; 0 when all is well."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|rotate|add|rewrap|drop-old|give-up")
    verbs.add_parser("check", help="whether every key in the database can be opened with the file of secrets")
    verbs.add_parser("rotate", help="`add` and `rewrap` in one: on one machine, beside the running service")
    verbs.add_parser("add", help="add a master key; on several machines, copy the file of secrets to all of them next")
    verbs.add_parser("rewrap", help="seal the keys of all conversations under the newest master key")
    verbs.add_parser("drop-old", help="take older master keys out of the file of secrets")
    verbs.add_parser("give-up", help="delete the conversations whose master key is lost")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
        with opened_database(settings) as database:
            _require_secrets(settings)
            return _carry_out(options.verb, settings, database)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1


def _require_secrets(settings: Settings) -> None:
    """With a file made anew for a mistyped path every key would look lost, and `give-up` would delete all there is.

    Raises:
        SettingsError: when the file is not there.
    """
    if read_secrets(settings.secret_file) is None:
        remedy = "correct BOT_SECRET_FILE, or restore it; if it is lost for good, the next start makes a new one"
        raise SettingsError([f"{settings.secret_file} is not there, and the master keys are in it: {remedy}."])


def _carry_out(verb: str, settings: Settings, database: Database) -> int:
    path = settings.secret_file
    if verb in ("add", "rotate"):
        print(f"New master key {add_master_key(path).id} in {path}: back that file up.")
    if verb in ("rewrap", "rotate", "drop-old"):
        keys.require_keys(database, path)
        print(f"{keys.rewrap(database)} conversation keys sealed anew under {database.vault.current}.")
    if verb == "rotate":
        print("The older keys stay until `bot keys drop-old`, for processes and backups that still need them.")
    if verb == "drop-old":
        print(f"{drop_master_keys(path, database.vault.current)} older master keys taken out of {path}.")
    if verb == "give-up":
        lost = keys.give_up(database)
        with database.write() as session:
            for conversation_id in lost:
                conversations.request_erasure(session, conversation_id, datetime.now(UTC))
        print(f"{len(lost)} unreadable conversations are erased; Rasa forgets its part while the service runs.")
    if verb == "check":
        keys.require_keys(database, path)
        known = len(load_secrets(path).data_keys)
        print(f"All conversation keys can be opened; {known} master key(s), the newest is {database.vault.current}.")
    return 0
