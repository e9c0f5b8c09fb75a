"""Coming in and going out: login, set-up link, one's own password."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, give_cookie, public, requires, session_token
from bot.console.context import console_of, member_of, note
from bot.console.passwords import fault_of
from bot.gateway.requests import address_of
from bot.storage.schema.staff_tables import Staff, StaffInvitation
from bot.storage.staff_side import staff
from bot.storage.staff_side.staff import StaffFault

WRONG = "Name or password is wrong. Try again, or ask an admin for a new link."


@public
async def login_page(request: Request) -> Response:
    """The form."""
    return pages.render(request, "login.html", fault="", next=_own_path(request.query_params.get("next", "/")))


@public
async def login(request: Request) -> Response:
    """Check name and password, not faster for a name that nobody has."""
    console, form = console_of(request), form_of(request)
    name, target = form.text("name", 40).lower(), _own_path(form.text("next"))
    wait = console.logins_by_address.wait(address_of(request)) or console.logins_by_name.wait(name)
    if wait:
        fault = f"Too many attempts. Wait {wait} seconds, then try again."
        return pages.render(request, "login.html", 429, fault=fault, next=target)
    found = await console.database.reading(lambda session: staff.find(session, name))
    is_right = await console.passwords.matches(form.raw("password"), found.password if found else None)
    if found is None or not is_right or found.disabled is not None:
        target_id = str(found.id) if found else ""
        await console.database.writing(lambda s: note(s, request, "login_failed", "staff", target_id))
        return pages.render(request, "login.html", 401, fault=WRONG, next=target)
    return await _enter(request, found.id, target, "logged_in")


@requires(Role.TESTER)
async def logout(request: Request) -> Response:
    """End this session."""
    console = console_of(request)
    token = session_token(request, console.services.settings)

    def leave(session: Session) -> None:
        staff.end_session(session, token)
        note(session, request, "logged_out")

    await console.database.writing(leave)
    response = RedirectResponse("/login", 303)
    give_cookie(response, console.services.settings, "", 0)
    return response


@public
async def setup_page(request: Request) -> Response:
    """The form behind a set-up link; looking at it does not use the link up."""
    invitation, name = await _invitation(request)
    if invitation is None:
        return _too_late(request)
    return pages.render(request, "setup.html", fault="", name=name, is_first=invitation.staff_id is None)


@public
async def setup(request: Request) -> Response:
    """Choose a password (and the first admin a name), and come in."""
    console, form = console_of(request), form_of(request)
    invitation, name = await _invitation(request)
    if invitation is None:
        return _too_late(request)
    is_first = invitation.staff_id is None
    name = form.text("name", 40) if is_first else name
    fault = fault_of(form.raw("password"), form.raw("repeated"), name or "-")
    if fault is None:
        hashed, at = await console.passwords.hash(form.raw("password")), console.now()
        try:
            accepted = await console.database.writing(
                lambda s: staff.accept_invitation(s, request.path_params["token"], name, hashed, at).id
            )
            return await _enter(request, accepted, "/", "password_set")
        except StaffFault as error:
            fault = str(error)
    return pages.render(request, "setup.html", 422, fault=fault, name=name, is_first=is_first)


@requires(Role.TESTER)
async def password_page(request: Request) -> Response:
    """The form for one's own password."""
    return pages.render(request, "password.html", fault="", done=False)


@requires(Role.TESTER)
async def change_password(request: Request) -> Response:
    """Set another password; every other session of this person ends."""
    console, form, member = console_of(request), form_of(request), member_of(request)
    fault = fault_of(form.raw("password"), form.raw("repeated"), member.name)
    wait = console.logins_by_name.wait(member.name)
    stored = await console.database.reading(lambda session: staff.find(session, member.name))
    if wait:
        fault = f"Too many attempts. Wait {wait} seconds, then try again."
    elif not await console.passwords.matches(form.raw("current"), stored.password if stored else None):
        fault = "The current password is wrong."
    if fault:
        return pages.render(request, "password.html", 422, fault=fault, done=False)
    hashed, token = (
        await console.passwords.hash(form.raw("password")),
        session_token(request, console.services.settings),
    )

    def change(session: Session) -> None:
        row = session.get(Staff, member.id)
        assert row is not None
        row.password = hashed
        staff.end_sessions_of(session, member.id, but=token)
        note(session, request, "password_changed", "staff", str(member.id))

    await console.database.writing(change)
    return pages.render(request, "password.html", fault="", done=True)


async def _enter(request: Request, staff_id: int, target: str, action: str) -> Response:
    console = console_of(request)
    settings, at = console.services.settings, console.now()

    def enter(session: Session) -> str:
        row = session.get(Staff, staff_id)
        assert row is not None
        request.state.member = staff.Member(row.id, row.name, row.role)
        note(session, request, action)
        return staff.begin_session(session, row, at, settings.console_hours)

    token = await console.database.writing(enter)
    response = RedirectResponse(target, 303)
    give_cookie(response, settings, token, settings.console_hours)
    return response


async def _invitation(request: Request) -> tuple[StaffInvitation | None, str]:
    console = console_of(request)

    def find(session: Session) -> tuple[StaffInvitation | None, str]:
        found = staff.open_invitation(session, request.path_params["token"], console.now())
        owner = session.get(Staff, found.staff_id) if found is not None and found.staff_id is not None else None
        return found, owner.name if owner else ""

    return await console.database.reading(find)


def _too_late(request: Request) -> Response:
    return pages.fault(
        request, 404, "This link has been used or is too old.", "Ask an admin for a new one, or run `bot staff reset`."
    )


def _own_path(text: str) -> str:
    """A path of ours to go to after the login; anything else, such as another site, becomes the first page."""
    is_ours = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if is_ours else "/"


ROUTES = [
    Route("/login", login_page, methods=["GET"]),
    Route("/login", login, methods=["POST"]),
    Route("/logout", logout, methods=["POST"]),
    Route("/setup/{token}", setup_page, methods=["GET"]),
    Route("/setup/{token}", setup, methods=["POST"]),
    Route("/password", password_page, methods=["GET"]),
    Route("/password", change_password, methods=["POST"]),
]
