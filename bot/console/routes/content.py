"""Editing what the assistant says: clinic facts, topics, notes, phrases, medicines, danger phrases, any file."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.article.article import ArticleError, read_article
from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, note
from bot.console.forms import Form
from bot.console.workshop import Workshop, now_of, on_thread, who, workshop_of
from bot.curation import content_edits, safety_cases
from bot.curation.content_edits import CannotEdit, values_of
from bot.curation.diff_lines import shown_diff
from bot.curation.labels import labels
from bot.curation.places import NotForStaff, checked, needs_clinician, needs_training
from bot.curation.preview import APOLOGY, OPENING, previewed, working_content
from bot.curation.working_copy import Outdated
from bot.faults import ContentFaults

CLINIC, TOPICS, NOTES = "data/clinic.yml", "data/article/topics.yml", "data/article/notes.yml"
DRUGS, ARTICLE = "data/safety/drugs.yml", "data/article/back-pain.md"
DANGER = ("data/safety/red_flags.yml", "data/safety/cautions.yml")
SLOTS = 8


@requires(Role.EDITOR)
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


Change = Callable[[str], str]
# Shows the form again: (request, fault, status).
Show = Callable[[Request, str, int], Awaitable[Response]]


async def _save(request: Request, path: str, what: str, change: Change, back: str, show: Show) -> Response:
    """Put an edit into the working copy, or show the form again with what is wrong."""
    shop, form = workshop_of(request), form_of(request)

    def write() -> None:
        seen = shop.copy.read(path)
        if form.text("seen") and form.text("seen") != _mark(seen):
            raise Outdated("Somebody else changed this file meanwhile: look at it again, then repeat your change")
        shop.copy.write(path, change(seen), who(request), what, now_of(request), expected=seen)

    try:
        await on_thread(write)
    except (CannotEdit, Outdated, NotForStaff, LookupError) as error:
        return await show(request, f"Not saved: {error}.".replace("..", "."), 422)
    await console_of(request).database.writing(
        lambda s: note(s, request, "content_edited", "file", path[-64:], what=what[:60])
    )
    return RedirectResponse(back, 303)


def _mark(text: str) -> str:
    """Says which text a form was made from, without carrying it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _values(shop: Workshop, path: str) -> tuple[Any, str]:
    text = shop.copy.read(path)
    return values_of(text), _mark(text)


@requires(Role.EDITOR)
async def clinic(request: Request) -> Response:
    """Facts of the clinic, its answers and the banner."""
    return await _clinic_page(request)


async def _clinic_page(request: Request, fault: str = "", status: int = 200) -> Response:
    content, seen = await on_thread(lambda: _values(workshop_of(request), CLINIC))
    return pages.render(
        request,
        "content_clinic.html",
        status,
        facts=content["clinic"],
        answers=content["answers"],
        seen=seen,
        fault=fault,
        saved="saved" in request.query_params,
    )


@requires(Role.EDITOR)
async def save_clinic(request: Request) -> Response:
    """Save them."""
    fields = form_of(request).fields
    facts = {name[5:]: form_of(request).text(name, 500) for name in fields if name.startswith("fact-")}
    answers = {name[7:]: form_of(request).text(name, 1000) for name in fields if name.startswith("answer-")}
    return await _save(
        *(request, CLINIC, "clinic facts", lambda text: content_edits.set_clinic(text, facts, answers)),
        *("/content/clinic?saved=1", _clinic_page),
    )


@requires(Role.EDITOR)
async def topic(request: Request) -> Response:
    """Which sentences of the article answer a topic."""
    return await _topic_page(request)


async def _topic_page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop, wanted = workshop_of(request), request.path_params["id"]
    content, seen = await on_thread(lambda: _values(shop, TOPICS))
    entry = next((entry for entry in content["topics"] if entry["id"] == wanted), None)
    if entry is None:
        return pages.fault(request, 404, "There is no such topic.", "Go back to the content.")
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    chosen = {part: [s["id"] for s in entry.get(part) or ()] for part in ("first", "more")}
    return pages.render(
        request,
        "content_topic.html",
        status,
        topic=entry,
        sections=article.sections,
        chosen=chosen,
        slots=range(SLOTS),
        seen=seen,
        fault=fault,
        saved="saved" in request.query_params,
    )


@requires(Role.EDITOR)
async def save_topic(request: Request) -> Response:
    """Save the choice."""
    shop, form, wanted = workshop_of(request), form_of(request), request.path_params["id"]
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    said = {number: sentence.text for number, sentence in article.by_id.items()}
    first, more = (
        [value for slot in range(SLOTS) if (value := form.text(f"{part}-{slot}", 120))] for part in ("first", "more")
    )
    return await _save(
        *(request, TOPICS, f"answer to {wanted}"),
        lambda text: content_edits.set_topic(text, wanted, form.text("title", 120), first, more, said),
        *(f"/content/topics/{wanted}?saved=1", _topic_page),
    )


