"""The database of this installation, for a command that works on it and ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from bot.storage.database import Database, open_database
from bot.storage.first_contact import with_patience


@contextmanager
def opened_database(settings: Settings, *, is_there: bool = True) -> Iterator[Database]:
    """The database, its tables up to date and waited for while it is away; closed at the end.

    Args:
        settings: Which it is.
        is_there: False when its tables are about to be made; they are left to the caller then.

    Raises:
        SettingsError: in one line, when it cannot be used.
    """
    database = open_database(settings)
    try:
        if is_there:
            with_patience(settings.database_url, database.migrate, settings.database_patience)
        elif not settings.database_url.startswith("sqlite"):
            with_patience(settings.database_url, lambda: database.engine.connect().close(), settings.database_patience)
        yield database
    finally:
        database.close()
