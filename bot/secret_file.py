"""The secrets of this installation: made on first run, kept in one file that nobody else can read."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.settings import Settings, SettingsError


@dataclass(frozen=True)
class Secrets:
    """What only this installation knows.

    Attributes:
        cookie_keys: Oldest first; the last signs, all verify, so that a key can be replaced without ending visits.
        rasa: Shared by the gateway and Rasa.
        actions: Shared by Rasa and the action server.
        messengers: Hashes and encrypts who writes on messengers. With another one nobody there is recognised.
    """

    cookie_keys: tuple[str, ...] = field(repr=False)
    rasa: str = field(repr=False)
    actions: str = field(repr=False)
    messengers: str = field(default="", repr=False)


def load_secrets(path: Path) -> Secrets:
    """The installation's secrets; made on first use, mode 600, whole or not at all.

    Raises:
        SettingsError: when the file is readable by others or is not ours.
    """
    if not path.exists():
        _create_secrets(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError([f"{path} can be read by other users of this machine: run `chmod 600 {path}`."])
    try:
        data = json.loads(path.read_text("utf-8"))
        if "messengers" not in data:
            data = _with_messenger_secret(path)
        found = Secrets(tuple(data["cookie_keys"]), data["rasa"], data["actions"], data["messengers"])
        needed = (*found.cookie_keys, found.rasa, found.actions, found.messengers)
        if not found.cookie_keys or any(len(s) < 32 for s in needed):
            raise ValueError("too short")
    except (ValueError, KeyError, TypeError) as error:
        remedy = "delete it and start again (open chats then begin anew)"
        raise SettingsError([f"{path} is not a file of secrets this version can read: {remedy}."]) from error
    return found


def _create_secrets(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "cookie_keys": [secrets.token_urlsafe(32)],
        "rasa": secrets.token_urlsafe(32),
        "actions": secrets.token_urlsafe(32),
        "messengers": secrets.token_urlsafe(32),
    }
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        # A link fails where a rename would overwrite what another process has just made.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def _with_messenger_secret(path: Path) -> Any:
    """Add the secret that files of an earlier version lack, once, however many processes start at the same time."""
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        data = json.loads(path.read_text("utf-8"))
        if "messengers" in data:
            return data
        data["messengers"] = secrets.token_urlsafe(32)
        descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(data, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    return data


def rasa_environment(settings: Settings, known: Secrets) -> dict[str, str]:
    """What `endpoints.yml` and `credentials.yml` refer to; Rasa stops when one of them is unset."""
    return {
        "BOT_RASA_SECRET": known.rasa,
        "BOT_ACTIONS_SECRET": known.actions,
        "BOT_ACTIONS_URL": f"{settings.actions_url}/webhook",
        "BOT_TRACKER_URL": settings.database_url,
    }
