"""Staff accounts, for admins: add, change role, close, give a new set-up link."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, note
from bot.console.forms import Form
from bot.storage.schema.staff_tables import Staff
from bot.storage.staff_side import staff
from bot.storage.staff_side.staff import StaffFault


@requires(Role.ADMIN)
async def page(request: Request) -> Response:
    """All accounts."""
    return await _shown(request)


@requires(Role.ADMIN)
async def add(request: Request) -> Response:
    """A new account; its set-up link is shown once."""
    form = form_of(request)

    def work(session: Session) -> tuple[str, str]:
        at = console_of(request).now()
        row = staff.add(session, form.text("name"), form.text("role"), at)
        note(session, request, "staff_added", "staff", str(row.id), role=row.role)
        return row.name, staff.invite(session, row, at, staff.LINK_VALID)

    return await _with_link(request, work)


@requires(Role.ADMIN)
async def change(request: Request) -> Response:
    """Change one account: `do` is role, disable, enable or reset."""
    form, staff_id = form_of(request), int(request.path_params["id"])
    what = form.text("do")

    def work(session: Session) -> tuple[str, str]:
        at, row = console_of(request).now(), session.get(Staff, staff_id)
        if row is None:
            raise StaffFault("There is no such account.")
        note(session, request, f"staff_{what}"[:40], "staff", str(row.id), role=form.text("role", 10) or None)
        if what == "role":
            staff.set_role(session, row, form.text("role"))
        elif what == "disable":
            staff.disable(session, row, at)
        elif what == "enable":
            staff.enable(row)
        elif what == "reset":
            staff.end_sessions_of(session, row.id)
            return row.name, staff.invite(session, row, at, staff.LINK_VALID)
        else:
            raise StaffFault("There is no such change.")
        return row.name, ""

    if what == "reset":
        return await _with_link(request, work)
    try:
        await console_of(request).database.writing(work)
    except StaffFault as error:
        return await _shown(request, fault=str(error), status=422)
    return RedirectResponse("/staff", 303)


async def _with_link(request: Request, work: Callable[[Session], tuple[str, str]]) -> Response:
    try:
        name, token = await console_of(request).database.writing(work)
    except StaffFault as error:
        return await _shown(request, fault=str(error), status=422)
    return await _shown(request, link=f"{console_of(request).services.settings.console_url}/setup/{token}", name=name)


async def _shown(request: Request, link: str = "", name: str = "", fault: str = "", status: int = 200) -> Response:
    rows = await console_of(request).database.reading(staff.all_staff)
    hours = int(staff.LINK_VALID.total_seconds() // 3600)
    values = {"staff": rows, "roles": staff.ROLES, "link": link, "name": name, "fault": fault, "hours": hours}
    values["typed"] = form_of(request) if fault else Form()
    return pages.render(request, "staff.html", status, **values)


ROUTES = [
    Route("/staff", page, methods=["GET"]),
    Route("/staff", add, methods=["POST"]),
    Route("/staff/{id:int}", change, methods=["POST"]),
]
