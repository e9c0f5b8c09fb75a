"""Review: the list of conversations, and one of them with its inspector and what staff note about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sqlalchemy import delete
from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, has_role, requires
from bot.console.context import console_of, member_of, note, note_seen
from bot.console.forms import whole_number
from bot.console.routes.share import LINK_DAYS, validity
from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.review_tables import SavedFilter
from bot.storage.staff_side import review, review_conditions, review_notes, share_links, transcript
from bot.storage.staff_side.review_conditions import Conditions
from bot.storage.staff_side.review_notes import NotNoted
from bot.suitability.tiers import Tier

TIERS = tuple(tier.id for tier in sorted(Tier, reverse=True) if tier is not Tier.CRISIS)
TROUBLES = {
    "fallback": "not understood",
    "clarify": "asked “did you mean”",
    "failed": "apologised",
    "unhelpful": "rated not helpful",
    "undelivered": "did not arrive",
}


def may_read(request: Request, conversation: Conversation | None) -> bool:
    """Whether this person may read a conversation: testers read tests, editors also patients'."""
    if conversation is None or conversation.erase_requested is not None:
        return False
    return conversation.is_test or has_role(request, Role.EDITOR)


def allowed(request: Request, conditions: Conditions) -> Conditions:
    """The conditions, for a tester always of tests."""
    if has_role(request, Role.EDITOR):
        return conditions
    return Conditions.from_values({**conditions.to_values(), "tests": "yes"})


@requires(Role.TESTER)
async def page(request: Request) -> Response:
    """The list. Conditions stand in the address; they name no patient's word."""
    query = request.query_params
    conditions = Conditions.from_values(query)
    if number := whole_number(query.get("filter", "")):
        conditions = await _saved(request, number) or conditions
    return await _list(request, allowed(request, conditions), review.read_place(query.get("after", "")))


@requires(Role.TESTER)
async def find(request: Request) -> Response:
    """The list narrowed to words. They come by POST: a patient's words do not belong in an address."""
    form = form_of(request)
    conditions = Conditions.from_values({name: form.text(name, 80) for name in form.fields})
    words = form.text("words", 200)
    place = review.read_place(form.text("after", 100))
    return await _list(request, allowed(request, conditions), place, words)


async def _list(
    request: Request, conditions: Conditions, after: review.Place | None, words: str = "", fault: str = ""
) -> Response:
    console, member = console_of(request), member_of(request)
    zone = console.services.settings.time_zone
    only_tests = not has_role(request, Role.EDITOR)

    def read(session: Session) -> dict[str, Any]:
        rows, more = review.page(session, conditions, zone, after, words)
        return {
            "rows": rows,
            "more": review.place_text(more),
            "filters": review_conditions.saved_filters(session, member.id),
            "choices": review_conditions.choices(session, only_tests),
        }

    shown = await console.database.reading(read)
    if words:
        # That somebody searched, not what for.
        await console.database.writing(lambda s: note(s, request, "searched", found=len(shown["rows"])))
    values = conditions.to_values()
    return pages.render(
        request,
        "review.html",
        **shown,
        conditions=conditions,
        values=values,
        link=urlencode(values),
        words=words,
        tiers=TIERS,
        troubles=TROUBLES,
        only_tests=only_tests,
        may_search=console.services.settings.search_index,
        fault=fault,
    )


async def _saved(request: Request, number: int) -> Conditions | None:
    def read(session: Session) -> Conditions | None:
        row = session.get(SavedFilter, number)
        is_own = row is not None and row.staff_id == member_of(request).id
        return Conditions.from_values(row.conditions) if row is not None and is_own else None

    return await console_of(request).database.reading(read)


@requires(Role.TESTER)
async def save(request: Request) -> Response:
    """Keep the conditions under a name."""
    form = form_of(request)
    name, conditions = form.text("name", 60), Conditions.from_values(QueryParams(form.raw("conditions")))
    if not name:
        return await _list(request, allowed(request, conditions), None, fault="Give the filter a name.")
    member = member_of(request)
    await console_of(request).database.writing(lambda s: review_conditions.save_filter(s, member.id, name, conditions))
    return RedirectResponse(f"/review?{urlencode(conditions.to_values())}", 303)


