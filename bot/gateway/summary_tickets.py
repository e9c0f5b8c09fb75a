"""Showing a result where the chat's cookie is not: in a tab of its own, and to whoever chats on a messenger.

On the clinic's page the chat is a frame, and its cookie belongs to that page (`Partitioned`): in a new tab the browser
does not send it. The frame, which has it, asks for a ticket and posts it into the new tab; there it becomes a cookie
that opens the result for a few minutes and nothing else. Neither ever stands in an address.

On a messenger there is no cookie at all, so a link is sent. It shows no result by itself, only a button that posts what
the link carries: a platform that looks at the links in its messages sees nothing of the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from itsdangerous import BadSignature, Signer, TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from bot.settings import Settings

TICKET_SECONDS = 60
SHOWN_SECONDS = 15 * 60
LINK_SECONDS = 24 * 3600
PATH = "/chat/summary"
LINK_PATH = f"{PATH}/link"


class SummaryTickets:
    """Makes and reads tickets, and the cookie they are exchanged for."""

    def __init__(self, keys: Sequence[str], settings: Settings) -> None:
        """Take the signing keys, oldest first: the last one signs, all of them verify."""
        self._tickets = TimestampSigner(list(keys), salt="bot.gateway.summary_ticket")
        self._shown = TimestampSigner(list(keys), salt="bot.gateway.summary_shown")
        self._links = Signer(list(keys), salt="bot.gateway.summary_link")
        self._public_url = settings.public_url
        self._secure = settings.is_secure
        self.name = "__Secure-summary" if settings.is_secure else "summary"

    def ticket(self, conversation_id: str) -> str:
        """A ticket for the result of a conversation's visitor."""
        return self._tickets.sign(conversation_id).decode("ascii")

    def redeemed(self, ticket: str) -> str | None:
        """The conversation of a ticket that is ours and still good."""
        return _read(self._tickets, ticket, TICKET_SECONDS)

    def link(self, conversation_id: str, at: datetime) -> str:
        """An address for the result of a conversation's visitor, good for a day; for the same time always the same."""
        value = f"{conversation_id}.{int(at.timestamp()) + LINK_SECONDS}"
        # The signature comes first: what ends in a digit, no program that looks for links in a text cuts short.
        signature = self._links.get_signature(value).decode("ascii")
        return f"{self._public_url}{LINK_PATH}?t={signature}.{value}"

    def followed(self, link: str) -> str | None:
        """The conversation of what a link of ours carries, while it is good."""
        signature, _, value = link.partition(".")
        conversation_id, _, until = value.rpartition(".")
        is_ours = len(link) <= 200 and link.isascii() and self._links.verify_signature(value.encode(), signature)
        is_good = is_ours and until.isdigit() and datetime.now(UTC).timestamp() <= int(until)
        return conversation_id if is_good else None

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
