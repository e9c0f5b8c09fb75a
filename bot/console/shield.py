"""What the console's answers carry, and what is said to who came to the wrong address."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import Scope

from bot.settings import Settings
from bot.web.shield import NO_DEVICES, YEAR_OF_HTTPS, Policy

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
    "Permissions-Policy": NO_DEVICES,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
_WRONG_HOST = "This address is not the console's.\n"
_BROKEN = "Something went wrong on our side. Go back and try again; nothing was changed.\n"


def policy_of(settings: Settings) -> Policy:
    """How the console is shielded."""
    headers = dict(_HEADERS)
    if settings.console_is_secure:
        headers["Strict-Transport-Security"] = YEAR_OF_HTTPS

    def add_headers(_: str, answer: MutableHeaders) -> None:
        for name, value in headers.items():
            answer.setdefault(name, value)

    return Policy(
        hosts=settings.console_hosts,
        any_host=("/health",),
        add_headers=add_headers,
        refused=lambda: PlainTextResponse(_WRONG_HOST, 400),
        broken=lambda: PlainTextResponse(_BROKEN, 500),
        who=_who,
    )


def _who(scope: Scope) -> dict[str, Any]:
    return {"staff": getattr(scope.get("state", {}).get("member"), "id", None)}
