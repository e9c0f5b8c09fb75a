"""What a refused request is told: one shape, a code for the page, words and a remedy for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MAX_TEXT = 2000
# Messages of one conversation that nobody has answered yet.
MAX_WAITING = 20
MAX_BODY_BYTES = 16 * 1024


class Refused(Exception):
    """A request that is not carried out, and why."""

    def __init__(self, status: int, code: str, message: str, remedy: str, headers: Mapping[str, str] | None = None):
        """Keep what the caller is told."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.remedy = remedy
        self.headers = dict(headers or {})
        self.extra: dict[str, Any] = {}

    def response(self) -> Response:
        """The refusal as JSON."""
        error = {"code": self.code, "message": self.message, "remedy": self.remedy}
        return JSONResponse({"error": error, **self.extra}, self.status, self.headers)


def no_session() -> Refused:
    """The request carries no key that opens a conversation."""
    return Refused(401, "no_session", "This chat is not open.", "Send POST /chat/session first.")


def foreign_origin() -> Refused:
    """The request was not made by a page of ours."""
    return Refused(403, "foreign_origin", "This page may not write to the chat.", "Write in the chat window itself.")


def not_json() -> Refused:
    """The body is not what was asked for."""
    return Refused(400, "not_json", "The request is not a JSON object.", "Send one JSON object as application/json.")


def too_large() -> Refused:
    """The body is over the limit."""
    return Refused(413, "too_large", "The request is too large.", f"Send at most {MAX_BODY_BYTES} bytes.")


def invalid(field: str, wanted: str) -> Refused:
    """One field of the body cannot be used."""
    return Refused(422, "invalid", f"`{field}` cannot be used.", f"Send {wanted}.")


def for_http_status(status: int, headers: Mapping[str, str] | None = None) -> Refused:
    """A refusal that the framework itself decided on, in our shape."""
    known = {
        400: ("bad_request", "The request cannot be read.", "Check its form and send it again."),
        404: ("not_found", "There is nothing here.", "Go back to the first page."),
        405: ("wrong_method", "This address does not take that method.", "Use one of the methods in `Allow`."),
    }
    code, message, remedy = known.get(status, ("refused", "The request was refused.", "Try again later."))
    return Refused(status, code, message, remedy, headers)


def broken() -> Refused:
    """Something of ours failed; nothing of it is shown."""
    return Refused(
        500,
        "broken",
        "Something went wrong on our side.",
        "Try again in a moment. If you need care now, call the clinic; in an emergency call your emergency number.",
    )


async def on_refused(_: Request, error: Exception) -> Response:
    """Answer a refusal raised by a route."""
    assert isinstance(error, Refused)
    return error.response()
