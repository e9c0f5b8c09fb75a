"""The working copy: what was changed, whether it is whole, as a patch, published, undone."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.console import pages
from bot.console.access import Role, form_of, requires
from bot.console.context import console_of, note
from bot.console.workshop import Workshop, now_of, on_thread, who, workshop_of
from bot.curation.diff_lines import shown_diff
from bot.curation.places import NotForStaff
from bot.curation.publication import CannotPublish, Examined, examined
from bot.publication_watch import heard, published


@requires(Role.EDITOR)
async def changes(request: Request) -> Response:
    """All changes with their differences."""
    return await _page(request, [])


async def _page(request: Request, reasons: list[str], status: int = 200) -> Response:
    shop = workshop_of(request)
    found = await on_thread(lambda: shop.copy.changes)
    history = await on_thread(lambda: shop.publisher.history)
    jobs = await on_thread(lambda: shop.jobs.all)
    return pages.render(
        request,
        "changes.html",
        status,
        changes=[(change, shown_diff(change.base or "", change.text)) for change in found],
        needs_training=any(change.needs_training for change in found),
        needs_clinician=any(change.needs_clinician for change in found),
        comparing=next((job for job in jobs if job.kind == "candidate" and job.is_running), None),
        reasons=reasons,
        typed=form_of(request),
        history=history[:30],
        undone={publication.undoes for publication in history},
        **_taking(shop),
        several_machines=console_of(request).services.settings.shares_work,
    )


def _taking(shop: Workshop) -> dict[str, Any]:
    return {"processes": heard(shop.project), "newest": published(shop.project)}


@requires(Role.EDITOR)
async def processes(request: Request) -> Response:
    """Which processes have taken what is published, as a part of the page."""
    if not pages.is_part(request):
        return RedirectResponse("/changes#published", 303)
    return pages.render(request, "changes_processes.html", **_taking(workshop_of(request)))


@requires(Role.EDITOR)
async def state(request: Request) -> Response:
    """`bot check` of the working copy, as a part of the page; takes a second or more."""
    shop = workshop_of(request)
    seen, obstacles = await on_thread(lambda: _examined(shop, request))
    template = "changes_state.html" if pages.is_part(request) else "changes_state_page.html"
    return pages.render(request, template, seen=seen, obstacles=obstacles)


def _examined(shop: Workshop, request: Request) -> tuple[Examined, list[str]]:
    seen = examined(shop.copy, now_of(request).date())
    return seen, shop.publisher.obstacles(seen, signed_off="to be named")


@requires(Role.EDITOR)
async def patch(request: Request) -> Response:
    """All changes for `git apply`, for installations whose content an operator deploys."""
    shop = workshop_of(request)
    text = await on_thread(lambda: shop.copy.patch)
    await console_of(request).database.writing(lambda session: note(session, request, "patch_downloaded"))
    headers = {"Content-Disposition": 'attachment; filename="content.patch"'}
    return PlainTextResponse(text, headers=headers, media_type="text/x-patch")


@requires(Role.EDITOR)
async def discard(request: Request) -> Response:
    """Forget the change of one file."""
    path = form_of(request).text("path")
    try:
        await on_thread(lambda: workshop_of(request).copy.discard(path))
    except NotForStaff as error:
        return pages.fault(request, 400, str(error), "Go back to the changes.")
    await console_of(request).database.writing(lambda s: note(s, request, "change_discarded", "file", path[-64:]))
    return RedirectResponse("/changes", 303)


@requires(Role.ADMIN)
async def publish(request: Request) -> Response:
    """Make the working copy what patients are answered from."""
    shop, form, at = workshop_of(request), form_of(request), now_of(request)
    signed_off = form.text("signed_off", 120)
    try:
        done = await on_thread(
            lambda: shop.publisher.publish(shop.copy, who(request), form.text("note", 200), at, signed_off)
        )
    except CannotPublish as error:
        return await _page(request, error.reasons, 409)
    await console_of(request).database.writing(
        lambda s: note(s, request, "content_published", "publication", str(done.id), files=len(done.paths))
    )
    return RedirectResponse("/changes#published", 303)


@requires(Role.ADMIN)
async def undo(request: Request) -> Response:
    """Take a publication back."""
    shop, number = workshop_of(request), form_of(request).number("publication", 0) or 0
    try:
        done = await on_thread(lambda: shop.publisher.undo(number, who(request), now_of(request)))
    except LookupError:
        return pages.fault(request, 404, "There is no such publication.", "Go back to the list.")
    except CannotPublish as error:
        return await _page(request, error.reasons, 409)
    await console_of(request).database.writing(
        lambda s: note(s, request, "publication_undone", "publication", str(number), by=done.id)
    )
    return RedirectResponse("/changes#published", 303)


ROUTES = [
    Route("/changes", changes, methods=["GET"]),
    Route("/changes/processes", processes, methods=["GET"]),
    Route("/changes/state", state, methods=["GET"]),
    Route("/changes.patch", patch, methods=["GET"]),
    Route("/changes/discard", discard, methods=["POST"]),
    Route("/changes/publish", publish, methods=["POST"]),
    Route("/changes/undo", undo, methods=["POST"]),
]
