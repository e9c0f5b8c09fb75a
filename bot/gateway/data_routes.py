"""What a visitor may do with what is kept: read it, take it along, have it erased."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.gateway import requests
from bot.gateway.context import gateway_of
from bot.gateway.delivery import now
from bot.gateway.transcript import transcript_text
from bot.storage import conversations, record
from bot.storage.export import export_conversation
from bot.storage.sealing.vault import SealBroken


async def transcript(request: Request) -> Response:
    """The conversation as a text file."""
    gateway = gateway_of(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    conversation = await gateway.conversation(request)
    # All of it, however long: so often as one may write, and put together beside the event loop.
    gateway.slow_down_visitor(request)
    clinic, settings = gateway.services.clinic, gateway.services.settings
    zone = ZoneInfo(settings.time_zone)

    def write(session: Session) -> bytes:
        entries = record.entries_after(session, conversation.id, 0)
        return transcript_text(clinic, entries, zone=zone, public_url=settings.public_url).encode()

    content = await gateway.services.database.reading(write)
    # The day by the clinic's clock, as in the file: in the evening UTC has the next one.
    name = f"chat-{conversation.created.astimezone(zone):%Y-%m-%d}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return PlainTextResponse(content, headers=headers)


async def export(request: Request) -> Response:
    """All that is kept about the visitor, as a JSON file; what staff noted is left out, and said to be."""
    gateway = gateway_of(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    conversation = await gateway.conversation(request)
    gateway.slow_down_visitor(request)

    def one(session: Session, conversation_id: str) -> dict[str, Any] | None:
        try:
            return export_conversation(session, conversation_id, of_staff=False)
        except SealBroken:
            # The others are not lost to one that was changed in the database.
            return {"conversation": {"id": conversation_id}, "unreadable": True}

    def write(session: Session) -> bytes:
        found = [one(session, known) for known in conversations.conversations_of(session, conversation.visitor)]
        return json.dumps({"conversations": found}, indent=2, ensure_ascii=False).encode()

    content = await gateway.services.database.reading(write)
    name = f"kept-about-me-{now().astimezone(ZoneInfo(gateway.services.settings.time_zone)):%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type="application/json")


async def about_data(request: Request) -> Response:
    """What is kept about the visitor, and until when."""
    gateway = gateway_of(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    conversation = await gateway.conversation(request)

    def count(session: Session) -> dict[str, int]:
        return conversations.kept_about(session, conversation.visitor)

    kept = await gateway.services.database.reading(count)
    days = gateway.services.settings.retention_days
    until = conversation.last_seen + timedelta(days=days)
    return JSONResponse(
        {
            "since": conversation.created.isoformat(timespec="seconds"),
            "kept": kept,
            "retention_days": days,
            "erased_after": until.isoformat(timespec="seconds"),
            "privacy_url": "/privacy",
        }
    )


async def erase(request: Request) -> Response:
    """Erase everything kept about the visitor; 202 while Rasa still has to forget its part."""
    gateway = gateway_of(request)
    gateway.require_own_page(request)
    gateway.slow_down(gateway.limits.address_requests, requests.address_of(request))
    await requests.json_object(request)
    conversation = await gateway.conversation(request)
    is_done = await gateway.erasure.erase_visitor(conversation.visitor)
    response = JSONResponse({"erased": is_done}, 200 if is_done else 202)
    gateway.cookies.forget(response)
    return response


ROUTES = [
    Route("/chat/transcript", transcript, methods=["GET"]),
    Route("/chat/export", export, methods=["GET"]),
    Route("/chat/about-data", about_data, methods=["GET"]),
    Route("/chat/erase", erase, methods=["POST"]),
]
