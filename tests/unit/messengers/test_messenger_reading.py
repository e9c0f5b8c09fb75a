"""What each adapter reads in real webhooks, and whom it believes."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_replies import MESSENGERS, VALUES

from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Incoming, Kind, Messenger
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


# Facebook Messenger


def test_facebook_reads_every_event_of_every_entry() -> None:
    batch = facebook.page(facebook.said("1", text="one"), facebook.said("2", text="two"))
    batch["entry"] += facebook.page(facebook.said("1", text="three"))["entry"]

    found = shown(ALL["facebook"].read(json.dumps(batch).encode()))

    assert [("text", "1", "one"), ("text", "2", "two"), ("text", "1", "three")] == found


def test_facebook_reads_quick_replies_postbacks_and_get_started() -> None:
    quick = facebook.said("1", text="Yes", quick_reply={"payload": "choice-a"})

    found = read_page(
        quick,
        facebook.posted_back("1", "choice-b"),
        facebook.posted_back("1", "choice-c", mid="m_9"),
        facebook.posted_back("1", "GET_STARTED"),
    )

    assert [("choice", "1", "choice-a"), ("choice", "1", "choice-b"), ("choice", "1", "choice-c")] == found[:3]
    assert ("control", "1", "start") == found[3]


@pytest.mark.parametrize("what", sorted(facebook.IGNORED))
def test_facebook_ignores(what: str) -> None:
    assert [] == read_page(facebook.IGNORED[what])


def test_facebook_ignores_another_page_and_standby() -> None:
    standby = facebook.page()
    standby["entry"][0]["standby"] = [facebook.said("1", text="hello")]

    assert [] == read_page(facebook.said("1", text="hello"), page_id="999")
    assert [] == ALL["facebook"].read(json.dumps(standby).encode())
    assert [] == ALL["facebook"].read(json.dumps({**standby, "object": "user"}).encode())


@pytest.mark.parametrize("what", sorted(facebook.ATTACHMENTS))
def test_facebook_reads_an_attachment_as_one(what: str) -> None:
    assert [("attachment", "1", "")] == read_page(facebook.said("1", **facebook.ATTACHMENTS[what]))


def test_facebook_reads_words_beside_an_attachment_and_no_attachment_in_a_link() -> None:
    link = {"attachments": [{"type": "fallback", "payload": {"url": "https://example.org", "title": "x"}}]}

    both = read_page(facebook.said("1", text="look", **facebook.ATTACHMENTS["image"]))

    assert [("attachment", "1", ""), ("text", "1", "look")] == both
    assert [("text", "1", "see this")] == read_page(facebook.said("1", text="see this", **link))


def test_facebook_believes_the_sha_256_signature_alone() -> None:
    verify = ALL["facebook"].verify
    body, headers = facebook.signed(facebook.page(facebook.said("1", text="hi")))
    given = lower(headers)
    only_old = {"x-hub-signature": given["x-hub-signature"]}
    renamed = {"x-hub-signature-256": given["x-hub-signature"]}

    assert verify(body, given, URL)
    assert not any(verify(body, forged, URL) for forged in ({}, only_old, renamed))
    assert not verify(body + b" ", given, URL)
    assert not verify(body, lower(facebook.signed(json.loads(body), "another secret")[1]), URL)
    assert not verify(body, {"x-hub-signature-256": "sha256=é" + "0" * 63}, URL)


def test_facebook_shakes_hands_with_the_right_token_alone() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": facebook.VERIFY_TOKEN, "hub.challenge": "1158201444"}

    assert "1158201444" == ALL["facebook"].challenge(query, b"")
    for wrong in (
        {"hub.verify_token": "x"},
        {"hub.mode": "other"},
        {"hub.challenge": "<script>"},
        {"hub.challenge": ""},
    ):
        assert ALL["facebook"].challenge({**query, **wrong}, b"") is None


# Telegram


def test_telegram_reads_text_captions_and_buttons() -> None:
    assert [("text", "42", "hello")] == read_update(telegram.update(42, text="hello"))
    assert [("choice", "42", "abc")] == read_update(telegram.pressed(42, "abc"))
    captioned = telegram.update(42, caption="is this normal?", **telegram.PHOTO)
    assert [("attachment", "42", ""), ("text", "42", "is this normal?")] == read_update(captioned)


@pytest.mark.parametrize("what", sorted(telegram.ATTACHMENTS))
def test_telegram_reads_an_attachment_as_one(what: str) -> None:
    assert [("attachment", "42", "")] == read_update(telegram.update(42, **telegram.ATTACHMENTS[what]))


@pytest.mark.parametrize("what", sorted(telegram.IGNORED))
def test_telegram_ignores(what: str) -> None:
    assert [] == read_update({"update_id": 1, **telegram.IGNORED[what]})


def test_telegram_ignores_a_button_pressed_in_a_group() -> None:
    update = telegram.pressed(42, "abc")
    update["callback_query"]["message"]["chat"] = {"id": -42, "type": "group"}

    assert [] == read_update(update)


def test_telegram_believes_the_secret_alone() -> None:
    verify, name = ALL["telegram"].verify, "x-telegram-bot-api-secret-token"

    assert verify(b"{}", {name: telegram.SECRET}, URL)
    assert not any(
        verify(b"{}", {name: wrong}, URL) for wrong in ("", telegram.SECRET[:-1], "é", telegram.SECRET.upper())
    )
    assert not verify(b"{}", {}, URL)


# SMS and WhatsApp


def test_twilio_reads_text_and_whatsapp_buttons() -> None:
    pressed = twilio.message("whatsapp:+13605550142", Body="Yes", ButtonText="Yes", ButtonPayload="abc")

    assert [("text", "+13605550142", "Hello")] == read_form(twilio.message(Body="Hello"))
    assert [("choice", "whatsapp:+13605550142", "abc")] == read_form(pressed, "whatsapp")


def test_twilio_reads_media_and_places_as_attachments() -> None:
    place = twilio.message("whatsapp:+13605550142", Latitude="48.75", Longitude="-122.48")

    assert [("attachment", "+13605550142", "")] == read_form(twilio.message(**twilio.IMAGE))
    assert [("attachment", "whatsapp:+13605550142", "")] == read_form(place, "whatsapp")
    assert ["attachment", "text"] == [kind for kind, _, _ in read_form(twilio.message(Body="look", **twilio.IMAGE))]


def test_twilio_knows_when_the_platform_has_answered_stop_itself() -> None:
    (stop,) = ALL["sms"].read(twilio.signed(URL, twilio.message(Body="STOP", OptOutType="STOP"))[0])

    assert (Kind.CONTROL, "stop", True) == (stop.kind, stop.text, stop.is_answered)


@pytest.mark.parametrize(
    "fields",
    [
        {"AccountSid": "AC" + "f" * 32},
        {"To": "+13609999999"},
        {"MessageStatus": "delivered", "SmsStatus": "delivered"},
        {"SmsStatus": "sent"},
        {"Body": ""},
        {"MessageType": "reaction", "Body": "👍"},
        {"From": "whatsapp:+13605550142"},
        {"From": "<script>"},
    ],
)
def test_twilio_ignores(fields: dict[str, str]) -> None:
    assert [] == read_form({**twilio.message(Body="Hello"), **fields})


def test_twilio_believes_a_signature_over_the_public_address_and_blank_fields() -> None:
    verify = ALL["sms"].verify
    body, headers = twilio.signed(URL, twilio.message(Body="", **twilio.IMAGE))
    given = lower(headers)

    assert verify(body, given, URL)
    assert verify(*twilio_with_port())
    assert not verify(body, given, URL.replace("chat", "evil"))
    assert not verify(body.replace(b"FromZip=", b"FromZip=1"), given, URL)
    assert not verify(body.replace(b"FromZip=&", b""), given, URL) or b"FromZip" not in body
    assert not verify(body, lower(twilio.signed(URL, twilio.message(), "another token")[1]), URL)
    assert not any(verify(body, {"x-twilio-signature": wrong}, URL) for wrong in ("", "é", "A" * 28))
    assert not verify(b"\xff=1", given, URL)


def twilio_with_port() -> tuple[bytes, dict[str, str], str]:
    body, headers = twilio.signed(URL.replace("example/", "example:443/"), twilio.message(Body="Hello"))
    return body, lower(headers), URL


# Slack


def test_slack_reads_direct_messages_files_and_buttons() -> None:
    both = slack.direct(text="look", **slack.FILE)

    assert [("text", "D024BE91L", "a < b & c")] == read_event(slack.direct(text="a &lt; b &amp; c"))
    assert [("attachment", "D024BE91L", ""), ("text", "D024BE91L", "look")] == read_event(both)
    assert [("choice", "D024BE91L", "abc")] == shown(ALL["slack"].read(slack.pressed("D024BE91L", "abc")))


@pytest.mark.parametrize("what", sorted(slack.IGNORED))
def test_slack_ignores(what: str) -> None:
    assert [] == read_event(slack.IGNORED[what])


def test_slack_ignores_another_app_and_buttons_in_a_channel() -> None:
    assert [] == read_event(slack.direct(text="hello"), app="A9999999999")
    assert [] == ALL["slack"].read(slack.pressed("C024BE91L", "abc"))


def test_slack_believes_a_fresh_signature_alone() -> None:
    verify, body = ALL["slack"].verify, b'{"type":"event_callback"}'
    fresh = lower(slack.signed(body))
    stamp, signature = "x-slack-request-timestamp", "x-slack-signature"

    assert verify(body, fresh, URL)
    assert not verify(body, lower(slack.signed(body, at=time.time() - 301)), URL)
    assert not verify(body, lower(slack.signed(body, at=time.time() + 310)), URL)
    assert not verify(body, lower(slack.signed(body, "another secret of the same length")), URL)
    assert not verify(body + b" ", fresh, URL)
    for wrong in ({stamp: "soon"}, {stamp: ""}, {stamp: "1" * 5000}, {signature: "v0=é"}, {signature: ""}):
        assert not verify(body, {**fresh, **wrong}, URL)
    assert not verify(b"\xff", lower(slack.signed(b"\xff")), URL)


def test_slack_answers_the_challenge_of_its_address() -> None:
    asked = {
        "token": "x",
        "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
        "type": "url_verification",
    }

    assert asked["challenge"] == ALL["slack"].challenge({}, json.dumps(asked).encode())
    assert ALL["slack"].challenge({}, json.dumps({**asked, "challenge": "<b>"}).encode()) is None


# Every adapter

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODIES: dict[str, list[dict[str, Any]]] = {
    "facebook": [
        facebook.page(facebook.said("1", text="x", **facebook.ATTACHMENTS["image"]), facebook.posted_back("1", "a"))
    ],
    "telegram": [telegram.update(42, text="x", **telegram.PHOTO), telegram.pressed(42, "a")],
    "slack": [slack.callback(slack.direct(text="x", **slack.FILE))],
}


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += [(value, key), *_places(inner)]
    return found


@pytest.mark.parametrize("name", sorted(BODIES))
@given(strange=_json, seed=st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_no_body_however_odd_breaks_an_adapter(name: str, strange: Any, seed: int) -> None:
    for body in BODIES[name]:
        changed = json.loads(json.dumps(body))
        holder, key = random.Random(seed).choice(_places(changed))
        holder[key] = strange

        assert isinstance(ALL[name].read(json.dumps(changed).encode()), list)


@pytest.mark.parametrize("name", sorted(MESSENGERS))
@given(body=st.binary(max_size=200))
def test_no_bytes_break_an_adapter(name: str, body: bytes) -> None:
    assert [] == ALL[name].read(body)
    assert not ALL[name].verify(body, {}, URL)
    assert ALL[name].challenge({}, body) is None
