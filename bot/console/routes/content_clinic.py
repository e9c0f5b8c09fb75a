"""Editing the clinic's facts, its answers and the banner."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.access import Role, form_of, requires
from bot.console.content_editing import faults_told, form_page, save, values_in
from bot.console.workshop import on_thread, workshop_of
from bot.curation import content_edits

CLINIC = "data/clinic.yml"


@requires(Role.EDITOR)
@faults_told
async def clinic(request: Request) -> Response:
    """Facts of the clinic, its answers and the banner."""
    return await _clinic_page(request)


async def _clinic_page(request: Request, fault: str = "", status: int = 200) -> Response:
    content, seen = await on_thread(lambda: values_in(workshop_of(request), CLINIC))
    values = {"facts": content["clinic"], "answers": content["answers"], "seen": seen}
    return form_page(request, "content_clinic.html", fault, status, **values)


@requires(Role.EDITOR)
@faults_told
async def save_clinic(request: Request) -> Response:
    """Save them."""
    fields = form_of(request).fields
    facts = {name[5:]: form_of(request).text(name, 500) for name in fields if name.startswith("fact-")}
    answers = {name[7:]: form_of(request).text(name, 1000) for name in fields if name.startswith("answer-")}

    def change(text: str) -> str:
        return content_edits.set_clinic(text, facts, answers)

    return await save(request, CLINIC, "clinic facts", change, "/content/clinic?saved=1", _clinic_page)


ROUTES = [
    Route("/content/clinic", clinic, methods=["GET"]),
    Route("/content/clinic", save_clinic, methods=["POST"]),
]