@requires(Role.EDITOR)
async def editors_note(request: Request) -> Response:
    """One editor's note, or a new one."""
    return await _note_page(request)


async def _note_page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop, wanted = workshop_of(request), request.path_params["id"]
    content, seen = await on_thread(lambda: _values(shop, NOTES))
    entry = next((entry for entry in content["notes"] if entry["id"] == wanted), None)
    if entry is None and wanted != "new":
        return pages.fault(request, 404, "There is no such note.", "Go back to the content.")
    article = await on_thread(lambda: read_article(shop.project / ARTICLE))
    topics = (await on_thread(lambda: _values(shop, TOPICS)))[0]["topics"]
    empty: dict[str, Any] = {**dict.fromkeys(content_edits.NOTE_FIELDS, ""), "topics": [], "about": []}
    return pages.render(
        request,
        "content_note.html",
        status,
        note={**empty, **(entry or {})},
        is_new=entry is None,
        topics=topics,
        sections=article.sections,
        today=now_of(request).date().isoformat(),
        seen=seen,
        fault=fault,
        saved="saved" in request.query_params,
    )


@requires(Role.EDITOR)
async def save_note(request: Request) -> Response:
    """Save the note, or remove it."""
    form, wanted = form_of(request), request.path_params["id"]
    name = form.text("id", 60) if wanted == "new" else wanted
    if form.text("do") == "remove":
        return await _save(
            *(request, NOTES, f"note {name} removed", lambda text: content_edits.remove_note(text, name)),
            *("/content", _note_page),
        )
    if not name or not name.replace("-", "").isalnum():
        return await _note_page(request, "Not saved: give the note an id of letters, digits and dashes.", 422)
    fields: Mapping[str, Any] = {
        "topics": [topic for topic in form.all("topics") if topic],
        "about": [sentence for sentence in form.all("about") if sentence],
        **{key: form.text(key, 1200) for key in ("text", "source", "url", "reviewed")},
    }
    return await _save(
        *(request, NOTES, f"note {name}", lambda text: content_edits.set_note(text, name, fields)),
        *(f"/content/notes/{name}?saved=1", _note_page),
    )


@requires(Role.EDITOR)
async def phrases(request: Request) -> Response:
    """The wordings of one file."""
    return await _phrases_page(request)


async def _phrases_page(request: Request, fault: str = "", status: int = 200) -> Response:
    path = f"data/phrases/{request.path_params['name']}.yml"
    try:
        content, seen = await on_thread(lambda: _values(workshop_of(request), path))
    except NotForStaff:
        content, seen = None, ""
    if not content:
        return pages.fault(request, 404, "There is no such file.", "Go back to the content.")
    return pages.render(
        request,
        "content_phrases.html",
        status,
        name=request.path_params["name"],
        places=list(_places(content)),
        seen=seen,
        fault=fault,
        saved="saved" in request.query_params,
    )


