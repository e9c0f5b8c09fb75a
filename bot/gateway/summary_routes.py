"""The visitor's own latest result as a page to print and show to a provider, and as plain text."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.conversation.summary import Summary
from bot.gateway.consent import page_values
from bot.gateway.context import Gateway, gateway_of
from bot.storage.assessments import latest_of

_PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
_NONE_YET = "There is no result to show yet. In an emergency, call {number}.\n"


async def page(request: Request) -> Response:
    """The page; without a result, or in a browser that did not chat, it says so and what to do."""
    gateway = gateway_of(request)
    summary = await _latest(gateway, request)
    template = request.app.state.templates.get_template("summary.html")
    text = template.render({**page_values(gateway.services), "summary": summary})
    return HTMLResponse(text, 200 if summary else 404, headers=_PRIVATE)


async def plain(request: Request) -> Response:
    """The same as a text file."""
    gateway = gateway_of(request)
    summary = await _latest(gateway, request)
    if summary is None:
        number = gateway.services.clinic.emergency_number
        return PlainTextResponse(_NONE_YET.format(number=number), 404, headers=_PRIVATE)
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="check-{summary.at:%Y-%m-%d}.txt"'}
    return PlainTextResponse(gateway.services.summaries.text(summary), headers=headers)


async def _latest(gateway: Gateway, request: Request) -> Summary | None:
    conversation = await gateway.find_conversation(request)
    if conversation is None:
        return None
    visitor = conversation.visitor

    def read(session: Session) -> Summary | None:
        found = latest_of(session, visitor)
        if found is None:
            return None
        make = gateway.services.summaries.make
        return make(found.tier, tuple(found.rules), dict(found.answers), found.version, found.at)

    return await gateway.services.database.reading(read)


ROUTES = [
    Route("/chat/summary", page, methods=["GET"]),
    Route("/chat/summary.txt", plain, methods=["GET"]),
]
