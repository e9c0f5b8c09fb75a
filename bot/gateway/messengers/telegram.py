"""Telegram: one update at a time under a shared secret, buttons under the message."""

from __future__ import annotations

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
from bot.gateway.messengers.http import as_object, ask, client, json_object, moment, number_in, same, text_in
from bot.gateway.messengers.layout import LaidOut, Limits, lay_out

# A label longer than this is cut off on a phone; `callback_data` holds 64 bytes, a choice's id has 16.
LIMITS = Limits(text=4096, buttons=20, title=40)
UPDATES = ("message", "callback_query")
SECRET_HEADER = "x-telegram-bot-api-secret-token"
_PERSON = re.compile(r"\d{1,20}", re.ASCII)
# Service messages about a chat, which nobody wrote.
_NOT_SAID = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "pinned_message",
        "message_auto_delete_timer_changed",
    }
)
_SAID = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media", "photo",
        "poll", "sticker", "story", "venue", "video", "video_note", "voice",
    }
)  # fmt: skip
_REFUSALS = {400: "refused", 401: "token_refused", 403: "blocked_us", 404: "token_refused"}


class Telegram(LaidOut):
    """One bot of Telegram."""

    name: ClassVar[str] = "telegram"
    title: ClassVar[str] = "Telegram"
    limits: ClassVar[Limits] = LIMITS
    window: ClassVar[timedelta | None] = None
    stop_words: ClassVar[frozenset[str]] = frozenset()
    receipt: ClassVar[tuple[str, str]] = ("", "text/plain")
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("BOT_TELEGRAM_TOKEN", "the token that @BotFather gave", pattern=r"\d{3,20}:[A-Za-z0-9_-]{20,}"),
        Setting(
            "BOT_TELEGRAM_WEBHOOK_SECRET",
            "what Telegram shows with each update; made from this installation's secrets when not set",
            default="",
            pattern=r"[A-Za-z0-9_-]{32,256}",
            switches_on=False,
        ),
        Setting("BOT_TELEGRAM_API_URL", "where the Bot API is", default="https://api.telegram.org", switches_on=False),
    )

    def __init__(self, values: Mapping[str, str], derive: Callable[[str], str]) -> None:
        """Prepare; nothing is opened yet."""
        token = values["BOT_TELEGRAM_TOKEN"]
        # The secret goes with the token: a new bot's updates are not accepted under the old bot's secret.
        self._secret = values["BOT_TELEGRAM_WEBHOOK_SECRET"] or derive(f"telegram webhook {token}")
        self._http = client(f"{values['BOT_TELEGRAM_API_URL'].rstrip('/')}/bot{token}")

    def verify(self, body: bytes, headers: Mapping[str, str], url: str) -> bool:
        """Telegram signs nothing; it shows the secret that `set_webhook` told it."""
        return same(headers.get(SECRET_HEADER, ""), self._secret)

    def challenge(self, query: Mapping[str, str], body: bytes) -> str | None:
        """Telegram asks nothing."""
        return None

    def read(self, body: bytes, query: Mapping[str, str] = NO_QUERY) -> list[Incoming]:
        """Private messages and pressed buttons; groups, channels, edits and blocks are ignored."""
        update = json_object(body)
        event_id = text_in(update, "update_id")
        if not event_id:
            return []
        if query := as_object(update.get("callback_query")):
            return _read_button(event_id, query)
        return _read_message(event_id, as_object(update.get("message")))

    def render(self, reply: Reply) -> list[Payload]:
        """Text messages; the last one carries the buttons, each on a line of its own."""
        layout = lay_out(reply, self.limits)
        payloads: list[Payload] = [
            {"text": part, "link_preview_options": {"is_disabled": True}} for part in layout.parts
        ]
        if layout.buttons:
            numbers_only = all(label.isdigit() for label, _ in layout.buttons)
            keys = [{"text": label, "callback_data": choice} for label, choice in layout.buttons]
            row = 5 if numbers_only else 1
            rows = [keys[start : start + row] for start in range(0, len(keys), row)]
            payloads[-1]["reply_markup"] = {"inline_keyboard": rows}
        return payloads

    def seen(self, payload: Payload) -> Seen:
        """The text, and the keys under it."""
        rows = payload.get("reply_markup", {}).get("inline_keyboard", ())
        return Seen(payload["text"], tuple(key["text"] for row in rows for key in row))

    async def send(self, address: str, payload: Payload, key: str, *, is_repeated: bool) -> None:
        """Send one message to a private chat."""
        await self._call("sendMessage", {"chat_id": int(address), **payload})

    async def acknowledge(self, incoming: Incoming) -> None:
        """Let a pressed button stop turning, and show that an answer is being written."""
        if incoming.reference:
            await self._call("answerCallbackQuery", {"callback_query_id": incoming.reference})
        await self._call("sendChatAction", {"chat_id": int(incoming.sender), "action": "typing"})

    async def set_webhook(self, url: str) -> None:
        """Tell Telegram where to send updates, which ones, and with which secret.

        Raises:
            TryLater, Undeliverable: when Telegram does not take it.
        """
        body = {"url": url, "secret_token": self._secret, "allowed_updates": list(UPDATES), "max_connections": 20}
        await self._call("setWebhook", body)

    async def check(self, webhook_url: str) -> list[Finding]:
        """Whether the token is a bot's, and whether Telegram sends its updates here."""
        try:
            bot = await self._call("getMe", {})
            hook = await self._call("getWebhookInfo", {})
        except Undeliverable as error:
            return [Finding(False, f"The token was refused ({error.reason}): copy it anew from @BotFather.")]
        found = [Finding(True, f"The token speaks for @{text_in(bot, 'username')}.")]
        if text_in(hook, "url") != webhook_url:
            where = text_in(hook, "url") or "nowhere"
            found.append(Finding(False, f"Updates go to {where}: run `bot messengers set-telegram-webhook`."))
        else:
            trouble = text_in(hook, "last_error_message")
            waiting = int(number_in(hook, "pending_update_count"))
            text = f"Updates come to {webhook_url}; {waiting} waiting" + (
                f"; last trouble: {trouble}" if trouble else "."
            )
            found.append(Finding(True, text))
        return found

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _call(self, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        status, content = await ask(self._http, "POST", f"/{method}", json=dict(body))
        if content.get("ok") is True:
            return as_object(content.get("result"))
        code = int(number_in(content, "error_code")) or status
        wait = number_in(as_object(content.get("parameters")), "retry_after")
        if wait or code >= 500:
            raise TryLater("rate_limited" if wait else f"status_{code}", wait)
        raise Undeliverable(_REFUSALS.get(code, f"status_{code}"))


def _read_message(event_id: str, message: dict[str, Any]) -> list[Incoming]:
    sender, at = _private_chat(message), moment(number_in(message, "date"))
    if not sender or as_object(message.get("from")).get("is_bot") or _NOT_SAID & message.keys():
        return []
    # The pictures of an album come one by one, and are met with one line.
    album = text_in(message, "media_group_id")
    named = f"{sender} {album}" if album else None
    text = text_in(message, "text") or text_in(message, "caption")
    return said(event_id, sender, text, at, has_attached=bool(_SAID & message.keys()), attached=named)


def _read_button(event_id: str, query: dict[str, Any]) -> list[Incoming]:
    message = as_object(query.get("message"))
    sender, choice = _private_chat(message), text_in(query, "data")
    if not sender or not choice or text_in(as_object(query.get("from")), "id") != sender:
        return []
    return [Incoming(event_id, sender, Kind.CHOICE, choice=choice, reference=text_in(query, "id"))]


def _private_chat(message: Mapping[str, Any]) -> str:
    chat = as_object(message.get("chat"))
    found = text_in(chat, "id")
    return found if chat.get("type") == "private" and _PERSON.fullmatch(found) else ""


MESSENGERS = (Telegram,)
