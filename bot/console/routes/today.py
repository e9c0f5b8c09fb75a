"""The first page: what waits for somebody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, requires


@requires(Role.TESTER)
async def today(request: Request) -> Response:
    """The first page."""
    return pages.render(request, "today.html")


ROUTES = [Route("/", today, methods=["GET"])]
