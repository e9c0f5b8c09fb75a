"""What the gateway's answers carry, and how its requests are counted."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders

from bot.gateway import errors
from bot.observing import metrics
from bot.settings import Settings
from bot.web.shield import NO_DEVICES, YEAR_OF_HTTPS, Policy

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors "
)


def policy_of(settings: Settings) -> Policy:
    """How the gateway is shielded."""
    return Policy(
        hosts=settings.own_hosts,
        any_host=("/health", "/ready"),
        add_headers=_PublicHeaders(settings).add,
        refused=lambda: errors.for_http_status(400).response(),
        broken=lambda: errors.broken().response(),
        who=lambda scope: {"conversation": scope.get("bot_conversation")},
        count=_count,
    )


class _PublicHeaders:
    """The headers of what patients' browsers get; they depend on the settings alone."""

    def __init__(self, settings: Settings) -> None:
        framed_by = " ".join(("'self'", *sorted(settings.allowed_origins)))
        # In the frame, where patients' words are shown, no string can become an element or a script at all.
        self._frame_policy = f"{_POLICY}{framed_by}; require-trusted-types-for 'script'; trusted-types 'none'"
        self._policy = _POLICY + "'none'"
        self._always = {"X-Content-Type-Options": "nosniff"}
        if settings.is_secure:
            self._always["Strict-Transport-Security"] = YEAR_OF_HTTPS

    def add(self, path: str, headers: MutableHeaders) -> None:
        for name, value in self._always.items():
            headers.setdefault(name, value)
        # What a page may do says nothing about a script or an answer in JSON, and costs every visitor half a kilobyte.
        if headers.get("content-type", "").startswith("text/html"):
            is_frame = path == "/chat/frame"
            headers.setdefault("Content-Security-Policy", self._frame_policy if is_frame else self._policy)
            headers.setdefault("Permissions-Policy", NO_DEVICES)
            headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
            if not is_frame:
                headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Cache-Control", "no-store")


def _count(ids: dict[str, Any], seconds: float) -> None:
    metrics.REQUESTS.labels(ids["method"], ids["route"], ids["status"]).inc()
    # A stream lasts as long as its page is open.
    if ids["route"] != "/chat/events" and ids["status"] != 500:
        metrics.REQUEST_SECONDS.labels(ids["route"]).observe(seconds)
