"""`bot conversations`: what staff do with what is kept: see what expires, hand it out, erase it."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.bootstrap import build_services, read_settings
from bot.commands.opened_database import opened_database, require_database
from bot.faults import ContentFaults
from bot.gateway.app import build_gateway
from bot.settings import Settings, SettingsError
from bot.storage import conversations, retention
from bot.storage.database import Database
from bot.storage.export import export_conversation
from bot.storage.retention import Retention
from bot.storage.schema.conversation_tables import Conversation
from bot.storage.sealing import search
from bot.storage.sealing.vault import SealBroken

# Longer than anything may be kept.
_MOST_DAYS = 3650


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Carry out one verb; 0 when all is well."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list-expiring|export|erase|expire|reindex")
    listing = verbs.add_parser("list-expiring", help="what is erased next by itself, soonest first")
    listing.add_argument("--days", type=_days, default=7, help="look so many days ahead (default: 7)")
    export = verbs.add_parser("export", help="what is kept about a conversation, as JSON for the patient who asks")
    export.add_argument("id", help="as the console shows it; after `--` where it begins with a hyphen, as old ones may")
    export.add_argument("--to", type=Path, help="a file, made readable by its owner alone (default: standard output)")
    erase = verbs.add_parser("erase", help="erase conversations, at Rasa too")
    erase.add_argument("ids", nargs="+", metavar="id")
    erase.add_argument("--all-of-visitor", action="store_true", help="and all others of the same visitors")
    verbs.add_parser("expire", help="erase what has been kept long enough, now; for cron, beside the hourly look")
    verbs.add_parser("reindex", help="make the search index anew, or empty it where BOT_SEARCH_INDEX is off")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
        if options.verb in ("erase", "expire"):
            require_database(settings)
            return asyncio.run(_with_gateway(options, settings))
        with opened_database(settings) as database:
            return _carry_out(options, settings, database)
    except (SettingsError, ContentFaults) as error:
        print(error, file=sys.stderr)
        return 1


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text[:9]) <= _MOST_DAYS:
        return int(text)
    raise argparse.ArgumentTypeError(f"give a whole number from 0 to {_MOST_DAYS}")


def _carry_out(options: argparse.Namespace, settings: Settings, database: Database) -> int:
    if options.verb == "list-expiring":
        until = datetime.now(UTC) + timedelta(days=options.days)
        with database.read() as session:
            found = retention.upcoming(session, Retention.of(settings), until)
        for expiry in found:
            print(f"{expiry.at:%Y-%m-%d %H:%M} UTC  {expiry.kind:<11}  {expiry.channel:<9}  {expiry.conversation_id}")
        print(f"{len(found)} to be erased until {until:%Y-%m-%d %H:%M} UTC.")
        return 0
    if options.verb == "export":
        return _export(options, database)
    with database.write() as session:
        search.forget_all(session)
        everybody = search.all_conversations(session)
    entries = 0
    for start in range(0, len(everybody) if settings.search_index else 0, search.BATCH):
        with database.write() as session:
            entries += search.index_anew(session, everybody[start : start + search.BATCH])
    print(f"{entries} messages and replies can be found by their words.")
    return 0


def _export(options: argparse.Namespace, database: Database) -> int:
    try:
        with database.read() as session:
            found = export_conversation(session, options.id)
    except SealBroken:
        print(f"Some of conversation {options.id} cannot be read; `bot keys check` may say why.", file=sys.stderr)
        return 1
    if found is None:
        print(f"There is no conversation {options.id}.", file=sys.stderr)
        return 1
    content = json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    if options.to is None:
        sys.stdout.write(content)
        return 0
    # Refuses a file that is there: what stands in it may be another patient's.
    try:
        with os.fdopen(os.open(options.to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(content)
    except OSError as error:
        print(f"{options.to} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


async def _with_gateway(options: argparse.Namespace, settings: Settings) -> int:
    services = build_services(settings)
    gateway = build_gateway(services)
    try:
        if options.verb == "expire":
            print(f"{_counted(await gateway.erasure.expire())} had been kept long enough.")
            return 0
        with services.database.read() as session:
            known = [found for found in (session.get(Conversation, name) for name in options.ids) if found is not None]
            names = [found.id for found in known]
            if options.all_of_visitor:
                all_of = (conversations.conversations_of(session, found.visitor) for found in known)
                names = list(dict.fromkeys(name for group in all_of for name in group))
        unknown = [name for name in options.ids if name not in names]
        done = await gateway.erasure.erase(names)
        print(
            f"{_counted(len(names))} erased." + ("" if done else " Rasa forgets its part as soon as it can be reached.")
        )
        for name in unknown:
            print(f"There is no conversation {name}.", file=sys.stderr)
        return 1 if unknown else 0
    finally:
        await gateway.rasa.close()
        services.database.close()


def _counted(number: int) -> str:
    return f"{number} conversation{'' if number == 1 else 's'}"
