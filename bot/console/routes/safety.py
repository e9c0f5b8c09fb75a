"""The safety queue: danger signs to take on, finished checks with their replay, wishes to be contacted."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.alert_notices import ways
from bot.console.context import console_of, member_of, note, note_seen
from bot.console.forms import whole_number
from bot.console.workshop import on_thread
from bot.served_content import shared_content
from bot.storage.staff_side import alerts, finished_checks

PAGE = 50


@requires(Role.EDITOR)
async def queue(request: Request) -> Response:
    """What waits, the gravest first."""
    await note_seen(request, "safety_queue_seen")
    return await _queue(request)


async def _queue(request: Request, fault: str = "") -> Response:
    console = console_of(request)

    def read(session: Session) -> tuple[list[alerts.Shown], list[alerts.Shown]]:
        return alerts.open_alerts(session), alerts.taken_alerts(session)

    waiting, taken = await console.database.reading(read)
    shown = {"waiting": waiting, "taken": taken, "criteria": await on_thread(_criteria)}
    told = ways(console.services.settings)
    return pages.render(request, "safety.html", 409 if fault else 200, **shown, told=told, fault=fault)


def _criteria() -> dict[str, str]:
    """What each criterion is about, in words: staff need not know its number."""
    return {criterion.id: criterion.item for criterion in shared_content().rules.criteria}


@requires(Role.EDITOR)
async def acknowledge(request: Request) -> Response:
    """Take one on: by name and time, once."""
    console, member, number = console_of(request), member_of(request), int(request.path_params["id"])

    def work(session: Session) -> bool:
        found = alerts.acknowledge(session, number, member.id, console.now())
        if found is not None:
            note(session, request, "alert_acknowledged", "conversation", found.conversation_id, alert=number)
        return found is not None

    if not await console.database.writing(work):
        return await _queue(request, "Somebody else took that one on, or it was erased.")
    return RedirectResponse("/safety", 303)


@requires(Role.EDITOR)
async def checks(request: Request) -> Response:
    """Finished checks, replayed."""
    await note_seen(request, "assessments_seen")
    before = whole_number(request.query_params.get("before", ""))
    rows = await console_of(request).database.reading(lambda s: finished_checks.assessments(s, PAGE + 1, before))
    more = rows[PAGE - 1].row.id if len(rows) > PAGE else None
    return pages.render(request, "assessments.html", rows=rows[:PAGE], more=more, criteria=await on_thread(_criteria))


@requires(Role.EDITOR)
async def contacts(request: Request) -> Response:
    """Wishes to be contacted."""
    await note_seen(request, "contact_requests_seen")
    rows = await console_of(request).database.reading(finished_checks.wishes)
    return pages.render(request, "contacts.html", rows=rows, statuses=finished_checks.STATUSES)


@requires(Role.EDITOR)
async def set_contact(request: Request) -> Response:
    """Note how far one is."""
    console, member, number = console_of(request), member_of(request), int(request.path_params["id"])
    status = form_of(request).text("status", 10)

    def work(session: Session) -> bool:
        is_set = finished_checks.set_status(session, number, status, member.id, console.now())
        if is_set:
            note(session, request, "contact_status_set", "contact", str(number), status=status)
        return is_set

    if not await console.database.writing(work):
        return pages.fault(request, 404, "There is no such request.", "It may have been erased.")
    return RedirectResponse("/safety/contacts", 303)


ROUTES = [
    Route("/safety", queue, methods=["GET"]),
    Route("/safety/assessments", checks, methods=["GET"]),
    Route("/safety/contacts", contacts, methods=["GET"]),
    Route("/safety/contacts/{id:int}", set_contact, methods=["POST"]),
    Route("/safety/{id:int}", acknowledge, methods=["POST"]),
]
