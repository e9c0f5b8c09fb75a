"""Addresses that can name nothing are answered here, before a database is asked that could not take them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.console import pages

# What every database can compare with the number of a row.
MOST_DIGITS = 18


class Addresses:
    """Says that there is nothing: PostgreSQL takes no NUL in a text, and SQLite no number of more than 64 bits."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            request = Request(scope)
            if not _can_be(request):
                await pages.nothing(request)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _can_be(request: Request) -> bool:
    path = str(request.scope["path"])
    values = (value for pair in request.query_params.multi_items() for value in pair)
    return not any("\x00" in text for text in (path, *values)) and not any(
        len(part) > MOST_DIGITS and part.isdecimal() for part in path.split("/")
    )
