"""The templates of WhatsApp's buttons and lists at Twilio: found by name, made on first use, done without if refused.

A button needs a template. Within 24 hours of a person's last message, and we write at no other time, a template needs
nobody's approval.
"""

from __future__ import annotations

import asyncio
import logging

import httpx

from bot.gateway.messengers.base import Finding, TryLater
from bot.gateway.messengers.http import as_object, ask, objects, text_in
from bot.gateway.messengers.twilio_shapes import Shape
from bot.observing.logs import event

# The template is gone or is not taken; the message itself is not at fault.
TEMPLATE_REFUSED = frozenset({21654, 21655, 21656, 63013, 63021})
_PAGE = 200

log = logging.getLogger(__name__)


class Templates:
    """The templates at Twilio: found by name, or made on first use."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        """Take the client of Twilio's Content API."""
        self._http = http
        self._sids: dict[str, str | None] = {}
        self._are_found = False
        # One reply at a time asks: two that need the same template would make it twice.
        self._asking = asyncio.Lock()

    async def sid(self, shape: Shape) -> str | None:
        """The template's SID; None when Twilio does not let us have one.

        Raises:
            TryLater: when Twilio is out of reach or busy.
        """
        async with self._asking:
            if not self._are_found:
                await self._find_all()
            if shape.name not in self._sids:
                status, made = await ask(self._http, "POST", "/v1/Content", json=shape.definition())
                self._sids[shape.name] = text_in(made, "sid") or None
                if not self._sids[shape.name]:
                    event(log, "template_refused", logging.WARNING, shape=shape.name, status=status)
            return self._sids[shape.name]

    def is_refused(self, shape: Shape) -> bool:
        """Whether Twilio has refused this template since the start."""
        return shape.name in self._sids and self._sids[shape.name] is None

    def forget(self, shape: Shape) -> None:
        """Do without this template until the next start."""
        self._sids[shape.name] = None
        event(log, "template_refused", logging.WARNING, shape=shape.name)

    async def check(self) -> Finding:
        """Whether templates can be had, for `bot messengers check`."""
        try:
            status, _ = await ask(self._http, "GET", "/v1/Content", params={"PageSize": "1"})
        except TryLater as error:
            return Finding(False, f"Twilio's Content API did not answer ({error.reason}); choices are numbered lines.")
        if status != 200:
            return Finding(False, f"Twilio's Content API refused us (status {status}); choices are numbered lines.")
        return Finding(True, "Choices are shown as buttons and lists, by templates that need no approval.")

    async def _find_all(self) -> None:
        path: str | None = "/v1/Content"
        params: dict[str, str] | None = {"PageSize": str(_PAGE)}
        while path:
            status, found = await ask(self._http, "GET", path, params=params)
            if status != 200:
                return
            for one in objects(found.get("contents")):
                name = text_in(one, "friendly_name")
                if Shape.is_name(name):
                    self._sids.setdefault(name, text_in(one, "sid") or None)
            url = text_in(as_object(found.get("meta")), "next_page_url")
            path, params = (httpx.URL(url).raw_path.decode() if url else None), None
        self._are_found = True

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()
