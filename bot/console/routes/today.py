"""The first page: what waits for somebody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, has_role, requires
from bot.console.context import console_of
from bot.storage.staff_side import finished_checks


@requires(Role.TESTER)
async def today(request: Request) -> Response:
    """The first page; what patients left is counted for those who may read it."""
    waiting = None
    if has_role(request, Role.EDITOR):
        waiting = await console_of(request).database.reading(finished_checks.waiting)
    return pages.render(request, "today.html", waiting=waiting)


ROUTES = [Route("/", today, methods=["GET"])]
