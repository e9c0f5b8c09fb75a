"""Slack's Web API, and what Slack sends."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.integration.messenger_stubs.platform import Platform, is_text

TOKEN = "xoxb-fake-token-of-the-tests"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
APP = "A0123456789"
_numbers = itertools.count(1)


class SlackApi(Platform):
    # What the app was installed with; Slack names it in every answer.
    scopes = "chat:write,im:history"

    def settings(self) -> dict[str, str]:
        return {
            "BOT_SLACK_TOKEN": TOKEN,
            "BOT_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "BOT_SLACK_APP_ID": APP,
            "BOT_SLACK_API_URL": f"{self.url}/api/",
        }

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/chat.postMessage", self._post, methods=["POST"]),
                Route("/api/conversations.history", self._history, methods=["GET", "POST"]),
                Route("/api/auth.test", self._test, methods=["POST"]),
            ]
        )

    def texts(self) -> list[str]:
        return [body["text"] for body in self.sent]

    def _refusal(self, request: Request) -> Response | None:
        if request.headers.get("authorization") == f"Bearer {TOKEN}":
            return None
        return JSONResponse({"ok": False, "error": "invalid_auth"})

    async def _test(self, request: Request) -> Response:
        who = {"ok": True, "team": "Clinic", "user": "assistant", "team_id": "T1", "user_id": "U1", "bot_id": "B1"}
        return self._refusal(request) or JSONResponse(who, headers={"X-OAuth-Scopes": self.scopes})

    async def _history(self, request: Request) -> Response:
        # This method takes a form or a query; it does not read JSON.
        asked = request.query_params if request.method == "GET" else await request.form()
        self.expect(asked.get("include_all_metadata") in ("1", "true"), "history without the metadata")
        found = [m for m in reversed(self.sent) if m["channel"] == asked.get("channel")]
        return self._refusal(request) or JSONResponse({"ok": True, "messages": found[: int(asked["limit"])]})

    async def _post(self, request: Request) -> Response:
        if refusal := self._refusal(request):
            return refusal
        self.expect("slack" in request.headers["user-agent"].lower(), "not sent by Slack's library")
        body = await request.json()
        self.expect(body["channel"].startswith("D"), "not a direct message")
        self.expect(is_text(body.get("text"), 40_000), "a fallback text over 40,000 characters")
        blocks = body.get("blocks", [])
        self.expect(1 <= len(blocks) <= 50, "not 1 to 50 blocks")
        for block in blocks:
            self._read_block(block)
        ids = [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]
        self.expect(len(ids) == len(set(ids)), "action ids that are not unique")
        stamp = f"{time.time():.6f}"
        return await self.take(
            request, body, lambda: JSONResponse({"ok": True, "ts": stamp, "channel": body["channel"]})
        )

    def _read_block(self, block: dict[str, Any]) -> None:
        if block["type"] == "section":
            self.expect(is_text(block["text"]["text"], 3000), "a section over 3,000 characters")
            return
        self.expect(block["type"] == "actions" and 1 <= len(block["elements"]) <= 5, "not 1 to 5 buttons a row")
        for element in block["elements"]:
            self.expect(element["type"] == "button", "not a button")
            self.expect(is_text(element["text"]["text"], 75), "a label over 75 characters")
            self.expect(is_text(element["value"], 2000), "a value over 2,000 characters")


def signed(body: bytes, secret: str = SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    stamp = str(int(at or time.time()))
    signature = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}


def callback(event: dict[str, Any], event_id: str | None = None, app: str = APP) -> dict[str, Any]:
    return {
        "token": "legacy",
        "team_id": "T1",
        "api_app_id": app,
        "event": event,
        "type": "event_callback",
        "event_id": event_id or f"Ev{next(_numbers):08}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": "T1", "user_id": "U1", "is_bot": True}],
    }


def direct(channel: str = "D024BE91L", **event: Any) -> dict[str, Any]:
    around = {"type": "message", "channel": channel, "user": "U2147483697", "ts": f"{time.time():.6f}"}
    return {**around, "event_ts": around["ts"], "channel_type": "im", **event}


def pressed(channel: str, value: str, label: str = "Yes") -> bytes:
    """The form in which a pressed button comes."""
    stamp = f"{time.time():.6f}"
    payload = {
        "type": "block_actions",
        "user": {"id": "U2147483697", "team_id": "T1"},
        "api_app_id": APP,
        "container": {"type": "message", "message_ts": "1.1", "channel_id": channel, "is_ephemeral": False},
        "trigger_id": f"{next(_numbers)}.1.abc",
        "team": {"id": "T1", "domain": "clinic"},
        "channel": {"id": channel, "name": "directmessage"},
        "actions": [
            {
                "action_id": "choice-1",
                "block_id": "x",
                "text": {"type": "plain_text", "text": label},
                "value": value,
                "type": "button",
                "action_ts": stamp,
            }
        ],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


FILE = {"files": [{"id": "F1", "name": "back.jpg", "mimetype": "image/jpeg"}], "subtype": "file_share"}
IGNORED: dict[str, dict[str, Any]] = {
    "an edit": direct(subtype="message_changed", message={"type": "message", "user": "U2", "text": "Edited"}),
    "a deletion": direct(subtype="message_deleted", deleted_ts="1.1"),
    "a bot's own message": direct(bot_id="B1", app_id=APP, text="Hello, I am the bot"),
    "an old bot's message": direct(subtype="bot_message", bot_id="B2", text="Hello"),
    "a channel's message": direct("C024BE91L", channel_type="channel", text="hello"),
    "a group's message": direct("G024BE91L", channel_type="mpim", text="hello"),
    "a join": direct("C024BE91L", channel_type="channel", subtype="channel_join", text="joined"),
    "a mention": {"type": "app_mention", "channel": "C1", "user": "U2", "text": "<@U1> hi", "ts": "1.1"},
    "a reaction": {"type": "reaction_added", "user": "U2", "reaction": "thumbsup", "item": {"type": "message"}},
    "an unknown type": {"type": "something_new", "text": "hello"},
}
