"""What can be edited, any file of it as text, and what a patient would be told."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.article.article import ArticleError
from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.content_editing import Refusal, faults_told, form_page, mark, save
from bot.console.routes.content_answers import ARTICLE, NOTES, TOPICS
from bot.console.workshop import on_thread, workshop_of
from bot.curation.content_edits import values_of
from bot.curation.diff_lines import shown_diff
from bot.curation.labels import labels
from bot.curation.places import NotForStaff, checked, needs_clinician, needs_training
from bot.curation.preview import APOLOGY, OPENING, previewed, working_content
from bot.faults import ContentFaults


@requires(Role.EDITOR)
@faults_told
async def index(request: Request) -> Response:
    """Everything that can be edited."""
    shop = workshop_of(request)

    def read() -> dict[str, Any]:
        files = sorted(p.relative_to(shop.project).as_posix() for p in (shop.project / "data").rglob("*.yml"))
        return {
            "topics": values_of(shop.copy.read(TOPICS))["topics"],
            "notes": values_of(shop.copy.read(NOTES))["notes"],
            "phrases": [path for path in files if path.startswith("data/phrases/")],
            "files": [*files, ARTICLE],
            "changed": {change.path for change in shop.copy.changes},
        }

    return pages.render(request, "content.html", **await on_thread(read))


@requires(Role.EDITOR)
async def as_text(request: Request) -> Response:
    """Any file of the content as text."""
    return await _text_page(request, request.query_params.get("path", ""))


async def _text_page(request: Request, path: str, refusal: Refusal | None = None, text: str = "") -> Response:
    shop = workshop_of(request)
    try:
        checked(path)
        kept = await on_thread(lambda: shop.copy.read(path))
        served = shop.project / path
        before = await on_thread(lambda: served.read_text("utf-8") if served.is_file() else "")
    except NotForStaff as error:
        return pages.fault(request, 404, f"{error}.", "Go back to the content.")
    values = {"file": path, "text": text if refusal else kept, "seen": mark(kept), "diff": shown_diff(before, kept)}
    needs = {"trains": needs_training(path), "clinical": needs_clinician(path)}
    return form_page(request, "content_text.html", refusal, **values, **needs)


@requires(Role.EDITOR)
async def save_text(request: Request) -> Response:
    """Save a file as text."""
    form = form_of(request)
    path, text = form.text("path", 200), form.raw("text")
    text = text if text.endswith("\n") else f"{text}\n"

    def change(_: str) -> str:
        if path.endswith(".yml"):
            values_of(text)
        return text

    async def show(request: Request, refusal: Refusal | None) -> Response:
        return await _text_page(request, path, refusal, text)

    return await save(request, path, "edited as text", change, f"/content/text?path={path}&saved=1", show)


@requires(Role.EDITOR)
@faults_told
async def preview(request: Request) -> Response:
    """What a patient would be told."""
    shop, wanted = workshop_of(request), request.query_params.get("label", OPENING)
    known = await on_thread(lambda: labels(shop.copy))
    others = ((OPENING, "The first message of a chat"), (APOLOGY, "An apology when something fails"))
    titles = {**dict(others), **{label.id: label.title for label in known}}
    if wanted not in titles:
        return pages.fault(request, 404, "There is no such meaning.", "Choose one on the page of previews.")
    try:
        replies = await on_thread(lambda: previewed(working_content(shop.copy), wanted, titles[wanted]))
        fault = ""
    except (ContentFaults, ArticleError) as error:
        replies, fault = (), f"{error}"
    values = {"labels": known, "others": others, "wanted": wanted, "replies": replies, "fault": fault}
    return pages.render(request, "content_preview.html", **values)


ROUTES = [
    Route("/content", index, methods=["GET"]),
    Route("/content/text", as_text, methods=["GET"]),
    Route("/content/text", save_text, methods=["POST"]),
    Route("/content/preview", preview, methods=["GET"]),
]
