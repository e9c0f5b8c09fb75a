"""The keys of the tests' databases."""

from __future__ import annotations

from bot.storage.database import Database
from bot.storage.sealing.vault import KeyMaterial, Vault


def a_vault() -> Vault:
    """A vault with one master key, the same in every process of a test."""
    return Vault(lambda: KeyMaterial({"tests": b"m" * 32}, b"i" * 32))


def a_database(url: str) -> Database:
    """A database that seals under the tests' key."""
    return Database(url, a_vault())
