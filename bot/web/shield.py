"""Around every request to a server of ours: the right host, security headers, no detail of an error, one log line."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.observing.logs import event, failure

log = logging.getLogger(__name__)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
YEAR_OF_HTTPS = "max-age=31536000; includeSubDomains"
NO_DEVICES = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


@dataclass(frozen=True)
class Policy:
    """In what servers differ.

    Attributes:
        hosts: The names a request may be addressed to.
        any_host: Paths that are answered under every name: probes address the machine by number.
        add_headers: Puts the security headers into an answer to a path.
        refused, broken: What somebody is told who came to the wrong host, and when something failed.
        who: Ids of whoever asked, for the log; never words.
        count: Told each request's ids, status among them, and how many seconds it took.
    """

    hosts: Collection[str]
    any_host: Collection[str]
    add_headers: Callable[[str, MutableHeaders], None]
    refused: Callable[[], Response]
    broken: Callable[[], Response]
    who: Callable[[Scope], dict[str, Any]]
    count: Callable[[dict[str, Any], float], None] = lambda ids, seconds: None


class Shield:
    """The outermost layer of an application."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        """Wrap an application."""
        self.app, self._policy = app, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy, began, status = self._policy, time.monotonic(), 0

        async def send_shielded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                policy.add_headers(scope["path"], MutableHeaders(raw=message["headers"]))
            await send(message)

        try:
            if scope["path"] in policy.any_host or _name_of_host(scope) in policy.hosts:
                await self.app(scope, receive, send_shielded)
            else:
                await policy.refused()(scope, receive, send_shielded)
        except Exception as error:
            # Whatever failed, who asked is told kindly and nothing of it is shown or logged.
            ids = self._ids(scope, 500, began)
            failure(log, "request_failed", error, **ids)
            policy.count(ids, time.monotonic() - began)
            if not status:
                await policy.broken()(scope, receive, send_shielded)
            return
        ids = self._ids(scope, status, began)
        event(log, "request", **ids)
        policy.count(ids, time.monotonic() - began)

    def _ids(self, scope: Scope, status: int, began: float) -> dict[str, Any]:
        return {
            "method": scope["method"] if scope["method"] in METHODS else "?",
            # The route's pattern, not the path: a path may hold anything a stranger typed, or a link's token.
            "route": str(getattr(scope.get("route"), "path", "?")),
            "status": status,
            **self._policy.who(scope),
            "milliseconds": round((time.monotonic() - began) * 1000, 1),
        }


def _name_of_host(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "").lower()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.strip("[]")
