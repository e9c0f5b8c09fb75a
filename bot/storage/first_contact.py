"""The first contact with the database when a process starts: waited for a while, then given up in one line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

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
        except (OperationalError, OSError) as error:
            reason = _reason(error)
            if not _may_come_back(url, error) or clock() >= until:
                raise SettingsError([_line(url, reason, error, seconds)]) from error
        if not is_told:
            say(f"The database {_shown(url)} cannot be used yet ({reason}); waiting for it up to {seconds:.0f} s.")
            is_told = True
        sleep(AGAIN_SECONDS)


def _may_come_back(url: str, error: Exception) -> bool:
    # A file that cannot be opened or written stays so until somebody changes something.
    return not url.startswith("sqlite") or "locked" in str(error)


def _line(url: str, reason: str, error: Exception, seconds: float) -> str:
    if not url.startswith("sqlite"):
        remedy = "start it or correct the address, then start this again"
        return (
            f"BOT_DATABASE_URL: the database {_shown(url)} could not be used for {seconds:.0f} s ({reason}): {remedy}."
        )
    if _may_come_back(url, error):
        remedy = "end what holds it, then start this again"
        return f"BOT_DATABASE_URL: the database {_shown(url)} was locked for {seconds:.0f} s ({reason}): {remedy}."
    remedy = "let the user who runs this write to its folder, or name another file"
    return f"BOT_DATABASE_URL: the database {_shown(url)} cannot be opened or written ({reason}): {remedy}."


def _reason(error: Exception) -> str:
    """The first line of what the driver or the system says, without the statement."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    text = (getattr(cause, "strerror", None) or str(cause)).strip()
    return text.splitlines()[0].strip() if text else type(cause).__name__


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)
