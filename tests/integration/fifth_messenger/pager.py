"""A messenger that nobody has: all that a fifth needs, in one file. It keeps what it sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import NO_QUERY, Finding, Incoming, Kind, Payload, Seen, Setting
from bot.gateway.messengers.http import json_object, same, text_in
from bot.gateway.messengers.layout import LaidOut, Limits, lay_out


class Pager(LaidOut):
    """A pager."""

    name: ClassVar[str] = "pager"
    title: ClassVar[str] = "Pager"
    limits = Limits(text=240)
    window: ClassVar[timedelta | None] = None
    stop_words: ClassVar[frozenset[str]] = frozenset()
    receipt: ClassVar[tuple[str, str]] = ("", "text/plain")
    settings: ClassVar[tuple[Setting, ...]] = (Setting("BOT_PAGER_SECRET", "the pager's secret", pattern=r"\w{8,}"),)
    sent: ClassVar[list[tuple[str, str]]] = []

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        self._secret = values["BOT_PAGER_SECRET"]

    def verify(self, body: bytes, headers: Mapping[str, str], url: str) -> bool:
        return same(headers.get("x-pager-secret", ""), self._secret)

    def challenge(self, query: Mapping[str, str], body: bytes) -> str | None:
        return None

    def read(self, body: bytes, query: Mapping[str, str] = NO_QUERY) -> list[Incoming]:
        said = json_object(body)
        event_id, sender, text = (text_in(said, name) for name in ("id", "from", "text"))
        return [Incoming(event_id, sender, Kind.TEXT, text)] if event_id and sender and text else []

    def render(self, reply: Reply) -> list[Payload]:
        return [{"page": part} for part in lay_out(reply, self.limits).parts]

    def seen(self, payload: Payload) -> Seen:
        return Seen(payload["page"])

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        self.sent.append((address, payload["page"]))

    async def acknowledge(self, incoming: Incoming) -> None:
        pass

    async def check(self, webhook_url: str) -> list[Finding]:
        return [Finding(True, f"Pages come to {webhook_url}.")]

    async def close(self) -> None:
        pass


MESSENGERS = (Pager,)
