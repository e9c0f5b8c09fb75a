"""A reply in one of Twilio's content templates: which one, and what fills it.

Everything that is said is a variable, so no word of the clinic or of a patient stands in a template. Only the ends of
lines do, since Twilio refuses a variable that holds one (error 21656).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import Payload
from bot.gateway.messengers.layout import Limits, lay_out, numbered, utf16

BODY = 1024
BUTTONS = Limits(BODY, buttons=3, title=20)
DESCRIPTION = 72
LIST = Limits(BODY, buttons=10, title=24)
# A template holds up to a hundred variables, up to three of them for each choice.
MOST_LINES = 30
LIST_LABEL = "Choose an answer"
TAP = "Tap to choose"
_FIRST = "clinic-assistant"
_NAME = re.compile(rf"{_FIRST}-(quick-reply|list-picker|numbered-list)-(\d+)-(0|[12]+)", re.ASCII)


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

    @staticmethod
    def is_name(name: str) -> bool:
        """Whether a template of ours is called so."""
        return _NAME.fullmatch(name) is not None

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
