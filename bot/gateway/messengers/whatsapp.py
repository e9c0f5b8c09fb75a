"""WhatsApp through Twilio: as SMS, but choices are buttons or a list, by Twilio's content templates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar

import httpx

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import Finding, Payload, Seen, Setting
from bot.gateway.messengers.http import ask, client
from bot.gateway.messengers.twilio import ACCOUNT, API, NUMBER, PUBLIC, TOKEN, Sms, code_of, undeliverable
from bot.gateway.messengers.twilio_content import TEMPLATE_REFUSED, Templates
from bot.gateway.messengers.twilio_shapes import Shape, fitted, numbered_lines

_CONTENT = Setting(
    "BOT_TWILIO_CONTENT_URL",
    "where Twilio's Content API is",
    default="https://content.twilio.com",
    switches_on=False,
)


class WhatsApp(Sms):
    """One WhatsApp sender."""

    name: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp (Twilio)"
    window: ClassVar[timedelta | None] = timedelta(hours=24)
    stop_words: ClassVar[frozenset[str]] = frozenset()
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("BOT_TWILIO_WHATSAPP_NUMBER", "the number of the WhatsApp sender, as +13605550100", pattern=NUMBER),
        ACCOUNT,
        TOKEN,
        PUBLIC,
        API,
        _CONTENT,
    )
    prefix: ClassVar[str] = "whatsapp:"
    # Whoever goes by a username may hide the number; then WhatsApp names the person by country and an id.
    person: ClassVar[re.Pattern[str]] = re.compile(r"\+?[1-9]\d{2,14}|[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}", re.ASCII)
    extra: ClassVar[dict[str, str]] = {}

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        """Prepare; nothing is opened yet."""
        super().__init__(values, derive)
        auth = httpx.BasicAuth(self._account, values["BOT_TWILIO_AUTH_TOKEN"])
        self._templates = Templates(client(values["BOT_TWILIO_CONTENT_URL"].rstrip("/"), auth=auth))

    def render(self, reply: Reply) -> list[Payload]:
        """Text; the last message carries the choices, as buttons where they fit and as numbered lines in any case."""
        found = fitted(reply)
        if found is None:
            return super().render(reply)
        last = {
            "Body": found.text if found.is_numbered else numbered_lines(found.text, reply),
            "text": found.text,
            "shape": found.shape.name,
            "variables": found.variables,
        }
        return [*({"Body": part} for part in found.before), last]

    def numbers_choices(self, reply: Reply) -> bool:
        """Whether its choices stand in the text with numbers: they fit no template, or Twilio has refused theirs."""
        found = fitted(reply)
        if found is None:
            return super().numbers_choices(reply)
        return found.is_numbered or self._templates.is_refused(found.shape)

    def seen(self, payload: Payload) -> Seen:
        """The text of the template, with its buttons or the entries of its list."""
        if "shape" not in payload:
            return super().seen(payload)
        shape = Shape.named(payload["shape"])
        first = len(shape.breaks) + 1
        offered = list(payload["variables"].values())[first : first + 2 * shape.count]
        return Seen(payload["text"], tuple(offered[::2]))

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        """Send with buttons where Twilio lets us, else with numbered lines: "2" answers both."""
        if "shape" not in payload:
            return await super().send(address, payload, key, is_repeated=is_repeated)
        shape = Shape.named(payload["shape"])
        plain = {"Body": payload["Body"]}
        if is_repeated and (
            await self._is_sent(address, payload["text"]) or await self._is_sent(address, plain["Body"])
        ):
            return None
        sid = await self._templates.sid(shape)
        if sid is None:
            return await super().send(address, plain, key, is_repeated=False)
        content = {"ContentSid": sid, "ContentVariables": json.dumps(payload["variables"])}
        form = {**self._addressed(address, key), **content}
        status, answer = await ask(self._http, "POST", f"{self._path}/Messages.json", data=form)
        if status == 201:
            return None
        if code_of(answer) in TEMPLATE_REFUSED:
            # Deleted in Twilio's console, or not what Twilio takes any more: the words must arrive all the same.
            self._templates.forget(shape)
            return await super().send(address, plain, key, is_repeated=False)
        raise undeliverable(status, answer)

    async def check(self, webhook_url: str) -> list[Finding]:
        """Whether the account's SID and token belong together, and whether there can be buttons."""
        findings = await super().check(webhook_url)
        if findings[0].ok:
            findings.append(await self._templates.check())
        return findings

    async def close(self) -> None:
        """Close all connections."""
        await super().close()
        await self._templates.close()


MESSENGERS = (WhatsApp,)
