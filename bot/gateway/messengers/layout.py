"""A reply as plain text in its order, split at sentence ends; choices that find no button become numbered lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.conversation.reply import Button, Kind, Reply

ASK_FOR_NUMBER = "Reply with a number:"
# A sentence with the marks that close it, or a line.
_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"”’)\]]*(?=\s)|(?=\n)|\Z)", re.DOTALL)

Width = Callable[[str], int]


def utf16(character: str) -> int:
    """How much a character counts for at platforms that count UTF-16 units, the larger of the two usual counts."""
    return 2 if ord(character) > 0xFFFF else 1


@dataclass(frozen=True)
class Layout:
    """A reply ready for a platform.

    Attributes:
        parts: The text, each part within the limit.
        buttons: What the last part offers as buttons, (label, choice id) each.
        is_numbered: Whether the choices stand in the text with a number each.
    """

    parts: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...] = ()
    is_numbered: bool = False


@dataclass(frozen=True)
class Limits:
    """What a platform's message can hold.

    Attributes:
        text: Of one message, as counted by `width`.
        buttons: The most buttons of one message; 0 where there are none.
        title: The longest label of a button.
    """

    text: int
    buttons: int = 0
    title: int = 0
    width: Width = utf16


def lay_out(reply: Reply, limits: Limits) -> Layout:
    """Everything a reply holds, within the limits.

    Buttons carry their titles when all of them fit. Otherwise the titles stand in the text, numbered, and the buttons,
    as many as there may be, carry the numbers.
    """
    titles_fit = len(reply.buttons) <= limits.buttons and all(
        sum(map(limits.width, button.title)) <= limits.title for button in reply.buttons
    )
    units = _units("\n\n".join(paragraphs(reply)))
    if titles_fit:
        return Layout(_packed(units, limits), tuple((button.title, button.payload) for button in reply.buttons))
    units += numbered(reply.buttons)
    numbers = tuple((str(n), b.payload) for n, b in enumerate(reply.buttons[: limits.buttons], start=1))
    return Layout(_packed(units, limits), numbers, is_numbered=True)


class LaidOut:
    """A messenger whose replies all keep the same limits.

    Attributes:
        limits: What one of its messages can hold.
    """

    limits: ClassVar[Limits]

    def numbers_choices(self, reply: Reply) -> bool:
        """Whether the choices stand in the text with a number each: some title is too long, or there are too many."""
        return lay_out(reply, self.limits).is_numbered


def paragraphs(reply: Reply) -> list[str]:
    """What is said, first things first: the consult-first line, or in an emergency what to do now."""
    if reply.kind is Kind.EMERGENCY:
        found = [reply.text, reply.consult_first]
    else:
        found = [reply.consult_first, reply.text]
    if reply.progress:
        found.insert(1, f"Question {reply.progress.step} of about {max(reply.progress.of, reply.progress.step)}")
    for note in reply.notes:
        source = ", ".join(part for part in (note.source, note.url) if part)
        found.append(f"Editor's note: {note.text} ({source})" if source else f"Editor's note: {note.text}")
    sections = dict.fromkeys(source.section for source in reply.sources)
    if sections:
        found.append(f"From the article: {'; '.join(sections)}")
    return [paragraph.strip() for paragraph in found if paragraph.strip()]


def numbered(buttons: Sequence[Button]) -> list[tuple[str, str]]:
    """The choices as numbered lines, each with the space before it."""
    lines = [f"{number}. {' '.join(button.title.split())}" for number, button in enumerate(buttons, start=1)]
    return [("\n\n", ASK_FOR_NUMBER), *(("\n", line) for line in lines)]


def split_text(text: str, limit: int, width: Width = utf16) -> tuple[str, ...]:
    """A text in parts within the limit, split at sentence ends where there are any."""
    return _packed(_units(text), Limits(limit, width=width))


def _units(text: str) -> list[tuple[str, str]]:
    """The sentences and lines of a text, each with the space before it."""
    units, end = [], 0
    for match in _SENTENCE.finditer(text):
        units.append((text[end : match.start()], match[0]))
        end = match.end()
    return units


def _packed(units: Sequence[tuple[str, str]], limits: Limits) -> tuple[str, ...]:
    parts: list[str] = []
    current, used = "", 0
    for space, unit in units:
        gap, size = _size(space, limits), _size(unit, limits)
        if current and used + gap + size <= limits.text:
            current, used = current + space + unit, used + gap + size
            continue
        if current:
            parts.append(current)
        *full, current = _broken(unit, limits)
        parts += full
        used = _size(current, limits)
    return (*parts, current) if current else tuple(parts)


def _broken(unit: str, limits: Limits) -> list[str]:
    """A sentence in pieces within the limit: between words, or anywhere when a word alone is longer."""
    pieces = []
    while _size(unit, limits) > limits.text:
        end = _fitting(unit, limits)
        space = unit.rfind(" ", 1, end + 1)
        cut = space if space > 0 else end
        pieces.append(unit[:cut].rstrip())
        unit = unit[cut:].lstrip()
    return [*pieces, unit] if unit or not pieces else pieces


def _fitting(unit: str, limits: Limits) -> int:
    """How many characters fit into one message; at least one."""
    used = 0
    for index, character in enumerate(unit):
        used += limits.width(character)
        if used > limits.text:
            return max(1, index)
    return len(unit)


def _size(text: str, limits: Limits) -> int:
    return sum(map(limits.width, text))
