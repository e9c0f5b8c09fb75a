"""The shared parts: control words, keyed hashes, encrypted addresses, settings, splitting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_replies import MESSENGERS, VALUES

from bot.gateway.messengers import registry
from bot.gateway.messengers.controls import Control, control_of
from bot.gateway.messengers.http import seconds_to_wait
from bot.gateway.messengers.identity import Identities, Unreadable
from bot.gateway.messengers.layout import split_text
from bot.gateway.messengers.twilio import undeliverable
from bot.settings import SettingsError

SECRET = "m" * 43


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("STOP", Control.STOP),
        (" stop! ", Control.STOP),
        ("/stop", Control.STOP),
        ("Unsubscribe", Control.STOP),
        ("HELP", Control.HELP),
        ("/help@clinic_bot", Control.HELP),
        ("START", Control.START),
        ("/start from_poster", Control.START),
        ("delete my data", Control.ERASE),
        ("Delete my data.", Control.ERASE),
        ("please erase this chat", Control.ERASE),
        ("can you delete all my messages", Control.ERASE),
        ("“delete my data”", Control.ERASE),
        ("delete everything you have on me", Control.ERASE),
        ("forget me", Control.ERASE),
        ("/delete", Control.ERASE),
        ("Summary", Control.SUMMARY),
        ("please send me my results", Control.SUMMARY),
        ("can I see the full result of my check?", Control.SUMMARY),
        ("results", None),
        ("what results can I expect", None),
        ("stop the pain", None),
        ("does it help", None),
        ("forget it", None),
        ("delete", None),
        ("start the check", None),
        ("cancel", None),
        ("yes", None),
        ("", None),
        ("stop " * 40, None),
    ],
)
def test_control_words_are_known_when_they_stand_alone(text: str, control: Control | None) -> None:
    assert control == control_of(text)


def test_sms_has_more_words_for_stop_and_yes_means_start_to_whoever_has_stopped() -> None:
    words = MESSENGERS["sms"].stop_words

    assert Control.STOP == control_of("Quit", words)
    assert Control.START == control_of("YES", words, is_stopped=True)
    assert MESSENGERS["telegram"].stop_words == frozenset()


def test_hashes_are_keyed_apart_by_channel_and_always_the_same() -> None:
    mine, other = Identities(SECRET), Identities("n" * 43)

    found = {mine.visitor("sms", "+1"), mine.visitor("whatsapp", "+1"), other.visitor("sms", "+1")}

    assert 3 == len(found)
    assert mine.visitor("sms", "+1") == Identities(SECRET).visitor("sms", "+1")
    assert mine.conversation("sms", "+1", "a") != mine.conversation("sms", "+1", "b")
    assert mine.visitor("a", "bc") != mine.visitor("ab", "c")
    assert mine.derive("one") != mine.derive("two")


@given(address=st.text(max_size=60))
def test_an_address_comes_back_for_its_visitor_alone(address: str) -> None:
    identities = Identities(SECRET)
    sealed = identities.seal("visitor", address)

    assert address == identities.open("visitor", sealed)
    assert sealed != identities.seal("visitor", address)
    for wrong in (("another", sealed), ("visitor", sealed[:-1] + bytes([sealed[-1] ^ 1])), ("visitor", b"")):
        with pytest.raises(Unreadable):
            identities.open(*wrong)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Identities("short")


def test_nothing_is_built_when_nothing_is_set() -> None:
    assert {} == registry.build({}, str)
    assert {} == registry.build({"BOT_TWILIO_ACCOUNT_SID": VALUES["BOT_TWILIO_ACCOUNT_SID"]}, str)


def test_a_messenger_set_up_in_part_names_all_that_is_missing() -> None:
    with pytest.raises(SettingsError) as error:
        registry.build({"BOT_FACEBOOK_PAGE_ID": "1", "BOT_TELEGRAM_TOKEN": "no token"}, str)

    text = str(error.value)
    assert all(name in text for name in ("BOT_FACEBOOK_PAGE_TOKEN", "BOT_FACEBOOK_APP_SECRET", "BOT_TELEGRAM_TOKEN"))
    assert "no token" not in text and "BOT_FACEBOOK_VERIFY_TOKEN" not in text


def test_sms_and_whatsapp_are_switched_on_apart() -> None:
    given = {name: value for name, value in VALUES.items() if name != "BOT_TWILIO_WHATSAPP_NUMBER"}

    assert "whatsapp" not in registry.build(given, str) and "sms" in registry.build(given, str)


@given(text=st.text(), limit=st.integers(2, 40))
def test_no_part_is_empty_or_over_the_limit_and_no_word_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert "".join(text.split()) == "".join("".join(parts).split())
    assert all(part.strip() and len(part.encode("utf-16-le", "surrogatepass")) // 2 <= limit for part in parts)


def test_sentences_stay_whole_where_they_fit() -> None:
    text = "It hurts. “Does it?” No! I sat\nall day… Then I ran."

    assert ("It hurts.", "“Does it?” No!", "I sat\nall day…", "Then I ran.") == split_text(text, 15)


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7), ("0.5", 0.5), ("-3", 0), ("nan", 0), ("", 0), ("soon", 0), ("inf", 0)]
)
def test_retry_after_is_read_as_seconds(header: str, seconds: float) -> None:
    assert seconds == seconds_to_wait(header)


def test_retry_after_may_be_a_date() -> None:
    assert seconds_to_wait("Fri, 31 Dec 2199 23:59:59 GMT") > 1000
    assert 0 == seconds_to_wait("Fri, 31 Dec 1999 23:59:59 GMT")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (21614, "no_such_number"),
        (99999, "code_99999"),
        (None, "status_400"),
        ("gateway", "status_400"),
        ("²", "status_400"),
    ],
)
def test_what_twilio_names_no_number_for_is_given_up_by_its_status(code: object, reason: str) -> None:
    assert reason == undeliverable(400, {"code": code}).reason