@requires(Role.TESTER)
async def forget(request: Request) -> Response:
    """Drop a saved filter of one's own."""
    number, member = int(request.path_params["id"]), member_of(request)
    query = delete(SavedFilter).where(SavedFilter.id == number, SavedFilter.staff_id == member.id)
    await console_of(request).database.writing(lambda session: session.execute(query))
    return RedirectResponse("/review", 303)


@requires(Role.TESTER)
async def one(request: Request) -> Response:
    """One conversation, its inspector and its notes."""
    shown = await _one(request)
    if shown.status_code == 200:
        await note_seen(request, "conversation_seen", "conversation", request.path_params["id"])
    return shown


async def _one(request: Request, fault: str = "", link: str = "", status: int = 200) -> Response:
    conversation_id = request.path_params["id"]

    def read(session: Session) -> dict[str, Any] | None:
        conversation = session.get(Conversation, conversation_id)
        if not may_read(request, conversation):
            return None
        return {
            "conversation": conversation,
            "turns": transcript.turns_of(session, conversation_id),
            "notes": review_notes.notes_of(session, conversation_id),
        }

    found = await console_of(request).database.reading(read)
    if found is None:
        return missing(request)
    roles = {"may_edit": has_role(request, Role.EDITOR), "may_erase": has_role(request, Role.ADMIN)}
    shown = {"fault": fault, "link": link, "days": LINK_DAYS, "back": _conditions_of(request)}
    return pages.render(request, "transcript.html", status, **found, **roles, **shown)


def _conditions_of(request: Request) -> str:
    """The conditions of the list from which a conversation was opened, to go back to it; "" when there were none."""
    return urlencode(allowed(request, Conditions.from_values(request.query_params)).to_values())


@requires(Role.TESTER)
async def change(request: Request) -> Response:
    """Flag, tag, comment, mark as reviewed, or share: `do` says which."""
    form, conversation_id, what = form_of(request), request.path_params["id"], form_of(request).text("do", 20)
    console, member = console_of(request), member_of(request)
    made_link = ""

    def work(session: Session) -> bool:
        nonlocal made_link
        if not may_read(request, session.get(Conversation, conversation_id)):
            return False
        now, detail = console.now(), {}
        if what in ("flag", "unflag"):
            review_notes.flag(session, conversation_id, on=what == "flag")
        elif what in ("reviewed", "unreviewed"):
            who = member.id if what == "reviewed" else None
            review_notes.mark_reviewed(session, conversation_id, who, now)
        elif what == "tag":
            review_notes.tag(session, conversation_id, form.text("tag", 60))
        elif what == "untag":
            review_notes.untag(session, conversation_id, form.text("tag", 60))
        elif what == "comment":
            about = form.number("inbound")
            review_notes.comment(session, conversation_id, member.id, form.text("text", 3000), now, about)
        elif what == "share" and has_role(request, Role.EDITOR):
            number, token = share_links.make(session, member.id, now, validity(form), conversation_id)
            made_link, detail = f"{console.services.settings.console_url}/share/{token}", {"link": number}
        else:
            raise NotNoted("There is no such change.")
        note(session, request, f"conversation_{what}", "conversation", conversation_id, **detail)
        return True

    try:
        if not await console.database.writing(work):
            return missing(request)
    except NotNoted as error:
        return await _one(request, fault=str(error), status=422)
    if made_link:
        return await _one(request, link=made_link)
    back = _conditions_of(request)
    return RedirectResponse(f"/review/{conversation_id}{back and f'?{back}'}", 303)


def missing(request: Request) -> Response:
    """What is said of a conversation that is not there, or not for this person."""
    return pages.fault(
        request, 404, "There is no such conversation for you.", "It may have been erased, or it takes the role editor."
    )


ROUTES = [
    Route("/review", page, methods=["GET"]),
    Route("/review", find, methods=["POST"]),
    Route("/review/filters", save, methods=["POST"]),
    Route("/review/filters/{id:int}", forget, methods=["POST"]),
    Route("/review/{id}", one, methods=["GET"]),
    Route("/review/{id}", change, methods=["POST"]),
]
