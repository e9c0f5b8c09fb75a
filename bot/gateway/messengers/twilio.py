"""SMS through Twilio, and what WhatsApp through Twilio shares with it: signed forms in, text out, numbered choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import httpx
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator, add_port, remove_port  # type: ignore[import-untyped]

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import NO_QUERY, Finding, Incoming, Kind, Payload, Seen, Setting, Undeliverable, said
from bot.gateway.messengers.controls import Control
from bot.gateway.messengers.http import ask, client, objects, same, text_in
from bot.gateway.messengers.layout import LaidOut, Limits, lay_out
from bot.gateway.messengers.path import path

LIMITS = Limits(text=1600)
RECEIPT = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
OPTED_OUT = 21610
NUMBER = r"\+[1-9]\d{6,14}"
_OPT_OUTS = {"STOP": Control.STOP, "START": Control.START, "HELP": Control.HELP}
# Taken from us and lost on the way: the carrier refused it, or the phone is gone.
_NOT_ARRIVED = frozenset({"failed", "undelivered"})
# What WhatsApp reports beside messages; nobody has written anything.
_NOT_SAID = frozenset({"reaction", "system", "unsupported_event", "ephemeral", "request_welcome"})
_REFUSALS = {
    20003: "token_refused",
    21211: "no_such_number",
    21408: "not_permitted",
    21606: "wrong_sender",
    OPTED_OUT: "person_opted_out",
    21614: "no_such_number",
    30003: "phone_unreachable",
    30005: "no_such_number",
    30006: "landline",
    30007: "carrier_refused",
    30034: "number_not_registered",
    63016: "outside_window",
    63024: "no_such_number",
}
ACCOUNT = Setting(
    "BOT_TWILIO_ACCOUNT_SID",
    "the account's SID (console.twilio.com > Account info)",
    pattern=r"AC[0-9a-fA-F]{32}",
    switches_on=False,
)
TOKEN = Setting("BOT_TWILIO_AUTH_TOKEN", "the account's auth token (the same place)", switches_on=False)
PUBLIC = Setting(
    "BOT_PUBLIC_URL",
    "where the assistant is reached; Twilio tells it there what did not arrive",
    default="",
    pattern=r"https?://\S+",
    switches_on=False,
)
API = Setting("BOT_TWILIO_API_URL", "where Twilio's API is", default="https://api.twilio.com", switches_on=False)


class Sms(LaidOut):
    """One phone number, for SMS."""

    name: ClassVar[str] = "sms"
    title: ClassVar[str] = "SMS (Twilio)"
    limits: ClassVar[Limits] = LIMITS
    window: ClassVar[timedelta | None] = None
    # What carriers in the US and Twilio itself take for STOP, beside STOP.
    stop_words: ClassVar[frozenset[str]] = frozenset({"cancel", "end", "quit", "revoke"})
    receipt: ClassVar[tuple[str, str]] = (RECEIPT, "text/xml")
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("BOT_TWILIO_SMS_NUMBER", "the number for SMS, as +13605550100", pattern=NUMBER),
        ACCOUNT,
        TOKEN,
        PUBLIC,
        API,
    )
    prefix: ClassVar[str] = ""
    person: ClassVar[re.Pattern[str]] = re.compile(r"\+?[1-9]\d{2,14}", re.ASCII)
    # Twilio then sends ’ as ', and a text is not cut into parts of 70 letters for one curly quote.
    extra: ClassVar[dict[str, str]] = {"SmartEncoded": "true"}

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        """Prepare; nothing is opened yet."""
        self._account, token = values["BOT_TWILIO_ACCOUNT_SID"], values["BOT_TWILIO_AUTH_TOKEN"]
        self._own = self.prefix + values[self.settings[0].name]
        self._validator = RequestValidator(token)
        self._http = client(values["BOT_TWILIO_API_URL"].rstrip("/"), auth=httpx.BasicAuth(self._account, token))
        public = values["BOT_PUBLIC_URL"].rstrip("/").lower()
        self._webhook = public and public + path(self.name)
        self._path = f"/2010-04-01/Accounts/{self._account}"

    def verify(self, body: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Twilio signs the public address and the form's fields, blank ones included, so those are read first."""
        fields = _fields(body)
        given = headers.get("x-twilio-signature", "")
        if fields is None or not given:
            return False
        parts = urlsplit(url)
        # Twilio's own validator tries both: which of the two is signed has changed over the years.
        addresses = [remove_port(parts), add_port(parts)]
        expected = [self._validator.compute_signature(address, fields) for address in addresses]
        return any([same(given, signature) for signature in expected])

    def challenge(self, query: Mapping[str, str], body: bytes) -> str | None:
        """Twilio asks nothing."""
        return None

    def read(self, body: bytes, query: Mapping[str, str] = NO_QUERY) -> list[Incoming]:
        """One message to our number, or the report that one of ours did not arrive; all other reports are ignored."""
        fields = _fields(body) or ImmutableMultiDict([])
        if fields.get("MessageStatus") in _NOT_ARRIVED:
            return self._read_report(fields, query.get("key", ""))
        event_id, sender = fields.get("MessageSid", ""), fields.get("From", "")
        is_ours = fields.get("AccountSid") == self._account and fields.get("To") == self._own
        is_message = fields.get("SmsStatus", "received") in ("received", "receiving") and "MessageStatus" not in fields
        # A group message names the others; an answer would go to the sender alone, or to all of them.
        is_group = any(name.startswith("OtherRecipients") for name in fields)
        if not (event_id and is_ours and is_message and self._is_person(sender)) or is_group:
            return []
        if control := _OPT_OUTS.get(fields.get("OptOutType", "")):
            return [Incoming(event_id, sender, Kind.CONTROL, control, is_answered=True)]
        for choice, title in (("ButtonPayload", "ButtonText"), ("ListId", "ListTitle")):
            if fields.get(choice, ""):
                return [Incoming(event_id, sender, Kind.CHOICE, fields.get(title, ""), fields[choice])]
        if fields.get("MessageType", "") in _NOT_SAID:
            return []
        text = fields.get("Body", "")
        # What WhatsApp says was sent and Twilio cannot pass on has no words, and its sender waits for an answer.
        is_unread = not text and "MessageType" in fields
        has_attached = fields.get("NumMedia", "0") not in ("", "0") or "Latitude" in fields or is_unread
        return said(event_id, sender, text, has_attached=has_attached)

    def _read_report(self, fields: Mapping[str, str], key: str) -> list[Incoming]:
        event_id, person = fields.get("MessageSid", ""), fields.get("To", "")
        is_ours = fields.get("AccountSid") == self._account and fields.get("From") == self._own
        if not (event_id and key and is_ours and self._is_person(person)):
            return []
        code = code_of({"code": fields.get("ErrorCode", "")})
        known = _REFUSALS.get(code, f"code_{code}") if code else "not_arrived"
        return [Incoming(f"{event_id} report", person, Kind.REPORT, known, key)]

    def _addressed(self, address: str, key: str) -> dict[str, str]:
        """To whom, from where, and where it is to be reported what came of it."""
        about = {"StatusCallback": f"{self._webhook}?key={key}"} if self._webhook else {}
        return {"To": address, "From": self._own, **about}

    def _is_person(self, sender: str) -> bool:
        return sender.startswith(self.prefix) and self.person.fullmatch(sender.removeprefix(self.prefix)) is not None

    def render(self, reply: Reply) -> list[Payload]:
        """Text; buttons as numbered lines."""
        return [{"Body": part} for part in lay_out(reply, self.limits).parts]

    def seen(self, payload: Payload) -> Seen:
        """The text is all there is."""
        return Seen(payload["Body"])

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        """Send one message, unless an earlier attempt has put the same words on their way."""
        if is_repeated and await self._is_sent(address, payload["Body"]):
            return
        form = {**self._addressed(address, key), **payload, **self.extra}
        status, content = await ask(self._http, "POST", f"{self._path}/Messages.json", data=form)
        if status != 201:
            raise undeliverable(status, content)

    async def _is_sent(self, address: str, body: str) -> bool:
        # Twilio takes no key that names a message, but tells what it has sent: newest first, so the last one counts.
        query = {"To": address, "From": self._own, "PageSize": "1"}
        _, content = await ask(self._http, "GET", f"{self._path}/Messages.json", params=query)
        return any(text_in(sent, "body") == body for sent in objects(content.get("messages")))

    async def acknowledge(self, incoming: Incoming) -> None:
        """SMS shows no typing; for WhatsApp Twilio offers it, and says that it is not for health data."""

    async def check(self, webhook_url: str) -> list[Finding]:
        """Whether the account's SID and token belong together."""
        status, account = await ask(self._http, "GET", f"{self._path}.json")
        if status != 200:
            return [Finding(False, f"The SID and the token were refused (status {status}): copy both anew.")]
        state = text_in(account, "status")
        return [
            Finding(state == "active", f"The account “{text_in(account, 'friendly_name')}” is {state}."),
            Finding(True, f"“A message comes in” for {self._own}: webhook {webhook_url}, HTTP POST"),
        ]

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()


def code_of(content: Mapping[str, Any]) -> int:
    """Twilio's number for what went wrong; 0 when it names none."""
    code = text_in(content, "code")
    return int(code) if code.isascii() and code.isdigit() and len(code) < 9 else 0


def undeliverable(status: int, content: Mapping[str, Any]) -> Undeliverable:
    """Why Twilio will not take a message, from its answer."""
    code = code_of(content)
    reason = _REFUSALS.get(code, f"code_{code}" if code else f"status_{status}")
    return Undeliverable(reason, is_wished=code == OPTED_OUT)


def _fields(body: bytes) -> ImmutableMultiDict[str, str] | None:
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, strict_parsing=False, max_num_fields=200)
    except (UnicodeDecodeError, ValueError):
        return None
    return ImmutableMultiDict(pairs)


MESSENGERS = (Sms,)
