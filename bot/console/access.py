"""Who may see a page and do what it offers: a login, a role, and proof that a change comes from our own page."""

from __future__ import annotations

import contextlib
import functools
import hmac
from collections.abc import Awaitable, Callable
from datetime import timedelta
from enum import IntEnum
from hashlib import sha256
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import pages
from bot.console.context import Console, console_of, member_of
from bot.console.forms import Form, NotAForm, read_form
from bot.console.sent_again import kept_fields, offered
from bot.settings import Settings
from bot.storage.staff_side import staff
from bot.storage.staff_side.staff import Member

Handler = Callable[[Request], Awaitable[Response]]
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
_SAFE_METHODS = frozenset({"GET", "HEAD"})


class Role(IntEnum):
    """What a member of staff may do; each may do what the one before may."""

    TESTER = 1
    EDITOR = 2
    ADMIN = 3


def requires(role: Role) -> Callable[[Handler], Handler]:
    """A page for staff of that role or a higher one.

    The page finds who is logged in in `request.state.member`. A request that changes something (any method but GET)
    must come from a page of ours with its token; what it sent is in `request.state.form`, read and bounded already.
    """

    def wrap(handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def guarded(request: Request) -> Response:
            console = console_of(request)
            member = await logged_in(request, console)
            if member is None:
                return await _login_over(request)
            request.state.member = member
            if not has_role(request, role):
                return pages.fault(request, 403, "You may not do that.", f"It takes the role {role.name.lower()}.")
            return await _checked(request, handler, csrf_token(session_token(request, console.services.settings)))

        guarded.access = role  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(handler: Handler) -> Handler:
    """A page that needs no login. A change it makes must come from our own page all the same."""

    @functools.wraps(handler)
    async def open_to_all(request: Request) -> Response:
        return await _checked(request, handler, None)

    open_to_all.access = None  # type: ignore[attr-defined]
    return open_to_all


async def _checked(request: Request, handler: Handler, token: str | None) -> Response:
    if request.method not in _SAFE_METHODS:
        if not is_own_page(request, console_of(request).services.settings):
            return pages.fault(request, 403, "This came from another page.", "Reload the console and do it again.")
        try:
            form = await read_form(request)
        except NotAForm as error:
            return pages.fault(request, error.status, str(error), error.remedy)
        given = request.headers.get(CSRF_HEADER) or form.text(CSRF_FIELD)
        if token is not None and not hmac.compare_digest(given.encode(), token.encode()):
            fields = [] if pages.is_part(request) else kept_fields(form)
            if fields:
                return offered(request, fields, is_over=False)
            return pages.fault(request, 403, "This page is too old.", "Reload it and do it again.")
        request.state.form = form
    return await handler(request)


async def logged_in(request: Request, console: Console) -> Member | None:
    """Who the request's cookie belongs to."""
    token = session_token(request, console.services.settings)
    if not token:
        return None
    at, idle = console.now(), timedelta(minutes=console.services.settings.console_idle_minutes)

    def find(session: Session) -> tuple[Member, bool] | None:
        return staff.member_of_session(session, token, at, idle)

    found = await console.database.reading(find)
    if found is None:
        return None
    member, is_stale = found
    if is_stale:
        await console.database.writing(lambda session: staff.touch_session(session, token, at))
    request.state.csrf = csrf_token(token)
    return member


def has_role(request: Request, role: Role) -> bool:
    """Whether whoever is logged in has that role or a higher one."""
    return Role[member_of(request).role.upper()] >= role


def form_of(request: Request) -> Form:
    """What a form sent; nothing when none was."""
    form: Form = getattr(request.state, "form", Form())
    return form


def cookie_name(settings: Settings) -> str:
    """A __Host- cookie is taken by browsers from this very host over https only."""
    return "__Host-console" if settings.console_is_secure else "console"


def session_token(request: Request, settings: Settings) -> str:
    """The session's token, or ""."""
    token = request.cookies.get(cookie_name(settings), "")
    return token if len(token) < 100 and token.isascii() else ""


def csrf_token(token: str) -> str:
    """What a page of this session carries: it follows from the cookie that no script can read."""
    return sha256(b"console csrf " + token.encode()).hexdigest()[:40]


def give_cookie(response: Response, settings: Settings, token: str, hours: int) -> None:
    """Let the browser keep a session; an empty token takes it away."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=hours * 3600 if token else 0,
        path="/",
        httponly=True,
        samesite="strict",
        secure=settings.console_is_secure,
    )


def is_own_page(request: Request, settings: Settings) -> bool:
    """Whether a browser says that a page of the console sent this."""
    if request.headers.get("origin", "").lower() not in settings.console_origins:
        return False
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


async def _login_over(request: Request) -> Response:
    """The door; where somebody has sent what they typed, it is kept for them."""
    is_form = request.method not in _SAFE_METHODS and not pages.is_part(request)
    if is_form and is_own_page(request, console_of(request).services.settings):
        with contextlib.suppress(NotAForm):
            if fields := kept_fields(await read_form(request)):
                return offered(request, fields, is_over=True)
    return _to_login(request)


def _to_login(request: Request) -> Response:
    # Only the path: a query may name what somebody searched for.
    target = request.url.path if request.method in _SAFE_METHODS and "hx-request" not in request.headers else "/"
    location = f"/login?next={quote(target)}"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": location})
    return RedirectResponse(location, 303)
