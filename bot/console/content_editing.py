"""What every form of the content shares: reading a file of the working copy, and putting an edit into it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console.access import form_of
from bot.console.context import console_of, note
from bot.console.workshop import Workshop, now_of, on_thread, who, workshop_of
from bot.curation.content_edits import CannotEdit, values_of
from bot.curation.places import NotForStaff
from bot.curation.working_copy import Outdated

Change = Callable[[str], str]
# Shows the form again: (request, fault, status).
Show = Callable[[Request, str, int], Awaitable[Response]]


async def save(request: Request, path: str, what: str, change: Change, back: str, show: Show) -> Response:
    """Put an edit into the working copy, or show the form again with what is wrong."""
    shop, form = workshop_of(request), form_of(request)

    def write() -> None:
        seen = shop.copy.read(path)
        if form.text("seen") and form.text("seen") != mark(seen):
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


def mark(text: str) -> str:
    """Says which text a form was made from, without carrying it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def values_in(shop: Workshop, path: str) -> tuple[Any, str]:
    """A file's content as it stands in the working copy, and the mark of that text."""
    text = shop.copy.read(path)
    return values_of(text), mark(text)
