"""What every form of the content shares: reading a file of the working copy, and putting an edit into it.

A file can be edited as text into something that its form cannot show; the form's page then names the faults and leads
to the text.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from jinja2 import UndefinedError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import pages
from bot.console.access import Handler, form_of
from bot.console.context import console_of, note
from bot.console.workshop import Workshop, now_of, on_thread, who, workshop_of
from bot.curation.content_edits import CannotEdit, values_of
from bot.curation.places import NotForStaff
from bot.curation.publication import examined
from bot.curation.working_copy import Outdated

Change = Callable[[str], str]
# Shows the form again: (request, fault, status).
Show = Callable[[Request, str, int], Awaitable[Response]]
# What reading a file raises whose parts are not what they are taken for.
_OTHERWISE_BUILT = (AttributeError, TypeError, LookupError, ValueError, UndefinedError)


def faults_told(handler: Handler) -> Handler:
    """A page made from files of the working copy: where they are not built as it needs, their faults are told."""

    @functools.wraps(handler)
    async def told(request: Request) -> Response:
        try:
            return await handler(request)
        except _OTHERWISE_BUILT:
            shop = workshop_of(request)
            seen = await on_thread(lambda: examined(shop.copy, now_of(request).date()))
            # Of files that are whole it is the program's own fault, which must not pass for theirs.
            if not seen.faults:
                raise
            return pages.render(request, "content_faulty.html", 409, faults=seen.faults, changes=seen.changes)

    return told


def form_page(request: Request, template: str, fault: str, status: int, **values: Any) -> Response:
    """A form: as it was opened, as it was saved, or with what is wrong with what was sent."""
    return pages.render(request, template, status, fault=fault, saved="saved" in request.query_params, **values)


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
