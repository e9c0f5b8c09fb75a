"""How a reply looks on each messenger: made by the messengers' own renderers, read back from what they would send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.conversation.reply import Reply
from bot.gateway.messengers import registry


@dataclass(frozen=True)
class Bubble:
    """One message on a platform."""

    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """A reply on one platform."""

    name: str
    title: str
    bubbles: tuple[Bubble, ...]


def channels() -> list[tuple[str, str]]:
    """Name and title of every messenger, set up here or not."""
    return sorted((kind.name, kind.title) for kind in registry.kinds())


def preview(reply: Reply, channel: str) -> Preview | None:
    """A reply on the messenger of that name; None when there is no such messenger."""
    for kind in registry.kinds():
        if kind.name == channel:
            # Rendering needs no account, so none is set up for it.
            payloads = kind.__new__(kind).render(reply)
            return Preview(kind.name, kind.title, tuple(_bubble(payload) for payload in payloads))
    return None


def _bubble(payload: dict[str, Any]) -> Bubble:
    text = str(payload.get("text") or payload.get("Body") or _attached(payload).get("text") or "")
    return Bubble(text, tuple(_labels(payload)))


def _attached(payload: dict[str, Any]) -> dict[str, Any]:
    found = payload.get("attachment", {}).get("payload", {})
    return found if isinstance(found, dict) else {}


def _labels(payload: dict[str, Any]) -> Iterator[str]:
    """Facebook's quick replies and buttons, Telegram's keyboard, Slack's actions."""
    for button in (*payload.get("quick_replies", ()), *_attached(payload).get("buttons", ())):
        yield str(button["title"])
    for row in payload.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from (str(button["text"]) for button in row)
    for block in payload.get("blocks", ()):
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            yield str(element["text"]["text"])
