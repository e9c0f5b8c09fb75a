"""The database of this installation, for a command that works on it and ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import Settings, SettingsError
from bot.storage.database import Database, open_database
from bot.storage.first_contact import with_patience


def require_database(settings: Settings) -> None:
    """Make sure that there is something to work on: an empty database made for a mistyped path would look like a loss.

    Raises:
        SettingsError: in one line, when the file is not there.
    """
    url = settings.database_url
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        remedy = "correct the address, or start the assistant once, which makes it"
        raise SettingsError([f"BOT_DATABASE_URL: there is no database {url} yet: {remedy}."])


@contextmanager
def opened_database(settings: Settings, *, is_there: bool = True, is_made: bool = False) -> Iterator[Database]:
    """The database, its tables up to date and waited for while it is away; closed at the end.

    Args:
        settings: Which it is.
        is_there: False when its tables are about to be made; they are left to the caller then.
        is_made: Whether it may be made now, where there is none.

    Raises:
        SettingsError: in one line, when it cannot be used.
    """
    if is_there and not is_made:
        require_database(settings)
    database = open_database(settings)
    try:
        if is_there:
            with_patience(settings.database_url, database.migrate, settings.database_patience)
        elif not settings.database_url.startswith("sqlite"):
            with_patience(settings.database_url, lambda: database.engine.connect().close(), settings.database_patience)
        yield database
    finally:
        database.close()