def _places(content: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Each list of wordings with its place, such as `phrases.not_covered`."""
    if isinstance(content, dict):
        for name, below in content.items():
            yield from _places(below, (*above, str(name)))
    elif isinstance(content, list) and all(isinstance(item, str) for item in content):
        yield ".".join(above), content


@requires(Role.EDITOR)
async def save_phrases(request: Request) -> Response:
    """Save the wordings of one place."""
    form, name = form_of(request), request.path_params["name"]
    place = form.text("place", 120).split(".")
    wordings = form.raw("wordings")[:8000].split("\n")
    return await _save(
        *(request, f"data/phrases/{name}.yml", f"wordings of {place[-1]}"),
        lambda text: content_edits.set_phrases(text, place, wordings),
        *(f"/content/phrases/{name}?saved=1#{'.'.join(place)}", _phrases_page),
    )


@requires(Role.EDITOR)
async def medicines(request: Request) -> Response:
    """The medicines that are recognised."""
    return await _medicines_page(request)


async def _medicines_page(request: Request, fault: str = "", status: int = 200) -> Response:
    content, seen = await on_thread(lambda: _values(workshop_of(request), DRUGS))
    facts = list(dict.fromkeys(entry["fact"] for entry in content["drugs"]))
    saved = "saved" in request.query_params
    values = {"drugs": content["drugs"], "facts": facts, "seen": seen, "fault": fault, "saved": saved}
    return pages.render(request, "content_medicines.html", status, **values)


@requires(Role.EDITOR)
async def save_medicine(request: Request) -> Response:
    """Add a medicine."""
    form = form_of(request)
    brands, misspelt = (_words(form, name) for name in ("brands", "misspelt"))
    fact, generic = form.text("fact", 60), form.text("generic", 80)
    return await _save(
        *(request, DRUGS, f"medicine {generic}"),
        lambda text: content_edits.add_medicine(text, fact, generic, brands, misspelt),
        *("/content/medicines?saved=1", _medicines_page),
    )


def _words(form: Form, name: str) -> Sequence[str]:
    return [word for part in form.text(name, 500).split(",") if (word := " ".join(part.split()))]


@requires(Role.EDITOR)
async def danger_phrases(request: Request) -> Response:
    """The phrases by which a danger sign is found."""
    return await _danger_page(request)


async def _danger_page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop = workshop_of(request)
    files = await on_thread(lambda: [(path, _values(shop, path)[0]["facts"]) for path in DANGER])
    saved = "saved" in request.query_params
    return pages.render(request, "content_danger.html", status, files=files, fault=fault, saved=saved)


@requires(Role.EDITOR)
async def save_danger_phrase(request: Request) -> Response:
    """Add a phrase to a danger sign."""
    form = form_of(request)
    path, fact, phrase = form.text("path", 80), form.text("fact", 60), form.text("phrase", 200)
    if path not in DANGER or not phrase:
        return await _danger_page(request, "Not saved: write the phrase.", 422)
    return await _save(
        *(request, path, f"phrase for {fact}: {phrase}"),
        lambda text: safety_cases.add_phrase(text, fact, phrase),
        *(f"/content/danger?saved=1#{fact}", _danger_page),
    )


@requires(Role.EDITOR)
async def as_text(request: Request) -> Response:
    """Any file of the content as text."""
    return await _text_page(request, request.query_params.get("path", ""))


async def _text_page(request: Request, path: str, fault: str = "", status: int = 200, text: str = "") -> Response:
    shop = workshop_of(request)
    try:
        checked(path)
        kept = await on_thread(lambda: shop.copy.read(path))
        served = shop.project / path
        before = await on_thread(lambda: served.read_text("utf-8") if served.is_file() else "")
    except NotForStaff as error:
        return pages.fault(request, 404, f"{error}.", "Go back to the content.")
    return pages.render(
        request,
        "content_text.html",
        status,
        file=path,
        text=text or kept,
        seen=_mark(kept),
        diff=shown_diff(before, kept),
        trains=needs_training(path),
        clinical=needs_clinician(path),
        fault=fault,
        saved="saved" in request.query_params,
    )


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

    async def show(request: Request, fault: str = "", status: int = 200) -> Response:
        return await _text_page(request, path, fault, status, text)

    return await _save(request, path, "edited as text", change, f"/content/text?path={path}&saved=1", show)


@requires(Role.EDITOR)
async def preview(request: Request) -> Response:
    """What a patient would be told."""
    shop, wanted = workshop_of(request), request.query_params.get("label", OPENING)
    known = await on_thread(lambda: labels(shop.copy))
    title = next((label.title for label in known if label.id == wanted), "…")
    try:
        replies = await on_thread(lambda: previewed(working_content(shop.copy), wanted, title))
        fault = ""
    except (ContentFaults, ArticleError) as error:
        replies, fault = (), f"{error}"
    others = ((OPENING, "The first message of a chat"), (APOLOGY, "An apology when something fails"))
    values = {"labels": known, "others": others, "wanted": wanted, "replies": replies, "fault": fault}
    return pages.render(request, "content_preview.html", **values)


ROUTES = [
    Route("/content", index, methods=["GET"]),
    Route("/content/clinic", clinic, methods=["GET"]),
    Route("/content/clinic", save_clinic, methods=["POST"]),
    Route("/content/topics/{id}", topic, methods=["GET"]),
    Route("/content/topics/{id}", save_topic, methods=["POST"]),
    Route("/content/notes/{id}", editors_note, methods=["GET"]),
    Route("/content/notes/{id}", save_note, methods=["POST"]),
    Route("/content/phrases/{name}", phrases, methods=["GET"]),
    Route("/content/phrases/{name}", save_phrases, methods=["POST"]),
    Route("/content/medicines", medicines, methods=["GET"]),
    Route("/content/medicines", save_medicine, methods=["POST"]),
    Route("/content/danger", danger_phrases, methods=["GET"]),
    Route("/content/danger", save_danger_phrase, methods=["POST"]),
    Route("/content/text", as_text, methods=["GET"]),
    Route("/content/text", save_text, methods=["POST"]),
    Route("/content/preview", preview, methods=["GET"]),
]
