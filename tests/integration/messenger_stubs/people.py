"""A person on each messenger: writes through the signed webhook, reads what the stub of the platform was sent."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

import httpx

from tests.integration.gateway_serving import Served, wait_until
from tests.integration.messenger_stubs import facebook, slack, telegram, twilio
from tests.integration.messenger_stubs.platform import Platform


class Person:
    """One person in a private chat."""

    name: ClassVar[str]
    sender: str

    def __init__(self, url: str, public_url: str, platform: Platform) -> None:
        self.url = f"{url}/webhooks/{self.name}"
        self.public_url = f"{public_url}/webhooks/{self.name}"
        self.platform: Any = platform
        self.http = httpx.Client(timeout=20)

    @classmethod
    def of(cls, served: Served, platform: Platform) -> Person:
        return cls(served.url, served.services.settings.public_url, platform)

    def post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        return self.http.post(self.url, content=body, headers=headers)

    def say(self, text: str, event_id: str | None = None) -> httpx.Response:
        raise NotImplementedError

    def attach(self) -> httpx.Response:
        """Send a picture."""
        raise NotImplementedError

    def press(self, label: str) -> httpx.Response:
        """Press the button of that label under the newest message that has it; type the label where there are none."""
        raise NotImplementedError

    def choices(self) -> list[str]:
        """What the newest message offers, by label."""
        raise NotImplementedError

    def texts(self) -> list[str]:
        return list(self.platform.texts())

    def wait_for(self, count: int, seconds: float = 15.0) -> list[str]:
        """The texts, as soon as there are so many."""
        return list(wait_until(lambda: len(self.texts()) >= count and self.texts(), seconds))


class TelegramPerson(Person):
    name = "telegram"
    sender = "42"

    def post_update(self, update: dict[str, Any], secret: str = telegram.SECRET) -> httpx.Response:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
        return self.post(json.dumps(update).encode(), headers)

    def say(self, text: str, event_id: str | None = None) -> httpx.Response:
        number = int(event_id) if event_id else None
        return self.post_update(telegram.update(int(self.sender), number, text=text))

    def attach(self) -> httpx.Response:
        return self.post_update(telegram.update(int(self.sender), **telegram.PHOTO))

    def choices(self) -> list[str]:
        rows = self.platform.sent[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [key["text"] for row in rows for key in row]

    def press(self, label: str) -> httpx.Response:
        for message in reversed(self.platform.sent):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if key["text"] == label:
                        return self.post_update(telegram.pressed(int(self.sender), key["callback_data"]))
        raise AssertionError(f"no button {label!r}")


class FacebookPerson(Person):
    name = "facebook"
    sender = "5501"

    def post_event(self, *events: dict[str, Any]) -> httpx.Response:
        return self.post(*facebook.signed(facebook.page(*events)))

    def say(self, text: str, event_id: str | None = None) -> httpx.Response:
        return self.post_event(facebook.said(self.sender, event_id, text=text))

    def attach(self) -> httpx.Response:
        return self.post_event(facebook.said(self.sender, **facebook.ATTACHMENTS["image"]))

    def choices(self) -> list[str]:
        return [reply["title"] for reply in self.platform.sent[-1]["message"].get("quick_replies", [])]

    def press(self, label: str) -> httpx.Response:
        for body in reversed(self.platform.sent):
            for reply in body["message"].get("quick_replies", []):
                if reply["title"] == label:
                    more = {"text": label, "quick_reply": {"payload": reply["payload"]}}
                    return self.post_event(facebook.said(self.sender, **more))
        raise AssertionError(f"no button {label!r}")


class SmsPerson(Person):
    name = "sms"
    sender = "+13605550142"

    def post_form(self, form: dict[str, str]) -> httpx.Response:
        return self.post(*twilio.signed(self.public_url, form))

    def say(self, text: str, event_id: str | None = None) -> httpx.Response:
        return self.post_form(twilio.message(self.sender, Body=text, sid=event_id))

    def attach(self) -> httpx.Response:
        return self.post_form(twilio.message(self.sender, **twilio.IMAGE))

    def choices(self) -> list[str]:
        return re.findall(r"^\d+\. (.+)$", self.texts()[-1], re.MULTILINE)

    def press(self, label: str) -> httpx.Response:
        return self.say(str(self.choices().index(label) + 1) if label in self.choices() else label)


class WhatsAppPerson(SmsPerson):
    name = "whatsapp"
    sender = "whatsapp:+13605550142"

    def choices(self) -> list[str]:
        return [title for title, _ in twilio.offered_in(self.platform.sent[-1])] or super().choices()

    def press(self, label: str) -> httpx.Response:
        for form in reversed(self.platform.sent):
            offered = twilio.offered_in(form)
            for title, choice in offered:
                if title == label:
                    pair = ("ButtonText", "ButtonPayload") if len(offered) <= 3 else ("ListTitle", "ListId")
                    more = {pair[0]: label, pair[1]: choice, "Body": label}
                    return self.post_form(twilio.message(self.sender, **more))
        return super().press(label)


class SlackPerson(Person):
    name = "slack"
    sender = "D024BE91L"

    def post_event(self, event: dict[str, Any], event_id: str | None = None) -> httpx.Response:
        body = json.dumps(slack.callback(event, event_id)).encode()
        return self.post(body, {**slack.signed(body), "Content-Type": "application/json"})

    def say(self, text: str, event_id: str | None = None) -> httpx.Response:
        return self.post_event(slack.direct(self.sender, text=text), event_id)

    def attach(self) -> httpx.Response:
        return self.post_event(slack.direct(self.sender, text="", **slack.FILE))

    def choices(self) -> list[str]:
        blocks = self.platform.sent[-1]["blocks"]
        return [element["text"]["text"] for block in blocks for element in block.get("elements", [])]

    def press(self, label: str) -> httpx.Response:
        for message in reversed(self.platform.sent):
            for block in message["blocks"]:
                for element in block.get("elements", []):
                    if element["text"]["text"] == label:
                        body = slack.pressed(self.sender, element["value"], label)
                        return self.post(body, slack.signed(body))
        raise AssertionError(f"no button {label!r}")


PEOPLE: dict[str, type[Person]] = {
    kind.name: kind for kind in (FacebookPerson, TelegramPerson, SmsPerson, WhatsAppPerson, SlackPerson)
}
PLATFORMS: dict[str, type[Platform]] = {
    "facebook": facebook.FacebookApi,
    "telegram": telegram.TelegramApi,
    "sms": twilio.TwilioApi,
    "whatsapp": twilio.TwilioApi,
    "slack": slack.SlackApi,
}
