"""Slack: signed events and pressed buttons of direct messages, answered through Slack's own library."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs

from slack_sdk.signature import SignatureVerifier

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
from bot.gateway.messengers.http import as_object, json_object, moment, number_in, objects, seconds_to_wait, text_in
from bot.gateway.messengers.layout import LaidOut, Limits, lay_out, utf16
from bot.gateway.messengers.slack_api import SlackApi

BUTTONS_A_ROW = 5
# What the app asks for: to answer, and to look whether an answer has arrived.
SCOPES = ("chat:write", "im:history")
EVENT_TYPE = "assistant_reply"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_DIRECT = re.compile(r"D[A-Z0-9]{5,20}", re.ASCII)
_STAMP = re.compile(r"\d{9,11}", re.ASCII)
# What a person says with a file, after `/me`, and in a thread while telling the whole chat of it.
_SAID = frozenset({"file_share", "me_message", "thread_broadcast"})
_BUSY = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
)


def escaped(text: str) -> str:
    """Text as Slack reads it, with the three characters that mean something to it."""
    return "".join(_ESCAPES.get(character, character) for character in text)


def unescaped(text: str) -> str:
    """What a person typed."""
    for character, escape in reversed(_ESCAPES.items()):
        text = text.replace(escape, character)
    return text


# Counted as it is sent: one `&` is five characters there.
LIMITS = Limits(text=3000, buttons=25, title=75, width=lambda c: len(_ESCAPES[c]) if c in _ESCAPES else utf16(c))


class Slack(LaidOut):
    """One app in one workspace, spoken to in direct messages."""

    name: ClassVar[str] = "slack"
    title: ClassVar[str] = "Slack"
    limits: ClassVar[Limits] = LIMITS
    window: ClassVar[timedelta | None] = None
    stop_words: ClassVar[frozenset[str]] = frozenset()
    receipt: ClassVar[tuple[str, str]] = ("", "text/plain")
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("BOT_SLACK_TOKEN", "the bot user's token (app > OAuth & Permissions)", pattern=r"xoxb-\S+"),
        Setting(
            "BOT_SLACK_SIGNING_SECRET", "the signing secret (app > Basic Information)", pattern=r"[0-9a-zA-Z]{16,}"
        ),
        Setting("BOT_SLACK_APP_ID", "the app's id (app > Basic Information)", pattern=r"A[A-Z0-9]{5,20}"),
        Setting("BOT_SLACK_API_URL", "where Slack's API is", default="https://slack.com/api/", switches_on=False),
    )

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        """Prepare; nothing is opened yet."""
        self._app = values["BOT_SLACK_APP_ID"]
        self._verifier = SignatureVerifier(values["BOT_SLACK_SIGNING_SECRET"])
        self._api = SlackApi(values["BOT_SLACK_TOKEN"], values["BOT_SLACK_API_URL"])

    def verify(self, body: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Slack's `v0` signature over the body and a time that is at most five minutes off."""
        stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
        # The library trusts their form: it raises on a time that is no number and on a signature that is not ASCII.
        if not _STAMP.fullmatch(stamp) or not signature.isascii():
            return False
        try:
            return self._verifier.is_valid(body, stamp, signature)
        except UnicodeDecodeError:
            return False

    def challenge(self, query: Mapping[str, str], body: bytes) -> str | None:
        """Slack's url_verification when the address is entered."""
        content = json_object(body)
        if content.get("type") != "url_verification":
            return None
        found = text_in(content, "challenge")
        return found if found.isalnum() and found.isascii() and len(found) <= 200 else None

    def read(self, body: bytes, query: Mapping[str, str] = NO_QUERY) -> list[Incoming]:
        """Direct messages and pressed buttons; channels, edits, joins, and whatever a bot says are ignored."""
        if body.startswith(b"payload="):
            form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
            return self._read_buttons(json_object(form.get("payload", [""])[0].encode("utf-8", "replace")))
        content = json_object(body)
        event, event_id = as_object(content.get("event")), text_in(content, "event_id")
        is_ours = content.get("type") == "event_callback" and text_in(content, "api_app_id") == self._app
        is_direct = event.get("type") == "message" and event.get("channel_type") == "im"
        sender = text_in(event, "channel")
        if not (is_ours and event_id and is_direct and _DIRECT.fullmatch(sender)) or _is_from_bot(event):
            return []
        at = moment(number_in(content, "event_time"))
        text = unescaped(text_in(event, "text"))
        return said(event_id, sender, text, at, has_attached=bool(objects(event.get("files"))))

    def _read_buttons(self, content: dict[str, Any]) -> list[Incoming]:
        sender = text_in(as_object(content.get("channel")), "id")
        if content.get("type") != "block_actions" or text_in(content, "api_app_id") != self._app:
            return []
        if not _DIRECT.fullmatch(sender):
            return []
        trigger = text_in(content, "trigger_id")
        return [
            Incoming(
                f"{trigger} {text_in(action, 'action_ts')} {text_in(action, 'value')}",
                sender,
                Kind.CHOICE,
                text_in(as_object(action.get("text")), "text"),
                text_in(action, "value"),
                moment(
                    float(stamp) if re.fullmatch(r"\d{1,11}\.\d{1,9}", stamp := text_in(action, "action_ts")) else 0
                ),
            )
            for action in objects(content.get("actions"))
            if action.get("type") == "button" and text_in(action, "value")
        ]

    def render(self, reply: Reply) -> list[Payload]:
        """Messages of one block of text; the last one carries the buttons, five a row."""
        layout = lay_out(reply, self.limits)
        payloads: list[Payload] = [
            {"text": escaped(part), "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": escaped(part)}}]}
            for part in layout.parts
        ]
        elements = [
            {
                "type": "button",
                "text": {"type": "plain_text", "text": label, "emoji": False},
                "action_id": f"choice-{number}",
                "value": choice,
            }
            for number, (label, choice) in enumerate(layout.buttons, start=1)
        ]
        for start in range(0, len(elements), BUTTONS_A_ROW):
            row = elements[start : start + BUTTONS_A_ROW]
            payloads[-1]["blocks"].append({"type": "actions", "elements": row})
        return payloads

    def seen(self, payload: Payload) -> Seen:
        """The text, and the buttons under it."""
        section, *rows = payload["blocks"]
        labels = tuple(element["text"]["text"] for row in rows for element in row["elements"])
        return Seen(unescaped(section["text"]["text"]), labels)

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        """Post one message, unless an earlier attempt has posted it; the key lies in the message's metadata."""
        if is_repeated and await self._is_posted(address, key):
            return
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        await self._call(
            "chat_postMessage", channel=address, **payload, metadata=metadata, unfurl_links=False, unfurl_media=False
        )

    async def _is_posted(self, address: str, key: str) -> bool:
        content = await self._call("conversations_history", channel=address, limit=20, include_all_metadata=True)
        known = [as_object(as_object(m.get("metadata")).get("event_payload")) for m in objects(content.get("messages"))]
        return any(payload.get("key") == key for payload in known)

    async def _call(self, method: str, **arguments: Any) -> dict[str, Any]:
        return (await self._call_with_headers(method, **arguments))[0]

    async def _call_with_headers(self, method: str, **arguments: Any) -> tuple[dict[str, Any], Mapping[str, str]]:
        status, headers, content = await self._api.call(method, **arguments)
        if content.get("ok") is True:
            return content, headers
        code, after = text_in(content, "error"), seconds_to_wait(headers.get("retry-after", ""))
        if status == 429 or status >= 500 or code in _BUSY:
            is_limit = status == 429 or code in ("ratelimited", "rate_limited")
            reason = "rate_limited" if is_limit else code or f"status_{status}"
            raise TryLater(reason, after, may_have_arrived=not is_limit)
        raise Undeliverable(re.sub(r"[^a-z_]", "", code)[:40] or f"status_{status}")

    async def acknowledge(self, incoming: Incoming) -> None:
        """Slack shows no typing for a bot."""

    async def check(self, webhook_url: str) -> list[Finding]:
        """Whether the token is a bot's, and whether it may do what it must."""
        try:
            who, headers = await self._call_with_headers("auth_test")
        except Undeliverable as error:
            return [Finding(False, f"The token was refused ({error.reason}): install the app to the workspace anew.")]
        granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
        missing = [scope for scope in SCOPES if scope not in granted]
        remedy = f"add {', '.join(missing)} under OAuth & Permissions, and install the app anew."
        return [
            Finding(True, f"The token speaks for {text_in(who, 'user')} in {text_in(who, 'team')}."),
            Finding(not missing, f"To do: {remedy}" if missing else "The permissions are there."),
            Finding(True, f"Event Subscriptions and Interactivity: request URL {webhook_url}"),
        ]

    async def close(self) -> None:
        """Close all connections."""
        await self._api.close()


def _is_from_bot(event: Mapping[str, Any]) -> bool:
    # Whatever has another subtype is an edit, a deletion, a join or a bot's.
    subtype = text_in(event, "subtype")
    return bool(event.get("bot_id") or event.get("app_id")) or (subtype not in _SAID and bool(event.get("subtype")))


MESSENGERS = (Slack,)
