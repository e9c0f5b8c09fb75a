"""Around every request: the right host, the security headers, no detail of an error, one log line of ids."""

from __future__ import annotations

import logging
import time
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.gateway import errors
from bot.logs import event, failure
from bot.settings import Settings

log = logging.getLogger(__name__)
# Probes of a load balancer address the machine by number.
_ANY_HOST = frozenset({"/health", "/ready"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors "
)


class Shield:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Prepare the headers, which depend on the settings alone."""
        self.app = app
        self._hosts = settings.own_hosts
        framed_by = " ".join(("'self'", *sorted(settings.allowed_origins)))
        # In the frame, where patients' words are shown, no string can become an element or a script at all.
        self._frame_policy = f"{_POLICY}{framed_by}; require-trusted-types-for 'script'; trusted-types 'none'"
        self._policy = _POLICY + "'none'"
        self._headers = {"X-Content-Type-Options": "nosniff"}
        if settings.is_secure:
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
                self._add_headers(scope["path"], MutableHeaders(raw=message["headers"]))
            await send(message)

        try:
            if self._is_for_us(scope):
                await self.app(scope, receive, send_shielded)
            else:
                await errors.for_http_status(400).response()(scope, receive, send_shielded)
        except Exception as error:
            # The one broad catch: whatever failed, the visitor is told kindly and nothing of it is shown or logged.
            failure(log, "request_failed", error, **_ids(scope, 500, began))
            metrics.REQUESTS.labels(_method(scope), _route(scope), 500).inc()
            if not status:
                await errors.broken().response()(scope, receive, send_shielded)
            return
        self._note(scope, status, began)

    @staticmethod
    def _note(scope: Scope, status: int, began: float) -> None:
        ids = _ids(scope, status, began)
        event(log, "request", **ids)
        metrics.REQUESTS.labels(ids["method"], ids["route"], status).inc()
        if ids["route"] != "/chat/events":
            metrics.REQUEST_SECONDS.labels(ids["route"]).observe(time.monotonic() - began)

    def _is_for_us(self, scope: Scope) -> bool:
        if scope["path"] in _ANY_HOST:
            return True
        host = Headers(scope=scope).get("host", "").lower()
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.strip("[]") in self._hosts

    def _add_headers(self, path: str, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        # What a page may do says nothing about a script or an answer in JSON, and costs every visitor half a kilobyte.
        if headers.get("content-type", "").startswith("text/html"):
            is_frame = path == "/chat/frame"
            headers.setdefault("Content-Security-Policy", self._frame_policy if is_frame else self._policy)
            headers.setdefault("Permissions-Policy", _NO_DEVICES)
            headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
            if not is_frame:
                headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Cache-Control", "no-store")


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "?"


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "?"))


def _ids(scope: Scope, status: int, began: float) -> dict[str, Any]:
    # The route's pattern, not the path: a path may hold anything a stranger typed.
    return {
        "method": _method(scope),
        "route": _route(scope),
        "status": status,
        "conversation": scope.get("bot_conversation"),
        "milliseconds": round((time.monotonic() - began) * 1000, 1),
    }
