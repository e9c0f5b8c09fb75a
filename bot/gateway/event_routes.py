"""Telling the page what happens, as server-sent events that it can resume from any entry."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.gateway import requests
from bot.gateway.chat_routes import entry_number
from bot.gateway.context import Gateway, gateway_of
from bot.gateway.listeners import Listening, TooManyListeners, signal_within
from bot.storage import conversations, record
from bot.storage.inbox import WAITING
from bot.storage.record import Entry

HEARTBEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2000


async def events(request: Request) -> Response:
    """The entries after `Last-Event-ID` (or `after`), then each new one as it comes."""
    gateway = gateway_of(request)
    address = requests.address_of(request)
    gateway.slow_down(gateway.limits.address_requests, address)
    conversation = await gateway.conversation(request)
    after = entry_number(request.headers.get("last-event-id") or request.query_params.get("after", "0"))
    stream = _stream(gateway, conversation.id, address, after)
    try:
        first = await anext(stream)
    except TooManyListeners as error:
        raise gateway.too_many(10) from error
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_from_first(first, stream), media_type="text/event-stream", headers=headers)


async def _from_first(first: str, rest: AsyncIterator[str]) -> AsyncIterator[str]:
    yield first
    async for part in rest:
        yield part


async def _stream(gateway: Gateway, conversation_id: str, address: str, after: int) -> AsyncIterator[str]:
    async with gateway.listeners.listen(conversation_id, address) as listening:
        yield f"retry: {RETRY_MILLISECONDS}\n\n"
        while not gateway.listeners.closing:
            # Cleared before reading: an entry that comes while we read sets it again.
            listening.signal.clear()
            entries, read_to, newest, is_open = await _news(gateway, conversation_id, after, listening)
            after = max(after, read_to)
            parts = [_entry_event(entry) for entry in entries]
            if after >= newest:
                if entries and entries[-1].content.get("state") in WAITING:
                    parts.append("event: typing\ndata: {}\n\n")
                if not is_open:
                    parts.append("event: closed\ndata: {}\n\n")
            # What is known together is sent together: each part by itself costs as much as all.
            if parts:
                yield "".join(parts)
            if after < newest:
                continue
            if not is_open:
                return
            if not await signal_within(listening.signal, HEARTBEAT_SECONDS):
                yield "event: ping\ndata: {}\n\n"


async def _news(
    gateway: Gateway, conversation_id: str, after: int, listening: Listening
) -> tuple[list[Entry], int, int, bool]:
    """Some entries, up to which number they are all, the number of the newest, and whether the chat goes on."""
    told = listening.news_after(after)
    if told:
        return told, told[-1].number, told[-1].number, True

    def read(session: Session) -> tuple[list[Entry], int, int, bool]:
        newest, is_open = conversations.standing(session, conversation_id)
        entries = record.entries_after(session, conversation_id, after, record.SHOWN)
        return entries, min(after + record.SHOWN, newest), newest, is_open

    return await gateway.services.database.reading(read)


def _entry_event(entry: Entry) -> str:
    name = "accepted" if entry.sender == "patient" else "reply"
    return f"id: {entry.number}\nevent: {name}\ndata: {json.dumps(entry.to_dict())}\n\n"


ROUTES = [Route("/chat/events", events, methods=["GET"])]
