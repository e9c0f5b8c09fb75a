"""What every form of the content shares: reading a file of the working copy, and putting an edit into it.

A file can be edited as text into something that its form cannot show; the form's page then names the faults and leads
to the text. What was typed is never lost: a form that is refused comes back with it, and where somebody else saved
first, with how it differs from what they saved.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import UndefinedError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import pages
from bot.console.access import Handler, form_of
from bot.console.context import console_of, note
from bot.console.forms import Form
from bot.console.workshop import Workshop, now_of, on_thread, who, workshop_of
from bot.curation.content_edits import CannotEdit, values_of
from bot.curation.diff_lines import Line, shown_diff
from bot.curation.places import NotForStaff
from bot.curation.publication import examined
from bot.curation.working_copy import Outdated


@dataclass(frozen=True)
class Refusal:
    """Why a form was not saved.

    Attributes:
        fault: For a person, in a sentence or two.
        differs: What saving it all the same would change, where somebody else saved first.
    """

    fault: str
    differs: Sequence[Line] = ()


Change = Callable[[str], str]
# Shows a form as it is kept, or with what was typed and why it was refused.
Show = Callable[[Request, Refusal | None], Awaitable[Response]]
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
            values = {"faults": seen.faults, "changes": seen.changes, "typed": _typed(form_of(request))}
            return pages.render(request, "content_faulty.html", 409, **values)

    return told


def _typed(form: Form) -> dict[str, str]:
    """What a person typed or chose, by the name of its field."""
    given = {name: "\n".join(value for value in form.all(name) if value) for name in form.fields}
    return {name: text for name, text in given.items() if text and name not in ("csrf", "seen", "do", "place", "path")}


def form_page(request: Request, template: str, refusal: Refusal | None, **values: Any) -> Response:
    """A form: as it was opened, as it was saved, or with what is wrong with what was sent."""
    status, saved = 422 if refusal else 200, "saved" in request.query_params
    return pages.render(request, template, status, refusal=refusal, saved=saved, **values)


async def save(
    request: Request, path: str, what: str, change: Change, back: str, show: Show, part: Callable[[str], Any] = str
) -> Response:
    """Put an edit into the working copy, or show the form again with what was typed and what is wrong.

    Args:
        request: With the form; its field `seen` is the mark of what it was made from.
        path: The file.
        what: The change in a few words.
        change: The file's text with the edit in it.
        back: Where to go when it is saved.
        show: The form's page.
        part: What of the file the form shows: whoever edits another part is not in the way.
    """
    shop, form = workshop_of(request), form_of(request)

    def write() -> Refusal | None:
        now = shop.copy.read(path)
        wanted = change(now)
        theirs = part(now)
        if form.text("seen") not in ("", mark(theirs)) and wanted != now:
            did, again = ("removed", "adds it anew") if theirs is None else ("saved", "puts it in the place of theirs")
            return Refusal(
                f"Not saved yet: somebody else {did} this meanwhile. What you typed still stands below. "
                f"Saving it again {again}, as the differences show.",
                shown_diff(now, wanted),
            )
        shop.copy.write(path, wanted, who(request), what, now_of(request), expected=now)
        return None

    try:
        refusal = await on_thread(write)
    except (CannotEdit, Outdated, NotForStaff, LookupError) as error:
        refusal = Refusal(f"Not saved: {error}.".replace("..", "."))
    if refusal:
        return await show(request, refusal)
    await console_of(request).database.writing(
        lambda s: note(s, request, "content_edited", "file", path[-64:], what=what[:60])
    )
    return RedirectResponse(back, 303)


def was_opened(form: Form) -> bool:
    """Whether the form was made from something that was there, which is added anew if it was removed meanwhile."""
    return bool(form.text("seen"))


def mark(part: Any) -> str:
    """Says what a form was made from, without carrying it."""
    return hashlib.sha256(str(part).encode()).hexdigest()[:16]


def values_in(shop: Workshop, path: str) -> Any:
    """A file's content as it stands in the working copy."""
    return values_of(shop.copy.read(path))
