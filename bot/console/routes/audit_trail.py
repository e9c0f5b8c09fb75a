"""Who saw and changed what, for admins."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, requires
from bot.console.context import console_of
from bot.console.forms import whole_number
from bot.storage.schema.staff_tables import Staff
from bot.storage.staff_side import audit, staff

PAGE = 100


@requires(Role.ADMIN)
async def page(request: Request) -> Response:
    """The newest lines, or those before one of them; of one person when asked."""
    query = request.query_params
    who, before = whole_number(query.get("who", "")), whole_number(query.get("before", ""))
    action, target = query.get("action", "")[:40], query.get("target", "")[:64]

    def read(session: Session) -> tuple[list[audit.Line], list[Staff]]:
        return audit.lines(session, PAGE + 1, before, who, action, target), staff.all_staff(session)

    found, everyone = await console_of(request).database.reading(read)
    more = found[PAGE - 1].id if len(found) > PAGE else None
    values: dict[str, Any] = {"who": who, "action": action, "target": target, "everyone": everyone}
    return pages.render(request, "audit.html", lines=found[:PAGE], more=more, **values)


ROUTES = [Route("/audit", page, methods=["GET"])]
