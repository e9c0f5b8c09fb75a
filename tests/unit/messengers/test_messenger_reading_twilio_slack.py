"""What the adapters of Twilio and Slack read in real webhooks, and whom they believe."""

from __future__ import annotations

import json
import time

import pytest
from read_webhooks import ALL, URL, lower, read_event, read_form, shown

from bot.gateway.messengers.base import Kind
from tests.integration.messenger_stubs import slack, twilio

# SMS and WhatsApp


def test_twilio_reads_text_and_whatsapp_buttons() -> None:
    pressed = twilio.message("whatsapp:+13605550142", Body="Yes", ButtonText="Yes", ButtonPayload="abc")

    assert [("text", "+13605550142", "Hello")] == read_form(twilio.message(Body="Hello"))
    assert [("choice", "whatsapp:+13605550142", "abc")] == read_form(pressed, "whatsapp")


@pytest.mark.parametrize("hidden", ["US.13491208655302741918", "US.ENT.11815799212886844830"])
def test_whoever_hides_the_number_on_whatsapp_is_read_under_the_id_that_stands_for_it(hidden: str) -> None:
    said = twilio.message(f"whatsapp:{hidden}", Body="Hello")

    assert [("text", f"whatsapp:{hidden}", "Hello")] == read_form(said, "whatsapp")
    assert [] == read_form(twilio.message(hidden, Body="Hello"))


def test_twilio_reads_media_and_places_as_attachments() -> None:
    place = twilio.message("whatsapp:+13605550142", Latitude="48.75", Longitude="-122.48")

    assert [("attachment", "+13605550142", "")] == read_form(twilio.message(**twilio.IMAGE))
    assert [("attachment", "whatsapp:+13605550142", "")] == read_form(place, "whatsapp")
    assert ["attachment", "text"] == [kind for kind, _, _ in read_form(twilio.message(Body="look", **twilio.IMAGE))]


@pytest.mark.parametrize("kind", ["unsupported", "order"])
def test_what_whatsapp_cannot_pass_on_is_an_attachment(kind: str) -> None:
    sent = twilio.message("whatsapp:+13605550142", MessageType=kind)

    assert [("attachment", "whatsapp:+13605550142", "")] == read_form(sent, "whatsapp")
    assert [] == read_form({**sent, "MessageType": "reaction"}, "whatsapp")


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
        {"OtherRecipients0": "+13605550143"},
    ],
)
def test_twilio_ignores_what_no_patient_wrote(fields: dict[str, str]) -> None:
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


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast"])
def test_slack_reads_what_is_said_after_me_and_in_a_thread(subtype: str) -> None:
    said = slack.direct(text="has chest pain", subtype=subtype, thread_ts="1.1")

    assert [("text", "D024BE91L", "has chest pain")] == read_event(said)


@pytest.mark.parametrize("what", sorted(slack.IGNORED))
def test_slack_ignores_what_no_patient_wrote(what: str) -> None:
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
