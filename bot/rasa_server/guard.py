"""A shared secret in front of everything that one of our loopback servers offers."""

from __future__ import annotations

import hmac

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.observing import metrics, tracing
from bot.observing.event_loop_watch import watch
from bot.observing.logs import hide_text
from bot.settings import SECRET_HEADER

MAX_BODY_BYTES = 4 * 1024 * 1024


def install_guard(app: Sanic, secret: str, process: str) -> None:
    """Answer 403 to every request without the secret: unknown addresses, errors and OPTIONS included.

    Args:
        app: The server.
        secret: What its callers show.
        process: Names the server in the log when its event loop was blocked.

    Raises:
        ValueError: when the secret is too short to be one, such as an empty environment variable.
    """
    if len(secret) < 32:
        raise ValueError("the secret between our processes is missing: start them with `bot serve`")
    expected = secret.encode()

    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        hide_text()
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if hmac.compare_digest(given, expected):
            tracing.arrive(request.headers)
            return None
        return json({"error": {"code": "forbidden"}}, status=403)

    async def stand_in_front(app: Sanic, _: object) -> None:
        # Sanic-CORS puts itself first while the server starts, and would answer OPTIONS itself.
        app.request_middleware.remove(refuse_strangers)
        app.request_middleware.appendleft(refuse_strangers)

    app.request_middleware.appendleft(refuse_strangers)
    app.register_listener(stand_in_front, "before_server_start")
    app.add_task(watch(process, metrics.LOOP_LATE_SECONDS.observe))
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
