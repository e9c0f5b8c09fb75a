"""The keys of the tests' databases."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.database import Database
from bot.storage.sealing.vault import KeyMaterial, Vault


def a_vault() -> Vault:
    """A vault with one master key, the same in every process of a test."""
    return Vault(lambda: KeyMaterial({"tests": b"m" * 32}, b"i" * 32))


def a_database(url: str) -> Database:
    """A database that seals under the tests' key."""
    return Database(url, a_vault())


def a_migrated_database(url: str) -> Database:
    """A database with its tables. A file of SQLite is a copy of one that this process has made: tables take time."""
    database = a_database(url)
    path = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///") or path.exists():
        database.migrate()
        return database
    path.touch(0o600)
    path.write_bytes(_empty_file())
    return database


@cache
def _empty_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        made = a_database(f"sqlite:///{path}")
        made.migrate()
        made.close()
        assert [path] == list(Path(folder).iterdir())
        return path.read_bytes()
