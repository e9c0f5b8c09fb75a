"""The secrets of this installation: made on first run, kept in one file that nobody else can read."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.atomic_file import write_whole
from bot.settings import Settings, SettingsError

_LATER = ("messengers", "data_keys", "search")


@dataclass(frozen=True)
class MasterKey:
    """A key that seals the keys of conversations: 256 random bits, and the name by which rows refer to it."""

    id: str
    key: str = field(repr=False)


@dataclass(frozen=True)
class Secrets:
    """What only this installation knows.

    Attributes:
        cookie_keys: Oldest first; the last signs, all verify, so that a key can be replaced without ending visits.
        rasa: Shared by the gateway and Rasa.
        actions: Shared by Rasa and the action server.
        data_keys: Oldest first; the last seals the keys of conversations, all open them. Without them nothing that
            patients said can be read, by nobody.
        search: Keys the search index over what patients said.
        messengers: Hashes and encrypts who writes on messengers. With another one nobody there is recognised.
    """

    cookie_keys: tuple[str, ...] = field(repr=False)
    rasa: str = field(repr=False)
    actions: str = field(repr=False)
    messengers: str = field(default="", repr=False)
    data_keys: tuple[MasterKey, ...] = field(default=(), repr=False)
    search: str = field(default="", repr=False)


def load_secrets(path: Path) -> Secrets:
    """The installation's secrets; made on first use, mode 600, whole or not at all.

    Raises:
        SettingsError: when the file cannot be made or read, is readable by others or is not ours.
    """
    with _usable(path):
        if not path.exists():
            _create_secrets(path)
        return _load(path)


def read_secrets(path: Path) -> Secrets | None:
    """The installation's secrets, for whoever only looks; None before they are made.

    Raises:
        SettingsError: as `load_secrets`.
    """
    with _usable(path):
        return _load(path) if path.exists() else None


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = f"{path} cannot be read or written ({error.strerror})"
        raise SettingsError([f"{reason}: it and its folder must belong to the user who runs this."]) from error


def _load(path: Path) -> Secrets:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError([f"{path} can be read by other users of this machine: run `chmod 600 {path}`."])
    try:
        data = json.loads(path.read_text("utf-8"))
        if any(name not in data for name in _LATER):
            # A file of an earlier version.
            data = _changed(path, lambda found: {**{name: _fresh_secrets()[name] for name in _LATER}, **found})
        masters = tuple(MasterKey(entry["id"], entry["key"]) for entry in data["data_keys"])
        found = Secrets(
            tuple(data["cookie_keys"]), data["rasa"], data["actions"], data["messengers"], masters, data["search"]
        )
        keys = (key.key for key in masters)
        needed = (*found.cookie_keys, found.rasa, found.actions, found.messengers, found.search, *keys)
        if not found.cookie_keys or not masters or any(len(s) < 32 for s in needed):
            raise ValueError("too short")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        remedy = "restore it from a backup; without its data_keys nothing that patients said can be read"
        raise SettingsError([f"{path} is not a file of secrets this version can read: {remedy}."]) from error
    return found


def add_master_key(path: Path) -> MasterKey:
    """Put a new master key behind the others; it seals from now on.

    Raises:
        SettingsError: when the file cannot be used.
    """
    load_secrets(path)
    added = _new_master_key()
    with _usable(path):
        _changed(path, lambda data: {**data, "data_keys": [*data["data_keys"], added]})
    return MasterKey(**added)


def drop_master_keys(path: Path, but: str) -> int:
    """Take all master keys out but one; how many that were. Only when no conversation's key is sealed under them.

    Raises:
        SettingsError: when the file cannot be used.
    """
    before = len(load_secrets(path).data_keys)
    with _usable(path):
        kept = _changed(path, lambda data: {**data, "data_keys": [k for k in data["data_keys"] if k["id"] == but]})
    return before - len(kept["data_keys"])


def _fresh_secrets() -> dict[str, Any]:
    return {
        "cookie_keys": [secrets.token_urlsafe(32)],
        "rasa": secrets.token_urlsafe(32),
        "actions": secrets.token_urlsafe(32),
        "messengers": secrets.token_urlsafe(32),
        "data_keys": [_new_master_key()],
        "search": secrets.token_urlsafe(32),
    }


def _new_master_key() -> dict[str, str]:
    return {"id": secrets.token_hex(4), "key": secrets.token_urlsafe(32)}


def _create_secrets(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        write_whole(draft, _as_text(_fresh_secrets()), 0o600)
        # A link fails where a rename would overwrite what another process has just made.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _changed(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """Change the file, one process after the other, so that no change undoes another."""
    # The folder, since the file itself is replaced.
    lock = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data = change(json.loads(path.read_text("utf-8")))
        write_whole(path, _as_text(data), 0o600)
    finally:
        os.close(lock)
    return data


def _as_text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2)


def rasa_environment(settings: Settings, known: Secrets) -> dict[str, str]:
    """What `endpoints.yml` and `credentials.yml` refer to; Rasa stops when one of them is unset."""
    return {
        "BOT_RASA_SECRET": known.rasa,
        "BOT_ACTIONS_SECRET": known.actions,
        "BOT_ACTIONS_URL": settings.action_endpoint,
        "BOT_TRACKER_URL": settings.database_url,
        # Rasa reads the master key there; a key in the environment could be read by whoever lists processes.
        "BOT_TRACKER_KEYS": str(settings.secret_file),
    }
