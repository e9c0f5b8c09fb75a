"""Reading a request: who sent it, from which page, and its body within limits."""

from __future__ import annotations

import ipaddress
import json
import re
import unicodedata
from typing import Any, NoReturn
from urllib.parse import parse_qs

import anyio
from starlette.requests import ClientDisconnect, Request

from bot.gateway import errors

BODY_SECONDS = 10
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
# Zero-width joiners and direction marks belong to Persian, Arabic, Hebrew and emoji; overrides and isolates only serve
# to make a line read differently from what it says.
_HARMFUL_FORMATS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_KEPT_CONTROLS = frozenset("\n\t")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """The words without control characters, lone surrogates and the like; a line ends in one newline."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = (
        c
        for c in text
        if c in _KEPT_CONTROLS or (unicodedata.category(c) not in _DROPPED_CATEGORIES and c not in _HARMFUL_FORMATS)
    )
    return "".join(kept).strip()


async def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object.

    Raises:
        Refused: when it is too large, too slow, not JSON or not an object.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    # A form or text/plain body can be sent by a foreign page without being asked about; JSON cannot.
    if media_type != "application/json":
        raise errors.Refused(415, "not_json", "The request is not JSON.", "Send it as application/json.")
    raw = await _body(request)
    try:
        content = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise errors.not_json() from error
    if not isinstance(content, dict):
        raise errors.not_json()
    return content


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a form's body, the first of each name.

    Only for what a form must send; whoever asks has looked at the origin, since foreign pages can send forms too.

    Raises:
        Refused: when it is too large, too slow or not such a form.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/x-www-form-urlencoded":
        raise errors.Refused(415, "not_a_form", "The request is not a form.", "Use the button in the chat.")
    raw = await _body(request)
    try:
        found = parse_qs(raw.decode("ascii"), max_num_fields=10)
    except ValueError as error:
        raise errors.Refused(400, "not_a_form", "The form cannot be read.", "Use the button in the chat.") from error
    return {name: values[0] for name, values in found.items()}


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:12]) > errors.MAX_BODY_BYTES:
        raise errors.too_large()
    received = bytearray()
    try:
        with anyio.fail_after(BODY_SECONDS):
            async for part in request.stream():
                received += part
                if len(received) > errors.MAX_BODY_BYTES:
                    raise errors.too_large()
    except TimeoutError as error:
        raise errors.Refused(408, "too_slow", "The request did not arrive in time.", "Send it again.") from error
    except ClientDisconnect as error:
        raise errors.not_json() from error
    return bytes(received)


def _no_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def require_own_page(request: Request, own_origins: frozenset[str]) -> None:
    """Refuse a change asked for by another site's page.

    Browsers name the page's origin in every POST, and no script can forge it; a request without it is not from our
    pages. A sandboxed page says `null`, which is nobody's.

    Raises:
        Refused: when the request does not come from a page of ours.
    """
    if request.headers.get("origin", "").lower() not in own_origins:
        raise errors.foreign_origin()
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise errors.foreign_origin()


def address_of(request: Request) -> str:
    """The network the request comes from: an IPv4 address, or the /64 an IPv6 subscriber usually has."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
