"""How a reply looks on each messenger: made by the messengers' own renderers, read back from what they would send."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.reply import Reply
from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Seen


@dataclass(frozen=True)
class Preview:
    """A reply on one platform."""

    name: str
    title: str
    bubbles: tuple[Seen, ...]


def channels() -> list[tuple[str, str]]:
    """Name and title of every messenger, set up here or not."""
    return sorted((kind.name, kind.title) for kind in registry.kinds())


def preview(reply: Reply, channel: str) -> Preview | None:
    """A reply on the messenger of that name; None when there is no such messenger."""
    for kind in registry.kinds():
        if kind.name == channel:
            # Rendering needs no account, so none is set up for it.
            messenger = kind.__new__(kind)
            return Preview(kind.name, kind.title, tuple(map(messenger.seen, messenger.render(reply))))
    return None
