"""Editing the clinic's facts, its answers and the banner."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.access import Role, form_of, requires
from bot.console.content_editing import Refusal, faults_told, form_page, mark, save, values_in, was_opened
from bot.console.forms import Form
from bot.console.titles import Titles
from bot.console.workshop import on_thread, workshop_of
from bot.curation import content_edits
from bot.curation.content_edits import values_of

CLINIC = "data/clinic.yml"


@requires(Role.EDITOR)
@faults_told
async def clinic(request: Request) -> Response:
    """Facts of the clinic, its answers and the banner."""
    return await _clinic_page(request)


async def _clinic_page(request: Request, refusal: Refusal | None = None) -> Response:
    content = await on_thread(lambda: values_in(workshop_of(request), CLINIC))
    facts, answers = _typed(form_of(request)) if refusal else ({}, {})
    subject, project = request.query_params.get("subject", ""), workshop_of(request).project
    # One that the file does not have yet, and that somebody comes to answer.
    asked = {subject: ""} if subject in await on_thread(lambda: Titles(project).gaps) else {}
    values = {"facts": {**content["clinic"], **facts}, "answers": {**asked, **content["answers"], **answers}}
    return form_page(request, "content_clinic.html", refusal, **values, seen=mark(content))


def _typed(form: Form) -> tuple[dict[str, str], dict[str, str]]:
    facts = {name[5:]: form.text(name, 500) for name in form.fields if name.startswith("fact-")}
    return facts, {name[7:]: form.text(name, 1000) for name in form.fields if name.startswith("answer-")}


@requires(Role.EDITOR)
@faults_told
async def save_clinic(request: Request) -> Response:
    """Save them."""
    form = form_of(request)
    facts, answers = _typed(form)

    def change(text: str) -> str:
        return content_edits.set_clinic(text, facts, answers, anew=was_opened(form))

    return await save(request, CLINIC, "clinic facts", change, "/content/clinic?saved=1", _clinic_page, values_of)


ROUTES = [
    Route("/content/clinic", clinic, methods=["GET"]),
    Route("/content/clinic", save_clinic, methods=["POST"]),
]
