"""Who is believed at the webhooks, what strangers learn there, and batches as platforms send them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.gateway.app import build_app
from bot.settings import SettingsError
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.schema.messenger_tables import MessengerEvent
from tests.integration.gateway_serving import free_port, serving, wait_until
from tests.integration.messenger_stubs import facebook, slack, telegram, twilio
from tests.integration.messenger_stubs.people import PEOPLE, PLATFORMS
from tests.integration.messenger_stubs.platform import Platform
from tests.integration.messenger_stubs.serving import Exchange, exchange, messenger_services
from tests.integration.stub_rasa import StubRasa


@pytest.fixture(params=sorted(PEOPLE))
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, request.param) as running:
        yield running


def forgeries(talk: Exchange) -> list[tuple[bytes, dict[str, str]]]:
    """The same words, signed by somebody else, stale, or not at all."""
    form = twilio.message(talk.person.sender, Body="hello")
    event = json.dumps(slack.callback(slack.direct(text="hello"))).encode()
    page = facebook.page(facebook.said(text="hello"))
    update = json.dumps(telegram.update(42, text="hello")).encode()
    secret = "X-Telegram-Bot-Api-Secret-Token"
    by_twilio = [
        twilio.signed(talk.person.public_url, form, "another-token"),
        twilio.signed("https://elsewhere.example/webhooks/sms", form),
        (
            twilio.signed(talk.person.public_url, form)[0] + b"&Body=other",
            twilio.signed(talk.person.public_url, form)[1],
        ),
    ]
    found: dict[str, list[tuple[bytes, dict[str, str]]]] = {
        "facebook": [
            facebook.signed(page, "f" * 32),
            (facebook.signed(page)[0] + b" ", facebook.signed(page)[1]),
            (facebook.signed(page)[0], {"X-Hub-Signature": facebook.signed(page)[1]["X-Hub-Signature"]}),
        ],
        "telegram": [(update, {secret: "guess"}), (update, {secret: ""}), (update, {secret: telegram.SECRET + "x"})],
        "sms": by_twilio,
        "whatsapp": by_twilio,
        "slack": [
            (event, slack.signed(event, "another secret")),
            (event, slack.signed(event, at=time.time() - 400)),
            (event + b" ", slack.signed(event)),
        ],
    }
    return [*found[talk.person.name], (found[talk.person.name][0][0], {}), (b"", {}), (b"x" * 2_000_000, {})]


def test_forged_and_stale_events_are_refused_and_nothing_is_said_about_why(talk: Exchange) -> None:
    answers = [talk.person.post(body, headers) for body, headers in forgeries(talk)]

    assert {(403, b"")} == {(answer.status_code, answer.content) for answer in answers}
    assert {403} == {talk.person.http.get(talk.person.url).status_code}
    assert (0, 0, []) == (talk.served.count(MessengerEvent), talk.served.count(InboundMessage), talk.person.texts())


def test_a_body_that_is_signed_and_makes_no_sense_is_taken_and_ignored(talk: Exchange) -> None:
    nonsense = b"[" * 5000
    headers = {
        "facebook": lambda: facebook.signed("x")[1],
        "telegram": lambda: {"X-Telegram-Bot-Api-Secret-Token": telegram.SECRET},
        "slack": lambda: slack.signed(nonsense),
    }
    if talk.person.name in ("sms", "whatsapp"):
        answer = talk.person.post_form({"nothing": "known"})
    elif talk.person.name == "facebook":
        answer = talk.person.post(*facebook.signed(["x", {"object": "page"}]))
    else:
        answer = talk.person.post(nonsense, headers[talk.person.name]())

    assert 200 == answer.status_code
    assert 0 == talk.served.count(MessengerEvent)


def test_a_replayed_event_is_ignored_even_after_everything_else_was_erased(tmp_path: Path) -> None:
    with exchange(tmp_path, "facebook") as talk:
        replayed = facebook.signed(facebook.page(facebook.said(talk.person.sender, "m_replayed", text="My back hurts")))
        talk.person.post(*replayed)
        talk.person.wait_for(2)
        talk.person.say("delete my data")
        talk.person.wait_for(3)

        assert 200 == talk.person.post(*replayed).status_code
        time.sleep(0.3)
        assert (3, 0) == (len(talk.person.texts()), talk.served.count(InboundMessage))


def test_a_message_of_days_ago_is_ignored(tmp_path: Path) -> None:
    with exchange(tmp_path, "telegram") as talk:
        old = telegram.update(42, text="hello")
        old["message"]["date"] = int(time.time()) - 2 * 24 * 3600

        assert 200 == talk.person.post_update(old).status_code
        assert 0 == talk.served.count(MessengerEvent)


def test_every_entry_of_a_batch_is_answered_in_order(tmp_path: Path) -> None:
    with exchange(tmp_path, "facebook") as talk:
        events = [facebook.said("5501", text=f"message {n}") for n in range(3)] + [facebook.said("5502", text="other")]
        talk.person.post_event(*events, facebook.IGNORED["an echo"], facebook.IGNORED["a read"])

        talk.person.wait_for(6)

        mine = [b["message"]["text"].splitlines()[-1] for b in talk.platform.sent if b["recipient"]["id"] == "5501"]
        assert [f"You said: message {n}" for n in range(3)] == mine[1:]
        assert 2 == sum(b["recipient"]["id"] == "5502" for b in talk.platform.sent)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("facebook", facebook.IGNORED), ("telegram", telegram.IGNORED), ("slack", slack.IGNORED)],
    ids=["facebook", "telegram", "slack"],
)
def test_what_nobody_said_is_answered_200_and_ignored(
    tmp_path: Path, name: str, kinds: dict[str, dict[str, object]]
) -> None:
    with exchange(tmp_path, name) as talk:
        post = talk.person.post_update if name == "telegram" else talk.person.post_event
        extra = {"update_id": 99} if name == "telegram" else {}

        assert {200} == {post({**extra, **event}).status_code for event in kinds.values()}
        assert (0, []) == (talk.served.count(MessengerEvent), talk.person.texts())


def test_facebook_shakes_hands(tmp_path: Path) -> None:
    with exchange(tmp_path, "facebook") as talk:
        query = {"hub.mode": "subscribe", "hub.verify_token": facebook.VERIFY_TOKEN, "hub.challenge": "1158201444"}

        good = talk.person.http.get(talk.person.url, params=query)
        bad = talk.person.http.get(talk.person.url, params={**query, "hub.verify_token": "guess"})

        assert (200, "1158201444") == (good.status_code, good.text)
        assert good.headers["content-type"].startswith("text/plain")
        assert (403, b"") == (bad.status_code, bad.content)


def test_slack_verifies_the_address_only_when_it_signs(tmp_path: Path) -> None:
    with exchange(tmp_path, "slack") as talk:
        body = json.dumps({"type": "url_verification", "challenge": "abc123"}).encode()

        assert "abc123" == talk.person.post(body, slack.signed(body)).text
        assert 403 == talk.person.post(body, {}).status_code


def test_twilio_is_answered_with_an_empty_response_so_that_it_sends_nothing_itself(tmp_path: Path) -> None:
    with exchange(tmp_path, "sms") as talk:
        answer = talk.person.say("Hello")

        assert "<Response></Response>" in answer.text
        assert answer.headers["content-type"].startswith("text/xml")


def test_a_messenger_that_is_not_set_up_has_no_address(tmp_path: Path) -> None:
    with exchange(tmp_path, "telegram") as talk:
        assert 404 == httpx.post(f"{talk.served.url}/webhooks/facebook", content=b"{}").status_code


def test_all_messengers_run_side_by_side(tmp_path: Path, rasa: StubRasa) -> None:
    kinds: dict[type[Platform], Platform] = {kind: kind() for kind in set(PLATFORMS.values())}
    for platform in kinds.values():
        platform.start()
    given = {name: value for platform in kinds.values() for name, value in platform.settings().items()}  # type: ignore[attr-defined]
    with serving(messenger_services(tmp_path, rasa.port, given), rasa) as served:
        people = [PEOPLE[name].of(served, kinds[PLATFORMS[name]]) for name in sorted(PEOPLE)]
        for person in people:
            assert 200 == person.say(f"Hello from {person.name}").status_code
        wait_until(lambda: sum(len(platform.texts()) for platform in kinds.values()) == 10)
        for person in people:
            assert any(f"You said: Hello from {person.name}" in text for text in person.texts())
            person.http.close()
    for platform in kinds.values():
        platform.stop()
        assert [] == platform.complaints


def test_a_messenger_set_up_in_part_stops_the_start_and_says_what_is_missing(tmp_path: Path) -> None:
    services = messenger_services(tmp_path, free_port(), {"BOT_SLACK_TOKEN": "xoxb-1"})

    with pytest.raises(SettingsError, match="BOT_SLACK_SIGNING_SECRET is not set"):
        build_app(services)
    services.database.close()
