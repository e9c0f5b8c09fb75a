"""Reading webhooks in tests: every adapter with the stubs' secrets, and what came of a body in a few values."""

from __future__ import annotations

import json
from typing import Any

from sample_replies import VALUES

from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Incoming, Messenger
from tests.integration.messenger_stubs import facebook, slack, telegram, twilio

GIVEN = {
    **VALUES,
    "BOT_FACEBOOK_APP_SECRET": facebook.APP_SECRET,
    "BOT_FACEBOOK_VERIFY_TOKEN": facebook.VERIFY_TOKEN,
    "BOT_TELEGRAM_WEBHOOK_SECRET": telegram.SECRET,
    "BOT_TWILIO_AUTH_TOKEN": twilio.TOKEN,
    "BOT_SLACK_SIGNING_SECRET": slack.SIGNING_SECRET,
}
ALL: dict[str, Messenger] = registry.build(GIVEN, lambda purpose: f"secret of the {purpose}")
URL = "https://chat.clinic.example/webhooks/sms"


def shown(found: list[Incoming]) -> list[tuple[str, str, str]]:
    return [(str(event.kind), event.sender, event.choice or event.text) for event in found]


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def read_page(*events: dict[str, Any], page_id: str = facebook.PAGE) -> list[tuple[str, str, str]]:
    return shown(ALL["facebook"].read(json.dumps(facebook.page(*events, page_id=page_id)).encode()))


def read_update(update: dict[str, Any]) -> list[tuple[str, str, str]]:
    return shown(ALL["telegram"].read(json.dumps(update).encode()))


def read_event(event: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    return shown(ALL["slack"].read(json.dumps(slack.callback(event, **more)).encode()))


def read_form(form: dict[str, str], name: str = "sms") -> list[tuple[str, str, str]]:
    return shown(ALL[name].read(twilio.signed(URL, form)[0]))
