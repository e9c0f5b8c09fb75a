"""Editing wordings: the phrases of replies, the medicines that are recognised, the phrases that find a danger sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.content_editing import faults_told, form_page, save, values_in
from bot.console.forms import Form
from bot.console.workshop import on_thread, workshop_of
from bot.curation import content_edits, safety_cases
from bot.curation.places import NotForStaff

DRUGS = "data/safety/drugs.yml"
DANGER = ("data/safety/red_flags.yml", "data/safety/cautions.yml")


@requires(Role.EDITOR)
@faults_told
async def phrases(request: Request) -> Response:
    """The wordings of one file."""
    return await _phrases_page(request)


async def _phrases_page(request: Request, fault: str = "", status: int = 200) -> Response:
    path = f"data/phrases/{request.path_params['name']}.yml"
    try:
        content, seen = await on_thread(lambda: values_in(workshop_of(request), path))
    except NotForStaff:
        content, seen = None, ""
    if not content:
        return pages.fault(request, 404, "There is no such file.", "Go back to the content.")
    values = {"name": request.path_params["name"], "places": list(_places(content)), "seen": seen}
    return form_page(request, "content_phrases.html", fault, status, **values)


def _places(content: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Each list of wordings with its place, such as `phrases.not_covered`."""
    if isinstance(content, dict):
        for name, below in content.items():
            yield from _places(below, (*above, str(name)))
    elif isinstance(content, list) and all(isinstance(item, str) for item in content):
        yield ".".join(above), content


@requires(Role.EDITOR)
@faults_told
async def save_phrases(request: Request) -> Response:
    """Save the wordings of one place."""
    form, name = form_of(request), request.path_params["name"]
    place = form.text("place", 120).split(".")
    wordings = form.raw("wordings")[:8000].split("\n")

    def change(text: str) -> str:
        return content_edits.set_phrases(text, place, wordings)

    path, back = f"data/phrases/{name}.yml", f"/content/phrases/{name}?saved=1#{'.'.join(place)}"
    return await save(request, path, f"wordings of {place[-1]}", change, back, _phrases_page)


@requires(Role.EDITOR)
@faults_told
async def medicines(request: Request) -> Response:
    """The medicines that are recognised."""
    return await _medicines_page(request)


async def _medicines_page(request: Request, fault: str = "", status: int = 200) -> Response:
    content, seen = await on_thread(lambda: values_in(workshop_of(request), DRUGS))
    facts = list(dict.fromkeys(entry["fact"] for entry in content["drugs"]))
    values = {"drugs": content["drugs"], "facts": facts, "seen": seen}
    return form_page(request, "content_medicines.html", fault, status, **values)


@requires(Role.EDITOR)
@faults_told
async def save_medicine(request: Request) -> Response:
    """Add a medicine."""
    form = form_of(request)
    brands, misspelt = (_words(form, name) for name in ("brands", "misspelt"))
    fact, generic = form.text("fact", 60), form.text("generic", 80)

    def change(text: str) -> str:
        return content_edits.add_medicine(text, fact, generic, brands, misspelt)

    return await save(request, DRUGS, f"medicine {generic}", change, "/content/medicines?saved=1", _medicines_page)


def _words(form: Form, name: str) -> Sequence[str]:
    return [word for part in form.text(name, 500).split(",") if (word := " ".join(part.split()))]


@requires(Role.EDITOR)
@faults_told
async def danger_phrases(request: Request) -> Response:
    """The phrases by which a danger sign is found."""
    return await _danger_page(request)


async def _danger_page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop = workshop_of(request)
    files = await on_thread(lambda: [(path, values_in(shop, path)[0]["facts"]) for path in DANGER])
    return form_page(request, "content_danger.html", fault, status, files=files)


@requires(Role.EDITOR)
@faults_told
async def save_danger_phrase(request: Request) -> Response:
    """Add a phrase to a danger sign."""
    form = form_of(request)
    path, fact, phrase = form.text("path", 80), form.text("fact", 60), form.text("phrase", 200)
    if path not in DANGER or not phrase:
        return await _danger_page(request, "Not saved: write the phrase.", 422)

    def change(text: str) -> str:
        return safety_cases.add_phrase(text, fact, phrase)

    # Not the phrase itself: it may be a patient's words, and this goes into the audit trail.
    what = f"phrase for {fact}"
    return await save(request, path, what, change, f"/content/danger?saved=1#{fact}", _danger_page)


ROUTES = [
    Route("/content/phrases/{name}", phrases, methods=["GET"]),
    Route("/content/phrases/{name}", save_phrases, methods=["POST"]),
    Route("/content/medicines", medicines, methods=["GET"]),
    Route("/content/medicines", save_medicine, methods=["POST"]),
    Route("/content/danger", danger_phrases, methods=["GET"]),
    Route("/content/danger", save_danger_phrase, methods=["POST"]),
]
