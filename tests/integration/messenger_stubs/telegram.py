"""The Bot API, and what Telegram sends."""

from __future__ import annotations

import itertools
import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.integration.messenger_stubs.platform import Platform, is_text

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake0"
SECRET = "telegram-webhook-secret-of-the-tests-1234"
ME = {"id": 123456789, "is_bot": True, "first_name": "Clinic", "username": "clinic_test_bot"}
_numbers = itertools.count(10_000)


class TelegramApi(Platform):
    def __init__(self) -> None:
        super().__init__()
        self.webhook: dict[str, Any] = {"url": ""}
        self.answered: list[str] = []

    def settings(self) -> dict[str, str]:
        return {
            "BOT_TELEGRAM_TOKEN": TOKEN,
            "BOT_TELEGRAM_WEBHOOK_SECRET": SECRET,
            "BOT_TELEGRAM_API_URL": self.url,
        }

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["POST", "GET"])])

    def texts(self) -> list[str]:
        return [message["text"] for message in self.sent]

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        body = await request.json()
        method = request.path_params["method"]
        if method == "sendMessage":
            return await self._send(request, body)
        results: dict[str, Any] = {"getMe": ME, "getWebhookInfo": {"pending_update_count": 0, **self.webhook}}
        if method == "setWebhook":
            self.expect(body["url"].startswith("https://"), "a webhook that is not https")
            self.expect(1 <= len(body["secret_token"]) <= 256, "a secret of the wrong length")
            self.webhook = body
            return JSONResponse({"ok": True, "result": True, "description": "Webhook was set"})
        if method == "sendChatAction":
            self.expect(body["action"] == "typing", "an unknown action")
            self.signs_of_typing.append(body)
            return JSONResponse({"ok": True, "result": True})
        if method == "answerCallbackQuery":
            self.answered.append(body["callback_query_id"])
            return JSONResponse({"ok": True, "result": True})
        if method in results:
            return JSONResponse({"ok": True, "result": results[method]})
        return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)

    async def _send(self, request: Request, body: dict[str, Any]) -> Response:
        self.expect(isinstance(body.get("chat_id"), int), "a chat id that is no number")
        self.expect(is_text(body.get("text"), 4096), "a text over 4,096 characters")
        self.expect("parse_mode" not in body, "a patient's words read as markup")
        rows = body.get("reply_markup", {}).get("inline_keyboard", [])
        for key in itertools.chain(*rows):
            self.expect(1 <= len(key["callback_data"].encode()) <= 64, "callback data over 64 bytes")
            self.expect(key["text"], "a button without a label")
        self.expect(all(len(row) <= 8 for row in rows), "over 8 buttons a row")
        message = {"message_id": next(_numbers), "chat": {"id": body["chat_id"], "type": "private"}}
        return await self.take(request, body, lambda: JSONResponse({"ok": True, "result": message}))


def update(chat: int = 42, /, update_id: int | None = None, **content: Any) -> dict[str, Any]:
    """One update around a message of a private chat."""
    return {
        "update_id": update_id or next(_numbers),
        "message": {
            "message_id": next(_numbers),
            "from": {"id": chat, "is_bot": False, "first_name": "Ana", "language_code": "en"},
            "chat": {"id": chat, "first_name": "Ana", "type": "private"},
            "date": int(time.time()),
            **content,
        },
    }


def pressed(chat: int, data: str, update_id: int | None = None) -> dict[str, Any]:
    return {
        "update_id": update_id or next(_numbers),
        "callback_query": {
            "id": str(next(_numbers)),
            "from": {"id": chat, "is_bot": False, "first_name": "Ana"},
            "message": {
                "message_id": next(_numbers),
                "from": ME,
                "chat": {"id": chat, "type": "private"},
                "date": int(time.time()),
                "text": "…",
            },
            "chat_instance": "1",
            "data": data,
        },
    }


_CHAT = {"id": 42, "is_bot": False, "first_name": "Ana"}
PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 60, "file_size": 1000}]}
ATTACHMENTS: dict[str, dict[str, Any]] = {
    "photo": PHOTO,
    "sticker": {"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "emoji": "👍"}},
    "voice": {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3, "mime_type": "audio/ogg"}},
    "location": {"location": {"latitude": 48.75, "longitude": -122.48}},
    "contact": {"contact": {"phone_number": "+13605550100", "first_name": "Ana"}},
}
IGNORED: dict[str, dict[str, Any]] = {
    "an edited message": {"edited_message": update(text="Edited")["message"]},
    "a channel post": {"channel_post": {"message_id": 1, "chat": {"id": -100, "type": "channel"}, "text": "x"}},
    "a blocked bot": {
        "my_chat_member": {
            "chat": {"id": 42, "type": "private"},
            "from": _CHAT,
            "date": 1,
            "old_chat_member": {"user": ME, "status": "member"},
            "new_chat_member": {"user": ME, "status": "kicked", "until_date": 0},
        }
    },
    "a group message": {
        "message": {
            "message_id": 1,
            "from": _CHAT,
            "chat": {"id": -42, "title": "Family", "type": "group"},
            "date": int(time.time()),
            "text": "hello",
        }
    },
    "a join": {"message": {**update()["message"], "new_chat_members": [_CHAT]}},
    "a bot's message": {"message": {**update(text="I am a bot")["message"], "from": ME}},
    "a reaction": {"message_reaction": {"chat": {"id": 42, "type": "private"}, "message_id": 1, "new_reaction": []}},
    "an unknown type": {"something_new": {"text": "hello"}},
}
