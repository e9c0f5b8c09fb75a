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
from bot.console.content_editing import faults_told, form_page, save, values_in
from bot.console.workshop import now_of, on_thread, workshop_of
from bot.curation import content_edits

TOPICS, NOTES, ARTICLE = "data/article/topics.yml", "data/article/notes.yml", "data/article/back-pain.md"
SLOTS = 8


@requires(Role.EDITOR)
@faults_told
async def topic(request: Request) -> Response:
    """Which sentences of the article answer a topic."""
    return await _topic_page(request)


async def _topic_page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop, wanted = workshop_of(request), request.path_params["id"]
    content, seen = await on_thread(lambda: values_in(shop, TOPICS))
    entry = next((entry for entry in content["topics"] if entry["id"] == wanted), None)
    if entry is None:
        return pages.fault(request, 404, "There is no such topic.", "Go back to the content.")
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    chosen = {part: [s["id"] for s in entry.get(part) or ()] for part in ("first", "more")}
    values = {"topic": entry, "sections": article.sections, "chosen": chosen, "slots": range(SLOTS), "seen": seen}
    return form_page(request, "content_topic.html", fault, status, **values)


@requires(Role.EDITOR)
@faults_told
async def save_topic(request: Request) -> Response:
    """Save the choice."""
    shop, form, wanted = workshop_of(request), form_of(request), request.path_params["id"]
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    said = {number: sentence.text for number, sentence in article.by_id.items()}
    first, more = (
        [value for slot in range(SLOTS) if (value := form.text(f"{part}-{slot}", 120))] for part in ("first", "more")
    )

    def change(text: str) -> str:
        return content_edits.set_topic(text, wanted, form.text("title", 120), first, more, said)

    back = f"/content/topics/{wanted}?saved=1"
    return await save(request, TOPICS, f"answer to {wanted}", change, back, _topic_page)


@requires(Role.EDITOR)
@faults_told
async def editors_note(request: Request) -> Response:
    """One editor's note, or a new one."""
    return await _note_page(request)


async def _note_page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop, wanted = workshop_of(request), request.path_params["id"]
    content, seen = await on_thread(lambda: values_in(shop, NOTES))
    entry = next((entry for entry in content["notes"] if entry["id"] == wanted), None)
    if entry is None and wanted != "new":
        return pages.fault(request, 404, "There is no such note.", "Go back to the content.")
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    topics = (await on_thread(lambda: values_in(shop, TOPICS)))[0]["topics"]
    empty: dict[str, Any] = {**dict.fromkeys(content_edits.NOTE_FIELDS, ""), "topics": [], "about": []}
    values = {"note": {**empty, **(entry or {})}, "is_new": entry is None, "topics": topics, "seen": seen}
    today = now_of(request).date().isoformat()
    return form_page(request, "content_note.html", fault, status, **values, sections=article.sections, today=today)


@requires(Role.EDITOR)
@faults_told
async def save_note(request: Request) -> Response:
    """Save the note, or remove it."""
    form, wanted = form_of(request), request.path_params["id"]
    name = form.text("id", 60) if wanted == "new" else wanted
    if form.text("do") == "remove":

        def removal(text: str) -> str:
            return content_edits.remove_note(text, name)

        return await save(request, NOTES, f"note {name} removed", removal, "/content", _note_page)
    if not name or not name.replace("-", "").isalnum():
        return await _note_page(request, "Not saved: give the note an id of letters, digits and dashes.", 422)
    fields: Mapping[str, Any] = {
        "topics": [topic for topic in form.all("topics") if topic],
        "about": [sentence for sentence in form.all("about") if sentence],
        **{key: form.text(key, 1200) for key in ("text", "source", "url", "reviewed")},
    }

    def change(text: str) -> str:
        return content_edits.set_note(text, name, fields)

    return await save(request, NOTES, f"note {name}", change, f"/content/notes/{name}?saved=1", _note_page)


ROUTES = [
    Route("/content/topics/{id}", topic, methods=["GET"]),
    Route("/content/topics/{id}", save_topic, methods=["POST"]),
    Route("/content/notes/{id}", editors_note, methods=["GET"]),
    Route("/content/notes/{id}", save_note, methods=["POST"]),
]
