"""Twilio's Messages resource, and what Twilio sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import re
import uuid
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

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

    def __init__(self) -> None:
        super().__init__()
        self.contents: dict[str, dict[str, Any]] = {}
        self.refuses_templates = False

    def settings(self) -> dict[str, str]:
        return {
            "BOT_TWILIO_ACCOUNT_SID": ACCOUNT,
            "BOT_TWILIO_AUTH_TOKEN": TOKEN,
            "BOT_TWILIO_SMS_NUMBER": SMS_NUMBER,
            "BOT_TWILIO_WHATSAPP_NUMBER": WHATSAPP_NUMBER,
            "BOT_TWILIO_API_URL": self.url,
            "BOT_TWILIO_CONTENT_URL": self.url,
        }

    def app(self) -> Starlette:
        base = f"/2010-04-01/Accounts/{ACCOUNT}"
        return Starlette(
            routes=[
                Route(f"{base}/Messages.json", self._messages, methods=["POST"]),
                Route(f"{base}/Messages.json", self._list, methods=["GET"]),
                Route(f"{base}.json", self._account, methods=["GET"]),
                Route("/v1/Content", self._contents, methods=["GET"]),
                Route("/v1/Content", self._new_content, methods=["POST"]),
            ]
        )

    def texts(self) -> list[str]:
        return [words_of(form) for form in self.sent]

    def _refusal(self, request: Request) -> Response | None:
        expected = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") == expected:
            return None
        return JSONResponse({"code": 20003, "message": "Authenticate", "status": 401}, 401)

    async def _account(self, request: Request) -> Response:
        account = {"sid": ACCOUNT, "friendly_name": "Clinic of the tests", "status": "active"}
        return self._refusal(request) or JSONResponse(account)

    async def _contents(self, request: Request) -> Response:
        """Two to a page, whatever is asked for: whoever reads them has to turn the pages."""
        first = int(request.query_params.get("Page", "0")) * 2
        every = [{"sid": sid, "friendly_name": made["friendly_name"]} for sid, made in self.contents.items()]
        more = f"{self.url}/v1/Content?Page={first // 2 + 1}" if len(every) > first + 2 else None
        shown = {"contents": every[first : first + 2], "meta": {"next_page_url": more}}
        return self._refusal(request) or JSONResponse(shown)

    async def _new_content(self, request: Request) -> Response:
        if refusal := self._refusal(request):
            return refusal
        if self.refuses_templates:
            return JSONResponse({"code": 20403, "message": "Forbidden", "status": 403}, 403)
        made = await request.json()
        self.expect(made["language"] == "en" and made["variables"] and len(made["types"]) == 1, "an odd template")
        sid = f"HX{uuid.uuid4().hex}"
        self.contents[sid] = made
        return JSONResponse({"sid": sid, **made}, 201)

    def _see_whether_it_fits(self, made: dict[str, Any], variables: dict[str, str], form: dict[str, Any]) -> None:
        """Note what a person sees of the template, as `shown` and `offered`."""

        def filled(place: str) -> str:
            return re.sub(r"\{\{(\d+)\}\}", lambda found: variables[found[1]], place)

        (kind, content), *_ = made["types"].items()
        self.expect(set(variables) == set(made["variables"]) and all(variables.values()), "a variable left empty")
        places = content["actions"] if kind == "twilio/quick-reply" else content["items"]
        longest = 20 if kind == "twilio/quick-reply" else 24
        form["shown"] = filled(content["body"])
        form["offered"] = [(filled(place.get("title") or place["item"]), filled(place["id"])) for place in places]
        titles = [title for title, _ in form["offered"]]
        self.expect(is_text(form["shown"], 1024), "a template's text over 1,024 characters")
        self.expect(all(is_text(title, longest) for title in titles), "a title too long")
        self.expect(len(set(titles)) == len(titles) <= (3 if kind == "twilio/quick-reply" else 10), "odd choices")

    async def _list(self, request: Request) -> Response:
        asked = request.query_params
        found = [f for f in reversed(self.sent) if f["To"] == asked["To"] and f["From"] == asked["From"]]
        shown = [{"body": words_of(f), "to": f["To"]} for f in found[: int(asked.get("PageSize", 50))]]
        return self._refusal(request) or JSONResponse({"messages": shown})

    async def _messages(self, request: Request) -> Response:
        if refusal := self._refusal(request):
            return refusal
        form: dict[str, Any] = {
            k: v[0] for k, v in _grouped(parse_qsl((await request.body()).decode(), strict_parsing=True)).items()
        }
        is_whatsapp = form.get("To", "").startswith("whatsapp:")
        own = f"whatsapp:{WHATSAPP_NUMBER}" if is_whatsapp else SMS_NUMBER
        self.expect(form.get("From") == own, "sent from another number")
        if "ContentSid" in form:
            self.expect(is_whatsapp and "Body" not in form, "a template and a body, or no template's channel")
            if form["ContentSid"] not in self.contents:
                return JSONResponse({"code": 21655, "message": "The ContentSid is invalid", "status": 400}, 400)
            variables = json.loads(form["ContentVariables"])
            if any("\n" in value or "\t" in value or "     " in value for value in variables.values()):
                return JSONResponse({"code": 21656, "message": "ContentVariables is invalid", "status": 400}, 400)
            self._see_whether_it_fits(self.contents[form["ContentSid"]], variables, form)
        else:
            self.expect(is_text(form.get("Body"), 1600), "a body over 1,600 characters")
        about = urlsplit(form.get("StatusCallback", ""))
        self.expect(about.path == f"/webhooks/{'whatsapp' if is_whatsapp else 'sms'}", "reports to another address")
        sid = f"SM{uuid.uuid4().hex}"
        return await self.take(request, form, lambda: JSONResponse({"sid": sid, "status": "queued"}, 201))


def words_of(form: dict[str, Any]) -> str:
    """What a person reads of a message."""
    return str(form["shown"] if "ContentSid" in form else form["Body"])


def offered_in(form: dict[str, Any]) -> list[tuple[str, str]]:
    """Title and id of what a person may press under a message."""
    return list(form.get("offered", ()))


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


def report(person: str, **fields: str) -> dict[str, str]:
    """The form in which Twilio reports how far a message of ours has come."""
    channel = "whatsapp:" if person.startswith("whatsapp:") else ""
    sid = fields.get("MessageSid", f"SM{next(_numbers):032x}")
    form = {
        "SmsSid": sid,
        "SmsStatus": fields.get("MessageStatus", ""),
        "MessageSid": sid,
        "To": person,
        "From": channel + (WHATSAPP_NUMBER if channel else SMS_NUMBER),
        "AccountSid": ACCOUNT,
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
