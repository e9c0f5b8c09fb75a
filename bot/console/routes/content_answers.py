"""Editing which sentences of the article answer a topic, and the editor's notes beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.article.article import read_article
from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.content_editing import Refusal, faults_told, form_page, mark, save, values_in, was_opened
from bot.console.forms import Form
from bot.console.workshop import now_of, on_thread, workshop_of
from bot.curation import content_edits

TOPICS, NOTES, ARTICLE = "data/article/topics.yml", "data/article/notes.yml", "data/article/back-pain.md"
SLOTS = 8
PARTS = ("first", "more")


@requires(Role.EDITOR)
@faults_told
async def topic(request: Request) -> Response:
    """Which sentences of the article answer a topic."""
    return await _topic_page(request)


async def _topic_page(request: Request, refusal: Refusal | None = None) -> Response:
    shop, wanted = workshop_of(request), request.path_params["id"]
    kept = await on_thread(lambda: _entry(shop.copy.read(TOPICS), "topics", wanted))
    # Removed by somebody else meanwhile, it is offered to be added anew: what was typed stays.
    if kept is None and (refusal is None or not was_opened(form_of(request))):
        return pages.fault(request, 404, "There is no such topic.", "Go back to the content.")
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    entry = kept or {"id": wanted, "intent": f"ask_{wanted}", "title": ""}
    title, chosen = entry["title"], {part: [s["id"] for s in entry.get(part) or ()] for part in PARTS}
    if refusal:
        title, chosen = form_of(request).text("title", 120), _chosen(form_of(request))
    values = {"topic": {**entry, "title": title}, "sections": article.sections, "chosen": chosen}
    return form_page(request, "content_topic.html", refusal, **values, slots=range(SLOTS), seen=mark(kept))


def _entry(text: str, part: str, wanted: str) -> Any:
    """One entry of a file, None when there is none of that id."""
    return next((entry for entry in content_edits.values_of(text)[part] if entry["id"] == wanted), None)


def _chosen(form: Form) -> dict[str, list[str]]:
    """The ids of the sentences that were chosen, in order."""
    return {part: [value for slot in range(SLOTS) if (value := form.text(f"{part}-{slot}", 120))] for part in PARTS}


@requires(Role.EDITOR)
@faults_told
async def save_topic(request: Request) -> Response:
    """Save the choice."""
    shop, form, wanted = workshop_of(request), form_of(request), request.path_params["id"]
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    said = {number: sentence.text for number, sentence in article.by_id.items()}
    chosen = _chosen(form)

    def change(text: str) -> str:
        title, anew = form.text("title", 120), was_opened(form)
        return content_edits.set_topic(text, wanted, title, chosen["first"], chosen["more"], said, anew=anew)

    def part(text: str) -> Any:
        return _entry(text, "topics", wanted)

    back = f"/content/topics/{wanted}?saved=1"
    return await save(request, TOPICS, f"answer to {wanted}", change, back, _topic_page, part)


@requires(Role.EDITOR)
@faults_told
async def editors_note(request: Request) -> Response:
    """One editor's note, or a new one."""
    return await _note_page(request)


async def _note_page(request: Request, refusal: Refusal | None = None) -> Response:
    shop, wanted = workshop_of(request), request.path_params["id"]
    kept = await on_thread(lambda: _entry(shop.copy.read(NOTES), "notes", wanted))
    # Removed by somebody else meanwhile, it is offered to be added anew: what was typed stays.
    if kept is None and wanted != "new" and refusal is None:
        return pages.fault(request, 404, "There is no such note.", "Go back to the content.")
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    topics = (await on_thread(lambda: values_in(shop, TOPICS)))["topics"]
    empty: dict[str, Any] = {**dict.fromkeys(content_edits.NOTE_FIELDS, ""), "topics": [], "about": []}
    note = {**empty, **(kept or {})}
    if refusal:
        typed = form_of(request)
        note = {**note, **_fields(typed), "id": typed.text("id", 60) or wanted}
    values = {"note": note, "is_new": kept is None, "topics": topics, "seen": mark(kept) if kept else ""}
    today = now_of(request).date().isoformat()
    return form_page(request, "content_note.html", refusal, **values, sections=article.sections, today=today)


def _fields(form: Form) -> Mapping[str, Any]:
    return {
        "topics": [topic for topic in form.all("topics") if topic],
        "about": [sentence for sentence in form.all("about") if sentence],
        **{key: form.text(key, 1200) for key in ("text", "source", "url", "reviewed")},
    }


@requires(Role.EDITOR)
@faults_told
async def save_note(request: Request) -> Response:
    """Save the note, or remove it."""
    form, wanted = form_of(request), request.path_params["id"]
    name, fields = form.text("id", 60) if wanted == "new" else wanted, _fields(form)

    def part(text: str) -> Any:
        return _entry(text, "notes", name)

    if form.text("do") == "remove":

        def removal(text: str) -> str:
            return content_edits.remove_note(text, name)

        return await save(request, NOTES, f"note {name} removed", removal, "/content", _note_page, part)
    if not name or not name.replace("-", "").isalnum() or name == "new":
        return await _note_page(request, Refusal("Not saved: give the note an id of letters, digits and dashes."))

    def change(text: str) -> str:
        if wanted == "new" and part(text) is not None:
            raise content_edits.CannotEdit(f"there is a note {name} already: choose another id")
        return content_edits.set_note(text, name, fields)

    return await save(request, NOTES, f"note {name}", change, f"/content/notes/{name}?saved=1", _note_page, part)


ROUTES = [
    Route("/content/topics/{id}", topic, methods=["GET"]),
    Route("/content/topics/{id}", save_topic, methods=["POST"]),
    Route("/content/notes/{id}", editors_note, methods=["GET"]),
    Route("/content/notes/{id}", save_note, methods=["POST"]),
]
