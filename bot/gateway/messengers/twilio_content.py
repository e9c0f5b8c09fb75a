"""WhatsApp's buttons and lists, by Twilio's content templates.

A button needs a template at Twilio. Within 24 hours of a person's last message, and we write at no other time, a
template needs nobody's approval, and everything in it may be a variable: so a handful of them serves all replies, and
no word of the clinic or of a patient stands in one.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

import httpx

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import Finding, Payload, TryLater
from bot.gateway.messengers.http import as_object, ask, objects, text_in
from bot.gateway.messengers.layout import Layout, Limits, lay_out, numbered
from bot.observing.logs import event

MOST_BUTTONS = 3
MOST_ITEMS = 10
BUTTON_TITLE = 20
ITEM_TITLE = 24
BODY = 1024
LIST_LABEL = "Choose an answer"
TAP = "Tap to choose"
# The template is gone or is not taken; the message itself is not at fault.
TEMPLATE_REFUSED = frozenset({21654, 21655, 21656, 63013, 63021})
_PAGE = 200
_FIRST = "clinic-assistant"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shape:
    """One template: so many choices, as buttons or as a list.

    Attributes:
        kind: Twilio's content type.
        count: How many choices.
        limits: What its message can hold.
    """

    kind: str
    count: int
    limits: Limits

    @property
    def name(self) -> str:
        """What the template is called at Twilio."""
        return f"{_FIRST}-{self.kind}-{self.count}"

    def variables(self, layout: Layout) -> dict[str, str]:
        """What fills the template: the text, then title and id of each choice."""
        values = [layout.parts[-1]]
        for title, choice in layout.buttons:
            values += [title, choice]
        return {str(number): value for number, value in enumerate(values, start=1)}

    def definition(self) -> Payload:
        """The template, for Twilio to keep."""
        places = [(f"{{{{{2 * n}}}}}", f"{{{{{2 * n + 1}}}}}") for n in range(1, self.count + 1)]
        content: dict[str, Any] = {"body": "{{1}}"}
        if self.kind == "quick-reply":
            content["actions"] = [{"type": "QUICK_REPLY", "title": title, "id": choice} for title, choice in places]
        else:
            content["button"] = LIST_LABEL
            content["items"] = [{"item": title, "id": choice, "description": TAP} for title, choice in places]
        samples = {str(number): f"sample {number}" for number in range(1, 2 * self.count + 2)}
        types = {f"twilio/{self.kind}": content}
        return {"friendly_name": self.name, "language": "en", "variables": samples, "types": types}


_BUTTONS = [
    Shape("quick-reply", n, Limits(BODY, buttons=MOST_BUTTONS, title=BUTTON_TITLE)) for n in range(1, MOST_BUTTONS + 1)
]
_LISTS = [Shape("list-picker", n, Limits(BODY, buttons=MOST_ITEMS, title=ITEM_TITLE)) for n in range(1, MOST_ITEMS + 1)]
SHAPES = {shape.name: shape for shape in (*_BUTTONS, *_LISTS)}


def shape_for(reply: Reply) -> Shape | None:
    """The template whose limits a reply's choices keep; None when there is none, or when nothing can be chosen."""
    titles = [button.title for button in reply.buttons]
    # Twice the same title is refused, and a person could not tell them apart.
    if not titles or len(set(titles)) < len(titles):
        return None
    for shapes in (_BUTTONS, _LISTS):
        if len(titles) <= len(shapes) and lay_out(reply, shapes[0].limits).buttons == tuple(
            (button.title, button.payload) for button in reply.buttons
        ):
            return shapes[len(titles) - 1]
    return None


def numbered_lines(text: str, reply: Reply) -> str:
    """The same choices as text, for when there can be no buttons."""
    return text + "".join(space + line for space, line in numbered(reply.buttons))


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
                if name in SHAPES:
                    self._sids.setdefault(name, text_in(one, "sid") or None)
            url = text_in(as_object(found.get("meta")), "next_page_url")
            path, params = (httpx.URL(url).raw_path.decode() if url else None), None
        self._are_found = True

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()
