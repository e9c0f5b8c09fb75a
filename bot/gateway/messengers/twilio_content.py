"""WhatsApp's buttons and lists, by Twilio's content templates.

A button needs a template at Twilio. Within 24 hours of a person's last message, and we write at no other time, a
template needs nobody's approval, and everything in it may be a variable: so no word of the clinic or of a patient
stands in one. Only the ends of lines do, since Twilio refuses a variable that holds one (error 21656).
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import httpx

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import Finding, Payload, TryLater
from bot.gateway.messengers.http import as_object, ask, objects, text_in
from bot.gateway.messengers.layout import Limits, lay_out, numbered, utf16
from bot.observing.logs import event

BODY = 1024
BUTTONS = Limits(BODY, buttons=3, title=20)
DESCRIPTION = 72
LIST = Limits(BODY, buttons=10, title=24)
# A template holds up to a hundred variables, two for each choice; and one for each length of a list need not be kept.
MOST_LINES = 30
LIST_LABEL = "Choose an answer"
TAP = "Tap to choose"
# The template is gone or is not taken; the message itself is not at fault.
TEMPLATE_REFUSED = frozenset({21654, 21655, 21656, 63013, 63021})
_PAGE = 200
_FIRST = "clinic-assistant"
_NAME = re.compile(rf"{_FIRST}-(quick-reply|list-picker|numbered-list)-(\d+)-(0|[12]+)", re.ASCII)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shape:
    """One template: so many choices, as buttons or as a list, under a text of so many lines.

    Attributes:
        kind: Twilio's content type; or "numbered-list", a list of numbers, each with the title of its choice below it.
        count: How many choices.
        breaks: How many ends of lines stand between a line of the text and the next, a digit each; "" for one line.
    """

    kind: str
    count: int
    breaks: str

    @classmethod
    def named(cls, name: str) -> Shape:
        """The template that is called so.

        Raises:
            ValueError: when none is.
        """
        found = _NAME.fullmatch(name)
        if found is None:
            raise ValueError(f"no template is called {name!r}")
        return cls(found[1], int(found[2]), found[3].strip("0"))

    @property
    def _below(self) -> int:
        """How many entries have a variable below them."""
        return self.count if self.kind == "numbered-list" else 0

    @property
    def name(self) -> str:
        """What the template is called at Twilio."""
        return f"{_FIRST}-{self.kind}-{self.count}-{self.breaks or 0}"

    def filled(self, lines: Sequence[str]) -> str:
        """The text that these lines make."""
        return lines[0] + "".join("\n" * int(gap) + line for gap, line in zip(self.breaks, lines[1:], strict=True))

    def definition(self) -> Payload:
        """The template, for Twilio to keep."""
        texts = len(self.breaks) + 1
        content: dict[str, Any] = {"body": self.filled([_place(number) for number in range(1, texts + 1)])}
        places = [(_place(n), _place(n + 1)) for n in range(texts + 1, texts + 2 * self.count, 2)]
        last = texts + 2 * self.count
        if self.kind == "quick-reply":
            content["actions"] = [{"type": "QUICK_REPLY", "title": title, "id": choice} for title, choice in places]
        else:
            below = [_place(last + n) if self._below else TAP for n in range(1, self.count + 1)]
            content["button"] = LIST_LABEL
            content["items"] = [
                {"item": title, "id": choice, "description": more}
                for (title, choice), more in zip(places, below, strict=True)
            ]
        samples = {str(number): f"sample {number}" for number in range(1, last + self._below + 1)}
        types = {f"twilio/{'quick-reply' if self.kind == 'quick-reply' else 'list-picker'}": content}
        return {"friendly_name": self.name, "language": "en", "variables": samples, "types": types}


def _place(number: int) -> str:
    return f"{{{{{number}}}}}"


@dataclass(frozen=True)
class Fitted:
    """A reply whose choices fit into a template.

    Attributes:
        shape: The template for its last message.
        before: The messages before the last, as text.
        lines: Of the last message, none empty.
        buttons: Its choices, (title, id) each.
        is_numbered: Whether the buttons carry numbers and the titles stand in the text, as they are too long for them.
        below: What stands below each entry of a list of numbers.
    """

    shape: Shape
    before: tuple[str, ...]
    lines: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]
    is_numbered: bool = False
    below: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What a person reads above the choices."""
        return self.shape.filled(self.lines)

    @property
    def variables(self) -> dict[str, str]:
        """What fills the template: the lines, title and id of each choice, then what stands below each number."""
        values = [*self.lines, *chain.from_iterable(self.buttons), *self.below]
        return {str(number): value for number, value in enumerate(values, start=1)}


def fitted(reply: Reply) -> Fitted | None:
    """A reply in the template whose limits its choices keep; None when there is none, or when nothing can be chosen."""
    titles = [button.title for button in reply.buttons]
    # Twice the same title is refused, and a person could not tell them apart.
    if not titles or len(set(titles)) < len(titles):
        return None
    for kind, limits in (("quick-reply", BUTTONS), ("list-picker", LIST)):
        layout = lay_out(reply, limits)
        if layout.is_numbered:
            continue
        *before, last = layout.parts
        lines, breaks = _lines(last)
        if len(lines) > MOST_LINES:
            return None
        return Fitted(Shape(kind, len(titles), breaks), tuple(before), lines, layout.buttons)
    return _in_numbers(reply)


def _in_numbers(reply: Reply) -> Fitted | None:
    """Titles too long for a button, as numbers; None where that would take several messages."""
    titles = tuple(" ".join(button.title.split()) for button in reply.buttons)
    layout = lay_out(reply, LIST)
    lines, breaks = _lines(layout.parts[-1])
    is_short = all(sum(map(utf16, title)) <= DESCRIPTION for title in titles)
    if len(titles) > LIST.buttons or not is_short or len(layout.parts) > 1 or len(lines) > MOST_LINES:
        return None
    is_few = len(titles) <= BUTTONS.buttons
    shape = Shape("quick-reply" if is_few else "numbered-list", len(titles), breaks)
    return Fitted(shape, (), lines, layout.buttons, is_numbered=True, below=() if is_few else titles)


def _lines(text: str) -> tuple[tuple[str, ...], str]:
    """The lines that say something, and how many ends of lines stand between them."""
    lines: list[str] = []
    breaks, gap = "", 0
    for line in text.split("\n"):
        # Nor may a variable hold a tab, or many spaces in a row.
        if words := " ".join(line.split()):
            breaks += str(min(gap, 2)) if lines else ""
            lines.append(words)
            gap = 0
        gap += 1
    return tuple(lines), breaks


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
                if _NAME.fullmatch(name):
                    self._sids.setdefault(name, text_in(one, "sid") or None)
            url = text_in(as_object(found.get("meta")), "next_page_url")
            path, params = (httpx.URL(url).raw_path.decode() if url else None), None
        self._are_found = True

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()
