"""Who speaks: a random key in a signed cookie that only this server can read or make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from bot.settings import Settings

_SALT = "bot.gateway.visitors"


class Cookies:
    """Signs, reads and forgets the visitor's cookie."""

    def __init__(self, keys: Sequence[str], settings: Settings) -> None:
        """Take the signing keys, oldest first: the last one signs, all of them verify."""
        self._signer = TimestampSigner(list(keys), salt=_SALT)
        self._max_age = settings.session_hours * 3600
        self._secure = settings.is_secure
        # A browser takes a __Host- cookie only from this very host over https: no neighbour can plant one.
        self.name = "__Host-chat" if settings.is_secure else "chat"

    def key(self, request: Request) -> str | None:
        """The key in the request's cookie, if we signed it and it is young enough."""
        signed = request.cookies.get(self.name, "")
        if not signed or len(signed) > 200 or not signed.isascii():
            return None
        try:
            # Not `max_age`: it refuses what is from the future, and clocks of machines differ, and are set back.
            key, at = self._signer.unsign(signed, return_timestamp=True)
        except BadSignature:
            return None
        is_young = (datetime.now(UTC) - at).total_seconds() <= self._max_age
        return key.decode("ascii") if is_young else None

    def give(self, response: Response, key: str) -> None:
        """Let the visitor's browser keep the key."""
        self._set(response, self.signed(key), self._max_age)

    def signed(self, key: str) -> str:
        """The cookie's value for a key."""
        return self._signer.sign(key).decode("ascii")

    def forget(self, response: Response) -> None:
        """Let the visitor's browser drop the key."""
        self._set(response, "", 0)

    def _set(self, response: Response, value: str, max_age: int) -> None:
        # Written by hand: Python 3.11 does not know `Partitioned`, without which a browser that blocks third-party
        # cookies would lose the chat in the clinic's page on every reload.
        scope = "Secure; SameSite=None; Partitioned" if self._secure else "SameSite=Lax"
        response.headers.append("set-cookie", f"{self.name}={value}; Max-Age={max_age}; Path=/; HttpOnly; {scope}")
