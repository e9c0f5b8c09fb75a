"""Rendering: one look for all pages, every value escaped."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.console.marking import marked
from bot.console.navigation import groups_for
from bot.console.staff_words import words
from bot.console.titles import Titles

if TYPE_CHECKING:
    from bot.console.context import Console

CONSOLE = Path(__file__).parent
TEMPLATES = CONSOLE / "templates"
STATIC = CONSOLE / "static"


def environment(time_zone: str, titles: Titles) -> Environment:
    """The templates. A name that does not exist is an error."""
    zone = ZoneInfo(time_zone)

    def moment(value: datetime | str | None) -> Markup | str:
        """A moment in the staff's time zone; one that was kept as text (ISO 8601) as well."""
        if not value:
            return "–"
        value = datetime.fromisoformat(value) if isinstance(value, str) else value
        local = value.astimezone(zone)
        shown = f'<time datetime="{value.isoformat(timespec="seconds")}">{local:%Y-%m-%d %H:%M}</time>'
        return Markup(shown)  # made of a date alone

    def clock(value: datetime) -> Markup:
        shown = f'<time datetime="{value.isoformat(timespec="seconds")}">{value.astimezone(zone):%H:%M:%S}</time>'
        return Markup(shown)

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(marked=marked)
    made.filters.update(moment=moment, clock=clock, words=words, title_of=titles.of)
    return made


def render(request: Request, template: str, status: int = 200, /, **values: Any) -> Response:
    """A page, or a part of one for htmx.

    Templates know `member` (who is logged in, or None), `csrf` (for forms), `path`, `groups` (the navigation),
    `clinic` and `time_zone`.
    """
    console: Console = request.app.state.console
    member = getattr(request.state, "member", None)
    text = console.templates.get_template(template).render(
        member=member,
        csrf=getattr(request.state, "csrf", ""),
        path=request.url.path,
        groups=groups_for(member),
        clinic=console.services.clinic,
        time_zone=console.services.settings.time_zone,
        **values,
    )
    return HTMLResponse(text, status)


def is_part(request: Request) -> bool:
    """Whether htmx asks, which puts a part into the page instead of loading it anew."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def nothing(request: Request) -> Response:
    """A page that says that the address leads nowhere."""
    return fault(request, 404, "There is nothing here.", "Go back, or start from the first page.")


def fault(request: Request, status: int, message: str, remedy: str) -> Response:
    """A page that says what is wrong and what to do."""
    return render(request, "fault.html", status, message=message, remedy=remedy)
