"""The Send API of the Graph API, and what Messenger sends."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.integration.messenger_stubs.platform import Platform, is_text

PAGE = "108342901234567"
TOKEN = "EAAFakePageToken"
APP_SECRET = "0123456789abcdef0123456789abcdef"
VERIFY_TOKEN = "verify-token-of-the-tests"
_numbers = itertools.count(1000)


class FacebookApi(Platform):
    def settings(self) -> dict[str, str]:
        return {
            "BOT_FACEBOOK_PAGE_ID": PAGE,
            "BOT_FACEBOOK_PAGE_TOKEN": TOKEN,
            "BOT_FACEBOOK_APP_SECRET": APP_SECRET,
            "BOT_FACEBOOK_VERIFY_TOKEN": VERIFY_TOKEN,
            "BOT_FACEBOOK_API_URL": f"{self.url}/v23.0",
        }

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v23.0/{page}/messages", self._messages, methods=["POST"]),
                Route("/v23.0/{page}/subscribed_apps", self._apps, methods=["GET"]),
                Route("/v23.0/{page}", self._page, methods=["GET"]),
            ]
        )

    def texts(self) -> list[str]:
        return [body["message"]["text"] for body in self.sent]

    def _refusal(self, request: Request) -> Response | None:
        proof = hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
        self.expect(request.query_params.get("appsecret_proof") == proof, "a wrong appsecret_proof")
        if request.query_params.get("access_token") == TOKEN and request.path_params["page"] == PAGE:
            return None
        error = {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}
        return JSONResponse({"error": error}, 400)

    async def _page(self, request: Request) -> Response:
        return self._refusal(request) or JSONResponse({"id": PAGE, "name": "Clinic of the tests"})

    async def _apps(self, request: Request) -> Response:
        app = {"id": "1", "name": "Assistant", "subscribed_fields": ["messages", "messaging_postbacks"]}
        return self._refusal(request) or JSONResponse({"data": [app]})

    async def _messages(self, request: Request) -> Response:
        if refusal := self._refusal(request):
            return refusal
        body = await request.json()
        self.expect(body["recipient"]["id"].isdigit(), "a recipient that is no person")
        if "sender_action" in body:
            self.expect(body["sender_action"] in ("typing_on", "mark_seen"), "an unknown action")
            self.expect("message" not in body, "a message together with an action")
            self.signs_of_typing.append(body)
            return JSONResponse({"recipient_id": body["recipient"]["id"]})
        self.expect(body.get("messaging_type") == "RESPONSE", "not sent as a response")
        message = body["message"]
        self.expect(is_text(message.get("text"), 2000), "a text over 2,000 characters")
        replies = message.get("quick_replies", [])
        self.expect(len(replies) <= 13, "over 13 quick replies")
        for reply in replies:
            self.expect(reply["content_type"] == "text" and is_text(reply["title"], 20), "a title over 20 characters")
            self.expect(is_text(reply["payload"], 1000), "a payload over 1,000 characters")
        answer = {"recipient_id": body["recipient"]["id"], "message_id": f"m_{next(_numbers)}"}
        return await self.take(request, body, lambda: JSONResponse(answer))


def signed(content: Any, secret: str = APP_SECRET) -> tuple[bytes, dict[str, str]]:
    """A webhook as Meta sends it: both signatures, the newer one counts."""
    body = json.dumps(content).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    old = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    headers = {"X-Hub-Signature": f"sha1={old}", "X-Hub-Signature-256": f"sha256={signature}"}
    return body, {**headers, "Content-Type": "application/json"}


def page(*events: dict[str, Any], page_id: str = PAGE) -> dict[str, Any]:
    return {"object": "page", "entry": [{"id": page_id, "time": int(time.time() * 1000), "messaging": list(events)}]}


def said(sender: str = "5501", mid: str | None = None, **message: Any) -> dict[str, Any]:
    return {**_around(sender), "message": {"mid": mid or f"m_in_{next(_numbers)}", **message}}


def posted_back(sender: str, payload: str, title: str = "x", **more: Any) -> dict[str, Any]:
    return {**_around(sender), "postback": {"title": title, "payload": payload, **more}}


def _around(sender: str) -> dict[str, Any]:
    return {"sender": {"id": sender}, "recipient": {"id": PAGE}, "timestamp": int(time.time() * 1000)}


ATTACHMENTS: dict[str, dict[str, Any]] = {
    "image": {"attachments": [{"type": "image", "payload": {"url": "https://cdn.example/a.jpg"}}]},
    "sticker": {
        "attachments": [
            {"type": "image", "payload": {"url": "https://cdn.example/s.png", "sticker_id": 369239263222822}}
        ]
    },
    "voice": {"attachments": [{"type": "audio", "payload": {"url": "https://cdn.example/a.mp4"}}]},
    "location": {"attachments": [{"type": "location", "payload": {"coordinates": {"lat": 48.75, "long": -122.48}}}]},
}
_ECHO = {"sender": {"id": PAGE}, "recipient": {"id": "5501"}, "timestamp": int(time.time() * 1000)}
IGNORED: dict[str, dict[str, Any]] = {
    "an echo": {**_ECHO, "message": {"mid": "m_e", "is_echo": True, "app_id": 1517776481860111, "text": "hi"}},
    "an echo of an image": {
        **_ECHO,
        "message": {"mid": "m_f", "is_echo": True, "attachments": [{"type": "image", "payload": {"url": "x"}}]},
    },
    "a delivery": {**_around("5501"), "delivery": {"mids": ["m_1"], "watermark": 1}},
    "a read": {**_around("5501"), "read": {"watermark": 1}},
    "a reaction": {**_around("5501"), "reaction": {"mid": "m_1", "action": "react", "reaction": "love"}},
    "an edit": {**_around("5501"), "message_edit": {"mid": "m_1", "text": "Edited", "num_edit": 1}},
    "an unsent message": {**_around("5501"), "message": {"mid": "m_1", "is_deleted": True}},
    "an opt-in": {**_around("5501"), "optin": {"ref": "x"}},
    "another page's message": {**_around("5501"), "recipient": {"id": "999"}, "message": {"mid": "m_o", "text": "x"}},
    "an unknown type": {**_around("5501"), "something_new": {"text": "hello"}},
}
