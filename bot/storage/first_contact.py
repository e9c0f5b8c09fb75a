"""The first contact with the database when a process starts: waited for a while, then given up in one line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.settings import SettingsError

AGAIN_SECONDS = 1.0
Result = TypeVar("Result")


def with_patience(
    url: str,
    work: Callable[[], Result],
    seconds: float,
    *,
    say: Callable[[str], object] = lambda line: sys.stderr.write(f"{line}\n"),
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Result:
    """Do what needs the database, again and again while it is away: machines and their database start in any order.

    Args:
        url: The database's address; its password is never shown.
        work: What is to be done, whole or not at all.
        seconds: How long to wait for the database.
        say: Takes one line when the waiting begins.
        sleep: Waits for so many seconds.
        clock: Seconds that only grow.

    Raises:
        SettingsError: in one line, when the database cannot be used.
    """
    until, is_told = clock() + seconds, False
    while True:
        try:
            return work()
        except CommandError as error:
            # Its tables know a migration that this version does not.
            newer = f"BOT_DATABASE_URL: the database {_shown(url)} is of a newer version than this one ({error})"
            raise SettingsError([f"{newer}: start that version, or restore a backup made before it."]) from error
        except (DBAPIError, OSError) as error:
            reason = _reason(error)
            if not _may_come_back(url, error) or clock() >= until:
                raise SettingsError([_line(url, reason, error, seconds)]) from error
        if not is_told:
            say(f"The database {_shown(url)} cannot be used yet ({reason}); waiting for it up to {seconds:.0f} s.")
            is_told = True
        sleep(AGAIN_SECONDS)


def _may_come_back(url: str, error: Exception) -> bool:
    # A file that cannot be opened or written stays so until somebody changes something, and so does a right not given.
    if url.startswith("sqlite"):
        return "locked" in str(error)
    return isinstance(error, OperationalError | OSError)


def _line(url: str, reason: str, error: Exception, seconds: float) -> str:
    is_file, was_waited_for = url.startswith("sqlite"), _may_come_back(url, error)
    if was_waited_for and is_file:
        what, remedy = f"was locked for {seconds:.0f} s", "end what holds it, then start this again"
    elif was_waited_for:
        what = f"could not be used for {seconds:.0f} s"
        remedy = "start it or correct the address, then start this again"
    elif is_file and any(sign in reason for sign in ("not a database", "malformed")):
        what, remedy = "is damaged or no database", "restore a backup, or name another file"
    elif is_file:
        what = "cannot be opened or written"
        remedy = "let the user who runs this write to its folder, or name another file"
    else:
        what, remedy = "does not let its tables be made", "make the user whom the address names its owner"
    return f"BOT_DATABASE_URL: the database {_shown(url)} {what} ({reason}): {remedy}."


def _reason(error: Exception) -> str:
    """The first line of what the driver or the system says, without the statement."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    text = (getattr(cause, "strerror", None) or str(cause)).strip()
    return text.splitlines()[0].strip() if text else type(cause).__name__


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
