"""The webhooks: verified before anything is read, stored before anything is answered."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.gateway.messengers.base import Incoming, Messenger
from bot.gateway.messengers.path import path
from bot.gateway.messengers.service import Messengers
from bot.observing.logs import event, failure

# Facebook puts up to a thousand events into one request.
MAX_BYTES = 1024 * 1024
BODY_SECONDS = 10

log = logging.getLogger(__name__)


def routes(service: Messengers) -> list[Route]:
    """One address for each messenger that is set up."""
    return [_route(service, messenger) for messenger in service.known.values()]


def _route(service: Messengers, messenger: Messenger) -> Route:
    async def webhook(request: Request) -> Response:
        if request.method == "GET":
            challenge = messenger.challenge(request.query_params, b"")
            return _refused() if challenge is None else PlainTextResponse(challenge)
        return await _receive(service, messenger, request)

    return Route(path(messenger.name), webhook, methods=["GET", "POST"], name=f"webhook_{messenger.name}")


async def _receive(service: Messengers, messenger: Messenger, request: Request) -> Response:
    body = await _body(request)
    if body is None or not messenger.verify(body, request.headers, service.url_of(request)):
        event(log, "webhook_refused", logging.WARNING, channel=messenger.name)
        return _refused()
    challenge = messenger.challenge({}, body)
    if challenge is not None:
        return PlainTextResponse(challenge)
    await service.take(messenger, _events(messenger, body, request.query_params))
    content, media_type = messenger.receipt
    return Response(content, media_type=media_type)


def _events(messenger: Messenger, body: bytes, query: Mapping[str, str]) -> list[Incoming]:
    try:
        return messenger.read(body, query)
    except Exception as error:
        # It is the platform's, and no repetition would make it readable: it is taken, and its place is in the log.
        failure(log, "webhook_unreadable", error, channel=messenger.name)
        return []


async def _body(request: Request) -> bytes | None:
    received = bytearray()
    try:
        with anyio.fail_after(BODY_SECONDS):
            async for part in request.stream():
                received += part
                if len(received) > MAX_BYTES:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(received)


def _refused() -> Response:
    # The same for every reason: whoever tries learns nothing.
    return Response(status_code=403)
