"""Facebook Messenger: signed batches in, quick replies out, within 24 hours of a person's last message."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from bot.conversation.reply import Reply
from bot.gateway.messengers.base import (
    NO_QUERY,
    Finding,
    Incoming,
    Kind,
    Payload,
    Seen,
    Setting,
    TryLater,
    Undeliverable,
    said,
)
from bot.gateway.messengers.controls import Control
from bot.gateway.messengers.http import as_object, ask, client, json_object, moment, number_in, objects, same, text_in
from bot.gateway.messengers.layout import LaidOut, Limits, lay_out

GET_STARTED = "GET_STARTED"
LIMITS = Limits(text=2000, buttons=13, title=20)
# What the page must be subscribed to; `bot messengers check` compares.
FIELDS = ("messages", "messaging_postbacks")
_PERSON = re.compile(r"\d{1,32}", re.ASCII)
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}", re.ASCII)
_BUSY = frozenset({1, 2, 4, 17, 32, 341, 613, 1200})
# By code, and by code and subcode where that says more.
_REFUSALS = {
    (10, 0): "not_permitted",
    (10, 2018065): "outside_window",
    (10, 2018278): "outside_window",
    (100, 2018001): "no_such_person",
    (190, 0): "token_refused",
    (200, 0): "not_permitted",
    (200, 1545041): "blocked_us",
    (200, 2018108): "blocked_us",
    (368, 0): "page_blocked",
    (551, 0): "blocked_us",
}


class Facebook(LaidOut):
    """One Facebook page."""

    name: ClassVar[str] = "facebook"
    title: ClassVar[str] = "Facebook Messenger"
    limits: ClassVar[Limits] = LIMITS
    window: ClassVar[timedelta | None] = timedelta(hours=24)
    stop_words: ClassVar[frozenset[str]] = frozenset()
    receipt: ClassVar[tuple[str, str]] = ("", "text/plain")
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("BOT_FACEBOOK_PAGE_ID", "the page's number (page > About > Page transparency)", pattern=r"\d{1,32}"),
        Setting("BOT_FACEBOOK_PAGE_TOKEN", "the page access token (app > Messenger > Settings > Generate token)"),
        Setting("BOT_FACEBOOK_APP_SECRET", "the app secret (app > App settings > Basic)", pattern=r"[0-9a-fA-F]{16,}"),
        Setting(
            "BOT_FACEBOOK_VERIFY_TOKEN",
            "the verify token entered with the webhook; made from this installation's secrets when not set",
            default="",
            switches_on=False,
        ),
        Setting(
            "BOT_FACEBOOK_API_URL",
            "where the Graph API is",
            default="https://graph.facebook.com/v23.0",
            switches_on=False,
        ),
    )

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        """Prepare; nothing is opened yet."""
        self._page = values["BOT_FACEBOOK_PAGE_ID"]
        self._secret = values["BOT_FACEBOOK_APP_SECRET"].encode()
        token = values["BOT_FACEBOOK_PAGE_TOKEN"]
        self._verify_token = values["BOT_FACEBOOK_VERIFY_TOKEN"] or derive("facebook webhook")
        # The proof shows Meta that a call with the page's token comes from the app itself.
        proof = hmac.new(self._secret, token.encode(), hashlib.sha256).hexdigest()
        self._http = client(
            values["BOT_FACEBOOK_API_URL"].rstrip("/"), params={"access_token": token, "appsecret_proof": proof}
        )

    def verify(self, body: bytes, headers: Mapping[str, str], url: str) -> bool:
        """The SHA-256 signature alone counts; the older SHA-1 header is not looked at."""
        given = headers.get("x-hub-signature-256", "")
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        return _SIGNATURE.fullmatch(given) is not None and same(given, expected)

    def challenge(self, query: Mapping[str, str], body: bytes) -> str | None:
        """Meta's handshake when the webhook is registered."""
        if query.get("hub.mode") != "subscribe" or not same(query.get("hub.verify_token", ""), self._verify_token):
            return None
        challenge = query.get("hub.challenge", "")
        return challenge if challenge.isalnum() and challenge.isascii() and len(challenge) <= 100 else None

    def read(self, body: bytes, query: Mapping[str, str] = NO_QUERY) -> list[Incoming]:
        """Messages and postbacks of every entry for our page; echoes, reads, reactions, edits, standby are ignored."""
        content = json_object(body)
        if content.get("object") != "page":
            return []
        found: list[Incoming] = []
        for entry in objects(content.get("entry")):
            if text_in(entry, "id") == self._page:
                for event in objects(entry.get("messaging")):
                    found += self._read_event(event)
        return found

    def _read_event(self, event: dict[str, Any]) -> list[Incoming]:
        sender = text_in(as_object(event.get("sender")), "id")
        recipient = text_in(as_object(event.get("recipient")), "id")
        if not _PERSON.fullmatch(sender) or sender == self._page or recipient != self._page:
            return []
        at = moment(number_in(event, "timestamp") / 1000)
        if message := as_object(event.get("message")):
            return self._read_message(message, sender, at)
        postback = as_object(event.get("postback"))
        payload, title = text_in(postback, "payload"), text_in(postback, "title")
        if not payload:
            return []
        event_id = text_in(postback, "mid") or f"{sender} {text_in(event, 'timestamp')} {payload}"
        if payload == GET_STARTED:
            return [Incoming(event_id, sender, Kind.CONTROL, Control.START, at=at)]
        return [Incoming(event_id, sender, Kind.CHOICE, title, payload, at)]

    @staticmethod
    def _read_message(message: dict[str, Any], sender: str, at: Any) -> list[Incoming]:
        mid, text = text_in(message, "mid"), text_in(message, "text")
        if not mid or message.get("is_echo") or message.get("is_deleted"):
            return []
        if choice := text_in(as_object(message.get("quick_reply")), "payload"):
            return [Incoming(mid, sender, Kind.CHOICE, text, choice, at)]
        # A link that is typed comes with a preview of type `fallback`; the person has attached nothing. Shared without
        # a word it is all there is.
        attached = objects(message.get("attachments"))
        # What Messenger cannot pass on comes with nothing at all, and its sender waits for an answer.
        has_attached = any(item.get("type") != "fallback" for item in attached) or not text
        return said(mid, sender, text, at, has_attached=has_attached)

    def render(self, reply: Reply) -> list[Payload]:
        """Text messages; the last one carries the quick replies."""
        layout = lay_out(reply, self.limits)
        payloads: list[Payload] = [{"text": part} for part in layout.parts]
        if layout.buttons:
            payloads[-1]["quick_replies"] = [
                {"content_type": "text", "title": label, "payload": choice} for label, choice in layout.buttons
            ]
        return payloads

    def seen(self, payload: Payload) -> Seen:
        """The text, and the quick replies under it."""
        return Seen(payload["text"], tuple(reply["title"] for reply in payload.get("quick_replies", ())))

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        """Send as an answer to the person's message, the only kind that needs no permission of its own."""
        body = {"recipient": {"id": address}, "messaging_type": "RESPONSE", "message": payload}
        status, content = await ask(self._http, "POST", f"/{self._page}/messages", json=body)
        if status != 200:
            _raise_for(content, status)

    async def acknowledge(self, incoming: Incoming) -> None:
        """Show the typing dots; they end with the answer."""
        body = {"recipient": {"id": incoming.sender}, "sender_action": "typing_on"}
        await ask(self._http, "POST", f"/{self._page}/messages", json=body)

    async def check(self, webhook_url: str) -> list[Finding]:
        """Whether the token is the page's, and whether the page sends us what we read."""
        status, page = await ask(self._http, "GET", f"/{self._page}", params={"fields": "id,name"})
        if status != 200 or text_in(page, "id") != self._page:
            code = text_in(as_object(page.get("error")), "code") or str(status)
            return [Finding(False, f"The page token was refused (code {code}): make a new one for this page.")]
        found = [Finding(True, f"The token speaks for the page “{text_in(page, 'name')}”.")]
        status, apps = await ask(self._http, "GET", f"/{self._page}/subscribed_apps")
        fields = {field for app in objects(apps.get("data")) for field in app.get("subscribed_fields") or ()}
        missing = [field for field in FIELDS if field not in fields]
        remedy = f"subscribe the page to {', '.join(missing)} (app > Messenger > Settings > Webhooks)."
        found.append(Finding(not missing, f"To do: {remedy}" if missing else "The page is subscribed."))
        found.append(Finding(True, f"Callback URL {webhook_url}, verify token {self._verify_token}"))
        return found

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()


def _raise_for(content: Mapping[str, Any], status: int) -> None:
    error = as_object(content.get("error"))
    code = int(number_in(error, "code"))
    if code in _BUSY or error.get("is_transient") is True:
        raise TryLater("rate_limited" if code in {4, 17, 32, 341, 613} else f"code_{code}")
    subcode = int(number_in(error, "error_subcode"))
    known = _REFUSALS.get((code, subcode)) or _REFUSALS.get((code, 0))
    raise Undeliverable(known or (f"code_{code}" if code else f"status_{status}"))


MESSENGERS = (Facebook,)
