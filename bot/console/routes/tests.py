"""Conversation tests: what there is, what has none, running them, and making one of a conversation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, note, note_seen
from bot.console.forms import Form
from bot.console.workshop import now_of, on_thread, who, workshop_of
from bot.curation.coverage import KINDS, coverage_of
from bot.curation.jobs import Busy
from bot.curation.places import NotForStaff
from bot.curation.stories import FOLDER, story_path
from bot.curation.story_drafts import Draft, draft_of, draft_text
from bot.curation.working_copy import Outdated
from bot.privacy.redaction import redact
from bot.storage.schema.conversation_tables import Conversation, InboundMessage

BEHAVIOURS = (
    *("faq", "gap", "suitability", "red_flag", "follow_up", "two_questions", "clarify"),
    *("controls", "misspelt", "other_language", "out_of_scope", "smalltalk"),
)


@requires(Role.TESTER)
async def tests(request: Request) -> Response:
    """All conversation tests by behaviour, with the newest result."""
    return await _page(request)


async def _page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop = workshop_of(request)
    found = await on_thread(lambda: coverage_of(shop.copy).tests)
    jobs = [job for job in await on_thread(lambda: shop.jobs.all) if job.kind == "tests"]
    behaviours = sorted({test.behaviour for test in found})
    counts = {name: sum(1 for test in found if test.behaviour == name) for name in behaviours}
    return pages.render(request, "tests.html", status, tests=found, counts=counts, jobs=jobs, fault=fault)


@requires(Role.TESTER)
async def run(request: Request) -> Response:
    """Run the conversation tests in the background."""
    shop, only = workshop_of(request), form_of(request).text("only", 200)
    try:
        job = await on_thread(lambda: shop.jobs.start("tests", who(request), now_of(request), {"only": only}))
    except Busy as error:
        return await _page(request, f"{error}.", 409)
    await console_of(request).database.writing(lambda s: note(s, request, "tests_started", "job", str(job.id)))
    return RedirectResponse(f"/jobs/{job.id}", 303)


@requires(Role.TESTER)
async def results(request: Request) -> Response:
    """What was expected and what came, test by test."""
    shop, number = workshop_of(request), request.path_params["id"]
    result = await on_thread(lambda: shop.jobs.result(number))
    if "stories" not in result:
        return pages.fault(request, 404, "There is no such run.", "Run the tests on the page of tests.")
    stories: dict[str, list[dict[str, Any]]] = result["stories"]
    failing = {name: misses for name, misses in stories.items() if misses}
    job = await on_thread(lambda: shop.jobs.get(number))
    return pages.render(request, "test_results.html", job=job, result=result, stories=stories, failing=failing)


@requires(Role.TESTER)
async def coverage(request: Request) -> Response:
    """Topics, gap subjects, criteria, questions of the check and intents, with what has no test."""
    shop = workshop_of(request)
    return pages.render(request, "coverage.html", areas=(await on_thread(lambda: coverage_of(shop.copy))).areas)


@requires(Role.EDITOR)
async def new(request: Request) -> Response:
    """Ask for the name of the test that a conversation becomes."""
    conversation = request.path_params["conversation"]
    turns = await console_of(request).database.reading(lambda session: _turns(session, conversation))
    if not turns:
        return pages.fault(request, 404, "There is no such conversation.", "It may have been erased.")
    await note_seen(request, "conversation_seen", "conversation", conversation)
    return _new_page(request, turns)


def _new_page(request: Request, turns: list[dict[str, Any]], fault: str = "", status: int = 200) -> Response:
    values = {"conversation": request.path_params["conversation"], "behaviours": BEHAVIOURS, "turns": turns}
    typed = form_of(request) if fault else Form()
    return pages.render(request, "story_new.html", status, **values, fault=fault, typed=typed)


def _turns(session: Session, conversation: str) -> list[dict[str, Any]]:
    """What was said, without personal details; a pressed button with what it means."""
    rows = session.scalars(
        select(InboundMessage)
        .join(Conversation, Conversation.id == InboundMessage.conversation_id)
        .where(InboundMessage.conversation_id == conversation, Conversation.erase_requested.is_(None))
        .order_by(InboundMessage.entry)
    )
    return [{"text": redact(row.text).text, "payload": row.payload} for row in rows]


@requires(Role.EDITOR)
async def make(request: Request) -> Response:
    """Shorten the conversation and describe what came, in the background."""
    conversation, form, shop = request.path_params["conversation"], form_of(request), workshop_of(request)
    turns = await console_of(request).database.reading(lambda session: _turns(session, conversation))
    name, behaviour, last = form.text("name", 120), form.text("behaviour", 40), form.number("last", len(turns))
    fault = ""
    if not turns:
        return pages.fault(request, 404, "There is no such conversation.", "It may have been erased.")
    if len(name) < 5 or behaviour not in BEHAVIOURS:
        fault = "Give the test a name that says what must hold, and choose what it is about."
    elif shop.copy.read(story_path(behaviour, name)):
        fault = "A test of that name is there already; choose another."
    if fault:
        return _new_page(request, turns, fault, 422)
    arguments = {"name": name, "behaviour": behaviour, "conversation": conversation}
    try:
        job = await on_thread(
            lambda: shop.jobs.start(
                "story", who(request), now_of(request), arguments, {"turns.json": turns[: last or None]}
            )
        )
    except Busy as error:
        return _new_page(request, turns, f"{error}.", 409)
    await console_of(request).database.writing(
        lambda s: note(s, request, "test_drafted", "conversation", conversation, job=job.id)
    )
    return RedirectResponse(f"/jobs/{job.id}", 303)


@requires(Role.EDITOR)
async def draft(request: Request) -> Response:
    """The drafted test: what was expected can still be changed."""
    return await _draft_page(request)


async def _draft_page(request: Request, fault: str = "", status: int = 200, typed: Draft | None = None) -> Response:
    shop, number = workshop_of(request), request.path_params["id"]
    result = await on_thread(lambda: shop.jobs.result(number))
    if "turns" not in result:
        return pages.fault(request, 404, "There is no such draft.", "Make it again from the conversation.")
    job = await on_thread(lambda: shop.jobs.get(number))
    known = await on_thread(lambda: coverage_of(shop.copy))
    return pages.render(
        request,
        "story_draft.html",
        status,
        job=job,
        draft=typed or draft_of(job, result),
        topics=known.topics,
        tiers=known.tiers,
        kinds=KINDS,
        fault=fault,
    )


@requires(Role.EDITOR)
async def keep(request: Request) -> Response:
    """Put the test into the working copy, and run it."""
    shop, number, form = workshop_of(request), request.path_params["id"], form_of(request)
    result = await on_thread(lambda: shop.jobs.result(number))
    if "turns" not in result:
        return pages.fault(request, 404, "There is no such draft.", "Make it again from the conversation.")
    job = await on_thread(lambda: shop.jobs.get(number))
    changed: Draft = draft_of(job, result).changed_by(form)
    path = story_path(changed.behaviour, changed.name)
    try:
        text = draft_text(changed, str(result["steps"]))
        await on_thread(
            lambda: shop.copy.write(path, text, who(request), f"test: {changed.name}", now_of(request), expected="")
        )
    except (NotForStaff, Outdated) as error:
        # Its name is in use: nothing that was typed is lost by that.
        fault = "Not kept: there is a test of that name already. Begin it again from the conversation, under another."
        fault = fault if isinstance(error, Outdated) else f"{error}."
        return await _draft_page(request, fault, 409, changed)
    await console_of(request).database.writing(
        lambda s: note(s, request, "test_added", "file", path.removeprefix(f"{FOLDER}/")[-64:])
    )
    try:
        started = await on_thread(lambda: shop.jobs.start("tests", who(request), now_of(request), {"only": path}))
    except Busy:
        return RedirectResponse("/changes", 303)
    return RedirectResponse(f"/jobs/{started.id}", 303)


ROUTES = [
    Route("/tests", tests, methods=["GET"]),
    Route("/tests/run", run, methods=["POST"]),
    Route("/tests/results/{id:int}", results, methods=["GET"]),
    Route("/tests/coverage", coverage, methods=["GET"]),
    Route("/tests/new/{conversation}", new, methods=["GET"]),
    Route("/tests/new/{conversation}", make, methods=["POST"]),
    Route("/tests/draft/{id:int}", draft, methods=["GET"]),
    Route("/tests/draft/{id:int}", keep, methods=["POST"]),
]
