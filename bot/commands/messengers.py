"""`bot messengers`: what each messenger's set-up lacks, whether its credentials work, and Telegram's webhook."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap import read_settings
from bot.commands.opened_database import require_database
from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Finding, Messenger, TryLater, Undeliverable
from bot.gateway.messengers.identity import Identities
from bot.gateway.messengers.path import path
from bot.gateway.messengers.telegram import Telegram
from bot.secret_file import load_secrets
from bot.settings import Settings, SettingsError
from bot.storage.database import open_database
from bot.storage.staff_side.undelivered import not_delivered

DAYS_BACK = 7


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Run one of the two verbs; 0 when all is well."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|set-telegram-webhook")
    verbs.add_parser("check", help="what is set, what is missing, the address to register; tries the credentials")
    verbs.add_parser("set-telegram-webhook", help="tell Telegram to send this bot's messages to this installation")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
        identities = Identities(load_secrets(settings.secret_file).messengers)
        work = _check(settings, identities) if options.verb == "check" else _set_webhook(settings, identities)
        return asyncio.run(work)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2


async def _check(settings: Settings, identities: Identities) -> int:
    is_fine = True
    for kind in registry.kinds():
        is_wanted = registry.is_wanted(kind, settings.messengers)
        faults = registry.faults(kind, settings.messengers) if is_wanted else []
        print(f"{kind.title}: {'off' if not is_wanted else 'not set up' if faults else 'on'}")
        for setting in kind.settings:
            print(f"  {_state(setting.name, settings, setting.default):<8} {setting.name}: {setting.what}")
        url = settings.public_url + path(kind.name)
        print(f"  webhook  {url}")
        if not is_wanted:
            _print_what_would_switch_it_on(kind, settings)
            continue
        findings = [Finding(False, fault) for fault in faults]
        if not faults:
            findings = await _try(kind(registry.values(kind, settings.messengers), identities.derive), url)
        if not settings.is_secure:
            findings.append(Finding(False, "BOT_PUBLIC_URL is not an https address: no platform can reach it."))
        for finding in findings:
            print(f"  {'ok' if finding.ok else 'FAULT':<8} {finding.text}")
        is_fine = is_fine and all(finding.ok for finding in findings)
    _print_losses(settings)
    return 0 if is_fine else 1


def _print_what_would_switch_it_on(kind: type[Messenger], settings: Settings) -> None:
    """Messengers that share settings are told apart by the others: with the shared ones alone none is on."""
    if any(settings.messengers.get(setting.name) for setting in kind.settings if setting.default is None):
        switches = " or ".join(s.name for s in kind.settings if s.switches_on and s.default is None)
        print(f"  note     Some of it is set. To switch it on, set {switches}.")


def _state(name: str, settings: Settings, default: str | None) -> str:
    if settings.messengers.get(name):
        return "set"
    return "missing" if default is None else "default"


async def _try(messenger: Messenger, url: str) -> list[Finding]:
    try:
        return await messenger.check(url)
    except TryLater as error:
        return [Finding(False, f"{messenger.title} cannot be reached just now ({error.reason}).")]
    except Undeliverable as error:
        return [Finding(False, f"{messenger.title} refused the credentials ({error.reason}).")]
    finally:
        await messenger.close()


def _print_losses(settings: Settings) -> None:
    try:
        require_database(settings)
    except SettingsError as error:
        print(f"Replies not delivered: not known. {error}")
        return
    database = open_database(settings)
    since = datetime.now(UTC) - timedelta(days=DAYS_BACK)
    try:
        with database.read() as session:
            losses = not_delivered(session, since)
    except SQLAlchemyError as error:
        name = type(error).__name__
        print(f"Replies not delivered: not known, the database cannot be asked ({name}). It has its tables from the")
        print("first start on; `bot probe gateway --ready` says whether it can be used now.")
        return
    finally:
        database.close()
    print(f"Replies not delivered in the last {DAYS_BACK} days: {sum(row[3] for row in losses)}")
    for channel, state, reason, count in losses:
        print(f"  {count:>5} {channel}: {state} ({reason})")


async def _set_webhook(settings: Settings, identities: Identities) -> int:
    faults = registry.faults(Telegram, settings.messengers)
    if not settings.is_secure:
        faults.append("BOT_PUBLIC_URL is not an https address: Telegram sends nothing to any other.")
    if faults:
        raise SettingsError(faults)
    telegram = Telegram(registry.values(Telegram, settings.messengers), identities.derive)
    url = settings.public_url + path(Telegram.name)
    try:
        await telegram.set_webhook(url)
    except (TryLater, Undeliverable) as error:
        print(f"Telegram did not take the webhook ({error.reason}).", file=sys.stderr)
        return 1
    finally:
        await telegram.close()
    print(f"Telegram sends this bot's messages to {url}.")
    return 0
