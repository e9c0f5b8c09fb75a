"""Editing wordings: the phrases of replies, the medicines that are recognised, the phrases that find a danger sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.content_editing import Refusal, faults_told, form_page, mark, save, values_in, was_opened
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


async def _phrases_page(request: Request, refusal: Refusal | None = None) -> Response:
    path = f"data/phrases/{request.path_params['name']}.yml"
    try:
        content = await on_thread(lambda: values_in(workshop_of(request), path))
    except NotForStaff:
        content = None
    if not content:
        return pages.fault(request, 404, "There is no such file.", "Go back to the content.")
    places = [(place, wordings, mark(wordings)) for place, wordings in _places(content)]
    refused = form_of(request).text("place", 120) if refusal else ""
    if refused:
        typed = form_of(request).raw("wordings").split("\n")
        if all(place != refused for place, _, _ in places):
            places.append((refused, typed, mark(None)))
        places = [(place, typed if place == refused else kept, seen) for place, kept, seen in places]
    values = {"name": request.path_params["name"], "places": places, "refused": refused}
    return form_page(request, "content_phrases.html", refusal, **values)


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
        return content_edits.set_phrases(text, place, wordings, anew=was_opened(form))

    def part(text: str) -> list[str] | None:
        return dict(_places(content_edits.values_of(text))).get(".".join(place))

    path, back = f"data/phrases/{name}.yml", f"/content/phrases/{name}?saved=1#{'.'.join(place)}"
    return await save(request, path, f"wordings of {place[-1]}", change, back, _phrases_page, part)


@requires(Role.EDITOR)
@faults_told
async def medicines(request: Request) -> Response:
    """The medicines that are recognised."""
    return await _medicines_page(request)


async def _medicines_page(request: Request, refusal: Refusal | None = None) -> Response:
    content = await on_thread(lambda: values_in(workshop_of(request), DRUGS))
    facts = list(dict.fromkeys(entry["fact"] for entry in content["drugs"]))
    typed = form_of(request) if refusal else Form()
    return form_page(request, "content_medicines.html", refusal, drugs=content["drugs"], facts=facts, typed=typed)


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


async def _danger_page(request: Request, refusal: Refusal | None = None) -> Response:
    shop = workshop_of(request)
    files = await on_thread(lambda: [(path, _lists(values_in(shop, path)["facts"])) for path in DANGER])
    typed = form_of(request) if refusal else Form()
    return form_page(request, "content_danger.html", refusal, files=files, typed=typed)


def _lists(entries: Sequence[Any]) -> dict[str, list[dict[str, Any]]]:
    """Each fact's lists of phrases; a phrase that is added goes into the first of them."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        if phrases := entry.get("found_by"):
            found.setdefault(entry["fact"], []).append({"found_by": phrases, "vague": entry.get("vague")})
    return found


@requires(Role.EDITOR)
@faults_told
async def save_danger_phrase(request: Request) -> Response:
    """Add a phrase to a danger sign."""
    form = form_of(request)
    path, fact, phrase = form.text("path", 80), form.text("fact", 60), form.text("phrase", 200)
    if path not in DANGER or not phrase:
        return await _danger_page(request, Refusal("Not saved: write the phrase."))

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
