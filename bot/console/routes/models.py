"""Trained models: how they did, a candidate from the working copy, and how it would answer beside the current one."""

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
from bot.console.workshop import now_of, on_thread, who, workshop_of
from bot.curation import model_cards
from bot.curation.jobs import Busy
from bot.curation.trial import Comparison, compare
from bot.storage.record import UNREADABLE
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.sealing.sealed import readable

STORED_CONVERSATIONS = 200
SHOWN_CHANGES = 100


@requires(Role.EDITOR)
async def models(request: Request) -> Response:
    """All models, the newest first."""
    return await _page(request)


async def _page(request: Request, fault: str = "", status: int = 200) -> Response:
    shop = workshop_of(request)
    return pages.render(
        request,
        "models.html",
        status,
        models=await on_thread(lambda: model_cards.models(shop.project)),
        changes=await on_thread(lambda: shop.copy.changes),
        jobs=[job for job in await on_thread(lambda: shop.jobs.all) if job.kind == "candidate"],
        fault=fault,
        most=STORED_CONVERSATIONS,
    )


@requires(Role.EDITOR)
async def train(request: Request) -> Response:
    """Train a candidate from the working copy and compare it, in the background."""
    shop, form = workshop_of(request), form_of(request)
    stored: dict[str, Any] = {}
    if form.is_on("stored"):
        stored = await console_of(request).database.reading(_stored)
    sets = ["stories", "safety", *(["rated"] if form.is_on("rated") else []), *(["stored"] if stored else [])]
    try:
        job = await on_thread(
            lambda: shop.jobs.start(
                "candidate", who(request), now_of(request), {"sets": ",".join(sets)}, {"stored.json": stored}
            )
        )
    except Busy as error:
        return await _page(request, f"{error}.", 409)
    await console_of(request).database.writing(
        lambda s: note(s, request, "candidate_training_started", "job", str(job.id), stored=len(stored))
    )
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _stored(session: Session) -> dict[str, list[dict[str, Any]]]:
    """What was written in the newest conversations, real ones and tests, in order."""
    newest = session.scalars(
        select(Conversation.id)
        .where(Conversation.erase_requested.is_(None))
        .order_by(Conversation.last_seen.desc())
        .limit(STORED_CONVERSATIONS)
    ).all()
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in newest}
    rows = session.scalars(
        select(InboundMessage).where(InboundMessage.conversation_id.in_(newest)).order_by(InboundMessage.entry)
    )
    for row in rows:
        text = readable(row, "text") or UNREADABLE
        found[row.conversation_id].append({"text": text, "payload": readable(row, "payload")})
    return {name: messages for name, messages in found.items() if messages}


@requires(Role.TESTER)
async def job_page(request: Request) -> Response:
    """How far a job is, its log, and what came of it."""
    shop, number = workshop_of(request), request.path_params["id"]
    try:
        job = await on_thread(lambda: shop.jobs.get(number))
    except LookupError:
        return pages.fault(request, 404, "There is no such job.", "Older jobs are forgotten. Start a new one.")
    if not job.is_running and job.state == "done":
        place = {"candidate": "/models/compare", "tests": "/tests/results", "story": "/tests/draft"}[job.kind]
        location = f"{place}/{job.id}"
        if pages.is_part(request):
            return Response(headers={"HX-Redirect": location})
        return RedirectResponse(location, 303)
    template = "job_state.html" if pages.is_part(request) else "job.html"
    return pages.render(request, template, job=job, log=await on_thread(lambda: shop.jobs.log(number)))


@requires(Role.EDITOR)
async def stop_job(request: Request) -> Response:
    """End a job."""
    number = request.path_params["id"]
    try:
        await on_thread(lambda: workshop_of(request).jobs.stop(number))
    except LookupError:
        return pages.fault(request, 404, "There is no such job.", "Go back to the list.")
    await console_of(request).database.writing(lambda s: note(s, request, "job_stopped", "job", str(number)))
    return RedirectResponse(f"/jobs/{number}", 303)


@requires(Role.EDITOR)
async def comparison(request: Request) -> Response:
    """A candidate beside the model that served when it was trained."""
    shop, number = workshop_of(request), request.path_params["id"]
    result = await on_thread(lambda: shop.jobs.result(number))
    if "candidate" not in result:
        return pages.fault(request, 404, "There is no such comparison.", "Train a candidate on the page of models.")
    compared = await on_thread(lambda: compare(result["current"], result["candidate"]))
    changed = compared.changed[:SHOWN_CHANGES]
    texts = await console_of(request).database.reading(lambda session: _texts(session, compared))
    await note_seen(request, "comparison_seen", "job", str(number))
    cards = await on_thread(lambda: model_cards.models(shop.project))
    shown = [change for change in changed if (change.conversation, change.number) in texts]
    return pages.render(
        request,
        "comparison.html",
        job=await on_thread(lambda: shop.jobs.get(number)),
        result=result,
        compared=compared,
        changed=[(change, *texts[change.conversation, change.number]) for change in shown],
        serves=any(card.serves and card.name == result["model"] for card in cards),
        misses={name: result["candidate"]["stories"][name] for name in compared.failing},
    )


def _texts(session: Session, compared: Comparison) -> dict[tuple[str, int], tuple[int, str]]:
    """The message's id and text of each changed turn, of conversations that are still kept."""
    wanted = {change.conversation for change in compared.changed[:SHOWN_CHANGES]}
    rows = session.execute(
        select(InboundMessage)
        .join(Conversation, Conversation.id == InboundMessage.conversation_id)
        .where(Conversation.id.in_(wanted), Conversation.erase_requested.is_(None))
        .order_by(InboundMessage.entry)
    ).scalars()
    found: dict[tuple[str, int], tuple[int, str]] = {}
    count: dict[str, int] = {}
    for row in rows:
        number = count.get(row.conversation_id, 0)
        count[row.conversation_id] = number + 1
        found[row.conversation_id, number] = (row.id, readable(row, "text") or UNREADABLE)
    return found


ROUTES = [
    Route("/models", models, methods=["GET"]),
    Route("/models/train", train, methods=["POST"]),
    Route("/models/compare/{id:int}", comparison, methods=["GET"]),
    Route("/jobs/{id:int}", job_page, methods=["GET"]),
    Route("/jobs/{id:int}/stop", stop_job, methods=["POST"]),
]
