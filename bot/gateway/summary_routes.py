"""The visitor's own latest result as a page to print and show to a provider, and as plain text."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.conversation.suitability_check.summary import Summary
from bot.gateway import requests
from bot.gateway.consent import page_values
from bot.gateway.context import Gateway, gateway_of
from bot.gateway.summary_tickets import LINK_PATH, PATH
from bot.storage import conversations
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


async def ticket(request: Request) -> Response:
    """What lets the chat's frame show its visitor's result in a new tab, within a minute."""
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    await requests.json_object(request)
    conversation = await gateway.conversation(request)
    return JSONResponse({"ticket": gateway.summary_tickets.ticket(conversation.id)}, headers=_PRIVATE)


async def link(request: Request) -> Response:
    """What a link in a messenger opens: a button that shows the result. The link alone shows nothing of it."""
    gateway = gateway_of(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    carried = request.query_params.get("t", "")
    is_good = gateway.summary_tickets.followed(carried) is not None
    template = request.app.state.templates.get_template("summary_link.html")
    text = template.render({**page_values(gateway.services), "link": carried if is_good else None})
    return HTMLResponse(text, 200 if is_good else 404, headers={**_PRIVATE, "Referrer-Policy": "strict-origin"})


async def opened(request: Request) -> Response:
    """The tab comes with a ticket or a link in a form; with one that is none of ours there is no result."""
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    fields = await requests.form_fields(request)
    tickets = gateway.summary_tickets
    conversation_id = tickets.redeemed(fields.get("ticket", "")) or tickets.followed(fields.get("link", ""))
    response = RedirectResponse(PATH, 303, headers=_PRIVATE)
    # A ticket that is not good also takes away what was shown before: it may have been somebody else's.
    tickets.give(response, conversation_id)
    return response


async def _latest(gateway: Gateway, request: Request) -> Summary | None:
    """The result of whoever the tab's own cookie names, or else the chat's."""
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    shown, conversation = gateway.summary_tickets.shown(request), await gateway.find_conversation(request)
    if shown is None and conversation is None:
        return None

    def read(session: Session) -> Summary | None:
        asked = (conversations.kept(session, shown) if shown else None) or conversation
        found = latest_of(session, asked.visitor) if asked else None
        if found is None:
            return None
        make = gateway.services.summaries.make
        # The day on paper is the clinic's: in the evening UTC has the next one.
        at = found.at.astimezone(ZoneInfo(gateway.services.settings.time_zone))
        return make(found.tier, tuple(found.rules), dict(found.answers), found.version, at)

    return await gateway.services.database.reading(read)


ROUTES = [
    Route(PATH, page, methods=["GET"]),
    Route(PATH, opened, methods=["POST"]),
    Route(LINK_PATH, link, methods=["GET"]),
    Route(f"{PATH}/text", plain, methods=["GET"]),
    Route(f"{PATH}/ticket", ticket, methods=["POST"]),
]
