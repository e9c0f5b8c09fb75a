"""Requests to a platform's API, and reading what a webhook brought without trusting its shape."""

from __future__ import annotations

import hmac
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.gateway.messengers.base import TryLater
from bot.settings_reading import LOOPBACK

TIMEOUT = httpx.Timeout(15, connect=5)
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def client(base_url: str, **options: Any) -> httpx.AsyncClient:
    """One pool of connections to a platform; nothing is opened yet."""
    # A proxy for the way out must not be asked for an address of this machine.
    is_local = urlsplit(base_url).hostname in LOOPBACK
    return httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT, trust_env=not is_local, **options)


async def ask(http: httpx.AsyncClient, method: str, path: str, **options: Any) -> tuple[int, dict[str, Any]]:
    """One request; the status and the JSON object of the answer, {} when it is none.

    Raises:
        TryLater: when the platform is out of reach, busy or broken.
    """
    try:
        response = await http.request(method, path, **options)
    except _NOT_SENT as error:
        raise TryLater("unreachable") from error
    except httpx.HTTPError as error:
        raise TryLater("no_answer", may_have_arrived=True) from error
    content = as_object(_parsed(response.content))
    after = seconds_to_wait(response.headers.get("retry-after", ""))
    if response.status_code == 429:
        raise TryLater("rate_limited", after or number_in(as_object(content.get("parameters")), "retry_after"))
    if response.status_code >= 500:
        raise TryLater(f"status_{response.status_code}", after, may_have_arrived=True)
    return response.status_code, content


def seconds_to_wait(header: str) -> float:
    """What a Retry-After header asks for, as seconds; 0 when it says nothing that can be read."""
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return 0.0
    return max(0.0, seconds) if math.isfinite(seconds) else 0.0


def same(given: str, expected: str) -> bool:
    """Whether a stranger's string is the expected one, found out in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def json_object(body: bytes) -> dict[str, Any]:
    """A webhook's body; {} when it is not a JSON object."""
    return as_object(_parsed(body))


def as_object(value: Any) -> dict[str, Any]:
    """The value when it is an object, else {}."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none when it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_in(content: Mapping[str, Any], name: str) -> str:
    """A field's text, or "" when it has none; a whole number counts as its digits, as ids come in both forms."""
    value = content.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def number_in(content: Mapping[str, Any], name: str) -> float:
    """A field's number, or 0."""
    value = content.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number and value is not None else 0.0


def moment(seconds: float) -> datetime | None:
    """A time as platforms write it; None when there is none or it cannot be one."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
