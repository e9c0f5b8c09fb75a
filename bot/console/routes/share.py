"""Share links: making and revoking them, and what a guest sees who comes by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, public, requires
from bot.console.context import console_of, member_of, note
from bot.console.forms import Form
from bot.console.trials import Line, TrialFault
from bot.gateway.errors import MAX_TEXT
from bot.storage.schema.conversation_tables import Conversation
from bot.storage.schema.review_tables import ShareLink
from bot.storage.staff_side import share_links, transcript

LINK_DAYS = (1, 7, 30)


def validity(form: Form) -> timedelta:
    """How long a link shall be good: one of `LINK_DAYS`."""
    days = form.number("days")
    return timedelta(days=days if days in LINK_DAYS else 7)


@requires(Role.EDITOR)
async def page(request: Request) -> Response:
    """All links, newest first."""
    return await _list(request)


@requires(Role.EDITOR)
async def make(request: Request) -> Response:
    """A link by which a guest may try the assistant; shown once."""
    console, form, member = console_of(request), form_of(request), member_of(request)
    valid = validity(form)

    def work(session: Session) -> str:
        number, token = share_links.make(session, member.id, console.now(), valid, note=form.text("note", 80))
        note(session, request, "link_made", "link", str(number), days=valid.days)
        return token

    token = await console.database.writing(work)
    return await _list(request, link=f"{console.services.settings.console_url}/share/{token}")


@requires(Role.EDITOR)
async def revoke(request: Request) -> Response:
    """Close a link at once."""
    number = int(request.path_params["id"])

    def work(session: Session) -> None:
        if share_links.revoke(session, number, console_of(request).now()):
            note(session, request, "link_revoked", "link", str(number))

    await console_of(request).database.writing(work)
    return RedirectResponse("/links", 303)


async def _list(request: Request, link: str = "") -> Response:
    console = console_of(request)
    rows = await console.database.reading(share_links.links)
    return pages.render(request, "links.html", rows=rows, link=link, days=LINK_DAYS, now=console.now())


@public
async def open_link(request: Request) -> Response:
    """Let a guest in; the address that they see from here on holds no token."""
    console, token = console_of(request), request.path_params["token"]
    found = await _link(request, token)
    if found is None:
        return _over(request)

    def work(session: Session) -> None:
        share_links.count_opening(session, found.id)
        note(session, request, "link_opened", "link", str(found.id))

    await console.database.writing(work)
    response = RedirectResponse("/guest", 303)
    seconds = max(1, int((found.expires - console.now()).total_seconds()))
    _give(request, response, _cookie(request), token, seconds)
    return response


@public
async def guest(request: Request) -> Response:
    """The transcript, or the guest's own test."""
    return await _shown(request)


@public
async def guest_says(request: Request) -> Response:
    """A guest's message in a test of their own, begun with the first one."""
    console, form = console_of(request), form_of(request)
    link = await _link(request, request.cookies.get(_cookie(request), ""))
    if link is None or link.kind != share_links.TRY:
        return _over(request)
    wait = console.guest_messages.wait(str(link.id))
    if wait:
        return await _shown(request, fault=f"Too many messages. Wait {wait} seconds, then go on.", status=429)
    pressed, text = form.text("pressed", 200), form.text("text", MAX_TEXT)
    if not pressed and not text:
        return await _shown(request, fault="Type a message first.", status=422)
    conversation_id = await _own_test(request, link)
    if not conversation_id:
        conversation_id = await console.trials.begin(_tester(link), console.now())
    fault = ""
    try:
        await console.trials.say(conversation_id, Line(pressed or text, is_pressed=bool(pressed)))
    except TrialFault as error:
        fault = str(error)
    response = await _shown(request, fault=fault, status=503, talk=conversation_id) if fault else None
    response = response or RedirectResponse("/guest#last", 303)
    _give(request, response, f"{_cookie(request)}-test", conversation_id, 24 * 3600)
    return response


async def _shown(request: Request, fault: str = "", status: int = 200, talk: str = "") -> Response:
    link = await _link(request, request.cookies.get(_cookie(request), ""))
    if link is None:
        return _over(request)
    is_test = link.kind == share_links.TRY
    conversation_id = (talk or await _own_test(request, link)) if is_test else str(link.conversation_id)

    def read(session: Session) -> list[Any]:
        return list(transcript.turns_of(session, conversation_id)) if conversation_id else []

    turns = await console_of(request).database.reading(read)
    template = "guest_try.html" if is_test else "guest_transcript.html"
    # What could not be sent stays in the field.
    draft = form_of(request).text("text", MAX_TEXT) if fault else ""
    values = {"turns": turns, "fault": fault, "link": link, "draft": draft}
    return pages.render(request, template, status if fault else 200, **values)


async def _link(request: Request, token: str) -> ShareLink | None:
    if not 20 < len(token) < 100 or not token.isascii():
        return None
    now = console_of(request).now()
    return await console_of(request).database.reading(lambda session: share_links.find_open(session, token, now))


async def _own_test(request: Request, link: ShareLink) -> str:
    name = request.cookies.get(f"{_cookie(request)}-test", "")[:64]

    def look(session: Session) -> bool:
        row = session.get(Conversation, name)
        return row is not None and row.is_test and row.visitor == _tester(link) and row.erase_requested is None

    is_own = bool(name) and await console_of(request).database.reading(look)
    return name if is_own else ""


def _tester(link: ShareLink) -> str:
    return f"guest-{link.id}"


def _cookie(request: Request) -> str:
    return "__Host-guest" if console_of(request).services.settings.console_is_secure else "guest"


def _give(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    # Lax: a guest comes from a mail or another site, and a strict cookie would not follow them in.
    secure = console_of(request).services.settings.console_is_secure
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def _over(request: Request) -> Response:
    return pages.fault(request, 404, "This link is over.", "Ask whoever gave it to you for a new one.")


ROUTES = [
    Route("/links", page, methods=["GET"]),
    Route("/links", make, methods=["POST"]),
    Route("/links/{id:int}", revoke, methods=["POST"]),
    Route("/share/{token}", open_link, methods=["GET"]),
    Route("/guest", guest, methods=["GET"]),
    Route("/guest", guest_says, methods=["POST"]),
]
