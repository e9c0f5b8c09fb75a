"""Passwords: argon2id hashes, checked off the event loop, and as slowly for a name that nobody has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200

Result = TypeVar("Result")


class Passwords:
    """Hashes and checks; the parameters are argon2-cffi's own (RFC 9106, low memory: 64 MiB, three passes)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        """Take another hasher for tests; the real one is slow on purpose."""
        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None
        self._one_by_one: anyio.CapacityLimiter | None = None

    async def hash(self, password: str) -> str:
        """What is stored."""
        return await self._on_thread(lambda: self._hasher.hash(password))

    async def matches(self, password: str, stored: str | None) -> bool:
        """Whether it is the password; None stands for a name without one, and takes as long."""

        def check() -> bool:
            if self._nobody is None:
                self._nobody = self._hasher.hash("nobody has this password")
            try:
                self._hasher.verify(stored or self._nobody, password)
            except (VerificationError, InvalidHashError):
                return False
            return stored is not None

        if len(password) > LONGEST:
            return False
        return await self._on_thread(check)

    async def _on_thread(self, work: Callable[[], Result]) -> Result:
        if self._one_by_one is None:
            # Each takes 64 MiB: a burst of logins must not take the machine's memory.
            self._one_by_one = anyio.CapacityLimiter(2)
        return await anyio.to_thread.run_sync(work, limiter=self._one_by_one)


def fault_of(password: str, repeated: str, name: str) -> str | None:
    """Why a new password cannot be taken, for a person; None when it can."""
    if password != repeated:
        return "The two passwords differ. Type the same one twice."
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Four or five unrelated words are easy to remember."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    if len(set(password)) < 5 or name.lower() in password.lower():
        return "That is easy to guess. Do not repeat one character, and leave your name out of it."
    return None
