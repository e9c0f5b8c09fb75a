"""What each adapter reads in real webhooks, and whom it believes."""

from __future__ import annotations

import json

import pytest
from read_webhooks import ALL, GIVEN, URL, lower, read_page, read_update, shown

from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Messenger
from tests.integration.messenger_stubs import facebook, telegram

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
def test_facebook_ignores_what_no_patient_wrote(what: str) -> None:
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
    assert [("attachment", "1", "")] == read_page(facebook.said("1", **link))


def test_what_messenger_cannot_pass_on_is_an_attachment() -> None:
    assert [("attachment", "1", "")] == read_page(facebook.said("1", is_unsupported=True))


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
def test_telegram_ignores_what_no_patient_wrote(what: str) -> None:
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


def test_telegram_does_not_believe_the_secret_of_another_bot() -> None:
    def bot(token: str) -> Messenger:
        values = {**GIVEN, "BOT_TELEGRAM_TOKEN": token, "BOT_TELEGRAM_WEBHOOK_SECRET": ""}
        return registry.build(values, lambda purpose: f"secret of the {purpose}")["telegram"]

    mine, old = "111111111:" + "A" * 30, "222222222:" + "B" * 30
    shown = {"x-telegram-bot-api-secret-token": f"secret of the telegram webhook {old}"}

    assert bot(old).verify(b"{}", shown, URL)
    assert not bot(mine).verify(b"{}", shown, URL)
