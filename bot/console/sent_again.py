"""What somebody sent after their login had ended, or from a page of an earlier login: kept to be sent again by hand.

Nothing is done with it before that. Only what a page of the console itself has sent comes here, so that nobody else can
put words into somebody's mouth; passwords are never written back into a page.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.console import pages
from bot.console.forms import Form


def kept_fields(form: Form) -> list[tuple[str, str]]:
    """What was typed and chosen, field by field; empty where it cannot or must not be kept."""
    if form.files or any("password" in name for name in form.fields):
        return []
    # A `do` says which button was pressed: it goes along, and is nothing to keep by itself.
    fields = [(name, value) for name in form.fields if name != "csrf" for value in form.all_raw(name)]
    return fields if any(value.strip() and name != "do" for name, value in fields) else []


def offered(request: Request, fields: list[tuple[str, str]], *, is_over: bool) -> Response:
    """A page that holds what was sent, with the button that sends it again.

    Args:
        request: As it came.
        fields: What it held.
        is_over: The login has ended: somebody has to log in first. Otherwise the page was of an earlier login.
    """
    to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return pages.render(request, "sent_again.html", 401 if is_over else 403, to=to, fields=fields, is_over=is_over)
