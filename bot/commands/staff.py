"""`bot staff`: accounts of the staff console, from the terminal of the machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.bootstrap import read_settings
from bot.commands.opened_database import opened_database
from bot.settings import Settings, SettingsError
from bot.storage.database import Database
from bot.storage.schema.staff_tables import Staff
from bot.storage.staff_side import audit, staff
from bot.storage.staff_side.staff import ROLES, StaffFault


def run(parser: argparse.ArgumentParser, argv: Sequence[str]) -> int:
    """Carry out one of add, list, role, disable, enable, reset."""
    commands = parser.add_subparsers(dest="do", required=True, metavar="add|list|role|disable|enable|reset")
    add = commands.add_parser("add", help="a new account; prints its set-up link, good once")
    add.add_argument("name")
    add.add_argument("--role", choices=ROLES, default="tester")
    commands.add_parser("list", help="all accounts")
    role = commands.add_parser("role", help="give an account another role, and log it out")
    role.add_argument("name")
    role.add_argument("role", choices=ROLES)
    for name, what in (
        ("disable", "close an account and log it out"),
        ("enable", "open a closed account again"),
        ("reset", "log an account out and print a new set-up link"),
    ):
        commands.add_parser(name, help=what).add_argument("name")
    options = parser.parse_args(argv)
    try:
        settings = read_settings()
        with opened_database(settings, is_made=options.do == "add") as database:
            return _carry_out(options, settings, database)
    except (SettingsError, StaffFault) as error:
        print(error, file=sys.stderr)
        return 1


def _carry_out(options: argparse.Namespace, settings: Settings, database: Database) -> int:
    now = datetime.now(UTC)
    if options.do == "list":
        with database.read() as session:
            _print_list(staff.all_staff(session))
        return 0
    token = ""
    with database.write() as session:
        if options.do == "add":
            row = staff.add(session, options.name, options.role, now)
        else:
            found = staff.find(session, options.name)
            if found is None:
                raise StaffFault(f"There is no account {options.name!r}; `bot staff list` shows all.")
            row = found
        if options.do in ("add", "reset"):
            staff.end_sessions_of(session, row.id)
            token = staff.invite(session, row, now, staff.LINK_VALID)
        elif options.do == "disable":
            staff.disable(session, row, now)
        elif options.do == "enable":
            staff.enable(row)
        else:
            staff.set_role(session, row, options.role)
        name, role = row.name, row.role
        audit.note(session, None, f"staff_{options.do}", now, "staff", str(row.id), {"role": role, "by": "terminal"})
    if token:
        print(f"{name} ({role}) chooses a password here, once, within 48 hours:\n{settings.console_url}/setup/{token}")
    else:
        print(f"{name} ({role}): done.")
    return 0


def _print_list(rows: list[Staff]) -> None:
    for row in rows:
        state = "closed" if row.disabled else "open" if row.password else "waits for its set-up"
        seen = f"{row.last_login:%Y-%m-%d %H:%M} UTC" if row.last_login else "never"
        print(f"{row.name:<24} {row.role:<7} {state:<21} last login {seen}")
    if not rows:
        print("Nobody has an account yet: `bot staff add NAME --role admin` makes one.")
