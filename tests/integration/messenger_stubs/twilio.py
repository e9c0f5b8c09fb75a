"""Twilio's Messages resource, and what Twilio sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import uuid
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.integration.messenger_stubs.platform import Platform, is_text

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fake-auth-token-of-the-tests-12345"
SMS_NUMBER = "+13605550100"
WHATSAPP_NUMBER = "+13605550199"
_numbers = itertools.count(1)


class TwilioApi(Platform):
    """For SMS and WhatsApp; `outbox` is what it tells when asked what was sent, newest first."""

    def settings(self) -> dict[str, str]:
        return {
            "BOT_TWILIO_ACCOUNT_SID": ACCOUNT,
            "BOT_TWILIO_AUTH_TOKEN": TOKEN,
            "BOT_TWILIO_SMS_NUMBER": SMS_NUMBER,
            "BOT_TWILIO_WHATSAPP_NUMBER": WHATSAPP_NUMBER,
            "BOT_TWILIO_API_URL": self.url,
        }

    def app(self) -> Starlette:
        base = f"/2010-04-01/Accounts/{ACCOUNT}"
        return Starlette(
            routes=[
                Route(f"{base}/Messages.json", self._messages, methods=["POST"]),
                Route(f"{base}/Messages.json", self._list, methods=["GET"]),
                Route(f"{base}.json", self._account, methods=["GET"]),
            ]
        )

    def texts(self) -> list[str]:
        return [form["Body"] for form in self.sent]

    def _refusal(self, request: Request) -> Response | None:
        expected = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") == expected:
            return None
        return JSONResponse({"code": 20003, "message": "Authenticate", "status": 401}, 401)

    async def _account(self, request: Request) -> Response:
        account = {"sid": ACCOUNT, "friendly_name": "Clinic of the tests", "status": "active"}
        return self._refusal(request) or JSONResponse(account)

    async def _list(self, request: Request) -> Response:
        asked = request.query_params
        found = [f for f in reversed(self.sent) if f["To"] == asked["To"] and f["From"] == asked["From"]]
        shown = [{"body": f["Body"], "to": f["To"]} for f in found[: int(asked.get("PageSize", 50))]]
        return self._refusal(request) or JSONResponse({"messages": shown})

    async def _messages(self, request: Request) -> Response:
        if refusal := self._refusal(request):
            return refusal
        form = {k: v[0] for k, v in _grouped(parse_qsl((await request.body()).decode(), strict_parsing=True)).items()}
        is_whatsapp = form.get("To", "").startswith("whatsapp:")
        own = f"whatsapp:{WHATSAPP_NUMBER}" if is_whatsapp else SMS_NUMBER
        self.expect(form.get("From") == own, "sent from another number")
        self.expect(is_text(form.get("Body"), 1600), "a body over 1,600 characters")
        sid = f"SM{uuid.uuid4().hex}"
        return await self.take(request, form, lambda: JSONResponse({"sid": sid, "status": "queued"}, 201))


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def message(sender: str = "+13605550142", **fields: Any) -> dict[str, str]:
    """The form of an incoming message, blank fields and all."""
    channel = "whatsapp:" if sender.startswith("whatsapp:") else ""
    sid = fields.pop("sid", None) or f"SM{next(_numbers):032x}"
    form = {
        "ToCountry": "US",
        "ToState": "WA",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "WA",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": "",
        "FromCountry": "US",
        "To": channel + (WHATSAPP_NUMBER if channel else SMS_NUMBER),
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": sender,
        "ApiVersion": "2010-04-01",
    }
    return {**form, **fields}


def signed(url: str, form: dict[str, str], token: str = TOKEN) -> tuple[bytes, dict[str, str]]:
    """A webhook as Twilio sends it: signed over the address and all fields in order, blank ones included."""
    text = url + "".join(name + form[name] for name in sorted(form))
    signature = base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    return urlencode(form).encode(), headers


IMAGE = {"NumMedia": "1", "MediaContentType0": "image/jpeg", "MediaUrl0": "https://api.twilio.com/media/ME1"}
