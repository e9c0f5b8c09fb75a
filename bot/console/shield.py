"""Around every request to the console: the right host, the security headers, no detail of an error, one log line."""

from __future__ import annotations

import logging
import time
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.logs import event, failure
from bot.settings import Settings

log = logging.getLogger(__name__)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: with it browsers send no Origin with a form, and that is what a change is recognised by.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


class ConsoleShield:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Prepare the headers."""
        self.app = app
        self._hosts = settings.console_hosts
        self._headers = dict(_HEADERS)
        if settings.console_is_secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        async def send_shielded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if scope["path"] == "/health" or self._is_for_us(scope):
                await self.app(scope, receive, send_shielded)
            else:
                await PlainTextResponse("This address is not the console's.\n", 400)(scope, receive, send_shielded)
        except Exception as error:
            # The one broad catch: whatever failed, nothing of it is shown or logged but its place.
            failure(log, "request_failed", error, **_ids(scope, 500, began))
            if not status:
                words = "Something went wrong on our side. Go back and try again; nothing was changed.\n"
                await PlainTextResponse(words, 500)(scope, receive, send_shielded)
            return
        event(log, "request", **_ids(scope, status, began))

    def _is_for_us(self, scope: Scope) -> bool:
        host = Headers(scope=scope).get("host", "").lower()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.strip("[]") in self._hosts


def _ids(scope: Scope, status: int, began: float) -> dict[str, Any]:
    member = scope.get("state", {}).get("member")
    # The route's pattern, not the path: a path may hold a link's token.
    route = scope.get("route")
    return {
        "method": scope["method"] if scope["method"].isalpha() and len(scope["method"]) < 10 else "?",
        "route": getattr(route, "path", "?"),
        "status": status,
        "staff": getattr(member, "id", None),
        "milliseconds": round((time.monotonic() - began) * 1000, 1),
    }
