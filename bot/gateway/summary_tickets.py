"""Showing a result in a tab of its own, where the chat's cookie is not.

On the clinic's page the chat is a frame, and its cookie belongs to that page (`Partitioned`): in a new tab the browser
does not send it. The frame, which has it, asks for a ticket and posts it into the new tab; there it becomes a cookie
that opens the result for a few minutes and nothing else. Neither ever stands in an address.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from itsdangerous import BadSignature, TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from bot.settings import Settings

TICKET_SECONDS = 60
SHOWN_SECONDS = 15 * 60
PATH = "/chat/summary"


class SummaryTickets:
    """Makes and reads tickets, and the cookie they are exchanged for."""

    def __init__(self, keys: Sequence[str], settings: Settings) -> None:
        """Take the signing keys, oldest first: the last one signs, all of them verify."""
        self._tickets = TimestampSigner(list(keys), salt="bot.gateway.summary_ticket")
        self._shown = TimestampSigner(list(keys), salt="bot.gateway.summary_shown")
        self._secure = settings.is_secure
        self.name = "__Secure-summary" if settings.is_secure else "summary"

    def ticket(self, conversation_id: str) -> str:
        """A ticket for the result of a conversation's visitor."""
        return self._tickets.sign(conversation_id).decode("ascii")

    def redeemed(self, ticket: str) -> str | None:
        """The conversation of a ticket that is ours and still good."""
        return _read(self._tickets, ticket, TICKET_SECONDS)

    def give(self, response: Response, conversation_id: str | None) -> None:
        """Let this tab's browser see the result for a while; with None, none at all."""
        value = self._shown.sign(conversation_id).decode("ascii") if conversation_id else ""
        seconds = SHOWN_SECONDS if conversation_id else 0
        scope = "Secure; SameSite=Lax" if self._secure else "SameSite=Lax"
        cookie = f"{self.name}={value}; Max-Age={seconds}; Path={PATH}; HttpOnly; {scope}"
        response.headers.append("set-cookie", cookie)

    def shown(self, request: Request) -> str | None:
        """The conversation whose result this browser may see."""
        return _read(self._shown, request.cookies.get(self.name, ""), SHOWN_SECONDS)


def _read(signer: TimestampSigner, signed: str, seconds: int) -> str | None:
    if not signed or len(signed) > 200 or not signed.isascii():
        return None
    try:
        # Not `max_age`: it refuses what is from the future, and clocks of machines differ.
        value, at = signer.unsign(signed, return_timestamp=True)
    except BadSignature:
        return None
    is_good = (datetime.now(UTC) - at).total_seconds() <= seconds
    return value.decode("ascii") if is_good else None
