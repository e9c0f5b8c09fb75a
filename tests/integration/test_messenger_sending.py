"""Sending: in order, tried again, given up visibly, nothing twice where that can be known, and in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from bot.conversation.reply import Kind, Reply
from bot.gateway import conversation_work
from bot.gateway.messengers import sending
from bot.gateway.messengers.telegram import Telegram
from bot.storage import messengers, outbox
from bot.storage.schema.conversation_tables import OutboundMessage
from bot.storage.schema.messenger_tables import MessengerContact, MessengerDelivery
from bot.storage.staff_side.undelivered import not_delivered
from tests.integration.gateway_serving import a_reply, wait_until
from tests.integration.messenger_stubs.people import PEOPLE
from tests.integration.messenger_stubs.platform import Failure
from tests.integration.messenger_stubs.serving import Exchange, exchange


@pytest.fixture(params=sorted(PEOPLE))
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, request.param) as running:
        yield running


def test_many_replies_arrive_in_order_though_the_platform_stumbles(talk: Exchange) -> None:
    talk.rasa.answer = lambda body: [a_reply(f"{body['text']}.{n}") for n in range(3)]
    talk.platform.failures.extend([Failure(503), Failure(429, {"Retry-After": "0"}), Failure(500)])
    for number in range(3):
        talk.person.say(f"message {number}")

    texts = talk.person.wait_for(10)

    assert [f"message {m}.{n}" for m in range(3) for n in range(3)] == [text.splitlines()[-1] for text in texts[1:]]


def test_what_the_platform_refuses_for_good_is_given_up_and_shown_to_staff(talk: Exchange) -> None:
    refusals: dict[str, Any] = {
        "facebook": Failure(400, body={"error": {"code": 551, "message": "This person isn't available right now."}}),
        "telegram": Failure(403, body={"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked"}),
        "sms": Failure(400, body={"code": 21614, "message": "not a mobile number", "status": 400}),
        "whatsapp": Failure(400, body={"code": 63016, "message": "outside the window", "status": 400}),
        "slack": Failure(200, body={"ok": False, "error": "channel_not_found"}),
    }
    reasons = {
        "facebook": "blocked_us",
        "telegram": "blocked_us",
        "sms": "no_such_number",
        "whatsapp": "outside_window",
        "slack": "channel_not_found",
    }
    talk.platform.failures.append(refusals[talk.person.name])
    talk.person.say("Hello")

    talk.person.wait_for(1)
    lost = wait_until(lambda: losses(talk))

    assert [(talk.person.name, "failed", reasons[talk.person.name], 1)] == lost


def test_staff_are_told_why_meta_refused_also_where_one_code_stands_for_several_reasons(tmp_path: Path) -> None:
    codes = [(10, 2018278), (10, 2018300), (200, 1545041), (100, 2018001)]
    with exchange(tmp_path, "facebook") as talk:
        for code, subcode in codes:
            talk.platform.failures.append(Failure(400, body={"error": {"code": code, "error_subcode": subcode}}))
        for text in ("one", "two", "three"):
            talk.person.say(text)

        wait_until(lambda: len(states(talk)) == 4)

        reasons = [reason for _, reason in states(talk)]
        assert ["blocked_us", "no_such_person", "not_permitted", "outside_window"] == sorted(map(str, reasons))


def losses(talk: Exchange) -> list[tuple[Any, ...]]:
    with talk.served.services.database.read() as session:
        return [tuple(row) for row in not_delivered(session, datetime.now(UTC) - timedelta(days=1))]


def test_a_platform_that_stays_broken_is_given_up_and_later_replies_still_go_out(telegram: Exchange) -> None:
    telegram.platform.failures.extend([Failure(502)] * 4)
    telegram.person.say("Hello")

    assert "You said: Hello" in telegram.person.wait_for(1)[0]
    assert [("telegram", "failed", "status_502", 1)] == losses(telegram)


@pytest.mark.parametrize("name", ["facebook", "whatsapp"])
def test_nothing_is_sent_once_the_24_hour_window_has_closed(tmp_path: Path, name: str) -> None:
    with exchange(tmp_path, name) as talk:
        talk.person.say("Hello")
        talk.person.wait_for(2)
        talk.rasa.delay = 0.5
        talk.person.say("Does it hurt?")
        wait_until(lambda: len(talk.rasa.asked) == 2)
        with talk.served.services.database.write() as session:
            session.scalars(select(MessengerContact)).one().last_heard -= timedelta(hours=24)

        lost = wait_until(lambda: losses(talk))

        assert [(name, "too_late", "outside_window", 1)] == lost
        assert 2 == len(talk.person.texts())


def test_an_emergency_reply_does_not_wait_for_one_that_is_tried_again_later(talk: Exchange) -> None:
    talk.person.say("Hello")
    talk.person.wait_for(2)
    talk.platform.failures.append(Failure(429, {"Retry-After": "600"}))
    talk.person.say("Does it hurt?")
    wait_until(lambda: not talk.platform.failures)
    talk.rasa.answer = lambda body: [a_reply("Call 911 now.", kind=Kind.EMERGENCY)]

    talk.person.say("My chest hurts and I cannot breathe")

    assert talk.person.wait_for(3)[2].startswith("Call 911 now.")
    assert ("waiting", "rate_limited") in states(talk)


def test_a_platform_that_asks_for_patience_is_left_alone_whatever_the_person_writes(telegram: Exchange) -> None:
    telegram.person.say("Hello")
    telegram.person.wait_for(2)
    tried = len(telegram.platform.requests)
    telegram.platform.failures.append(Failure(429, {"Retry-After": "600"}))
    telegram.person.say("Does it hurt?")
    wait_until(lambda: not telegram.platform.failures)

    telegram.person.say("Are you there?")

    wait_until(lambda: telegram.served.count(OutboundMessage) == 4)
    assert (tried + 1, 2) == (len(telegram.platform.requests), len(telegram.person.texts()))


def test_a_reply_that_waits_at_a_restart_is_delivered_by_the_next_process(telegram: Exchange) -> None:
    sending.BACKOFF = (30.0,) * 7
    telegram.platform.failures.append(Failure(503))
    telegram.person.say("Hello")
    wait_until(lambda: not telegram.platform.failures)
    telegram.served.server.stop()

    with telegram.restarted() as again:
        assert 2 == len(again.person.wait_for(2))
        assert again.served.count(OutboundMessage) == 2


@pytest.mark.parametrize("name", ["slack", "sms", "whatsapp"])
def test_an_ambiguous_timeout_sends_nothing_twice_where_the_platform_lets_us_look(tmp_path: Path, name: str) -> None:
    with exchange(tmp_path, name) as talk:
        talk.platform.failures.append(Failure(504, is_taken=True))
        talk.person.say("Hello")

        texts = talk.person.wait_for(2)

        assert (2, 2) == (len(texts), len(set(texts)))
        wait_until(lambda: not losses(talk))


def test_the_same_words_said_again_arrive_again_though_the_platform_was_busy(talk: Exchange) -> None:
    talk.person.say("HELP")
    talk.person.wait_for(2)
    talk.platform.failures.append(Failure(429, {"Retry-After": "0"}))

    talk.person.say("HELP")

    assert 2 == sum("(messenger_help)" in text for text in talk.person.wait_for(3))


def test_what_was_sent_when_the_database_went_away_is_not_sent_again(
    talk: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation_work, "DATABASE_RETRY_SECONDS", 0.05)
    note, failures = messengers.note_delivery, [OperationalError("", {}, Exception()) for _ in range(2)]

    def failing(*given: Any, **more: Any) -> bool:
        if failures:
            raise failures.pop()
        return note(*given, **more)

    monkeypatch.setattr(messengers, "note_delivery", failing)
    talk.person.say("Hello")
    talk.person.wait_for(2)

    wait_until(lambda: states(talk) == [("sent", None)] * 2)
    assert ([], 2) == (failures, len(talk.person.texts()))


def test_an_answer_of_the_platform_that_nobody_foresaw_is_given_up_and_shown_to_staff(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Telegram.send

    async def stumbling(self: Telegram, address: str, payload: dict[str, Any], *rest: Any, **more: Any) -> None:
        if "strange" in payload["text"]:
            raise LookupError
        await send(self, address, payload, *rest, **more)

    monkeypatch.setattr(Telegram, "send", stumbling)
    telegram.person.say("strange")
    telegram.person.say("as usual")

    assert "You said: as usual" in telegram.person.wait_for(2)[1]
    assert [("telegram", "failed", "unforeseen", 1)] == losses(telegram)


def test_a_typing_sign_is_shown_where_the_platform_has_one(tmp_path: Path) -> None:
    for name in ("telegram", "facebook"):
        folder = tmp_path / name
        folder.mkdir()
        with exchange(folder, name) as talk:
            talk.rasa.delay = 0.3
            talk.person.say("Hello")
            talk.person.wait_for(2)

            assert 1 == len(talk.platform.signs_of_typing)


def test_the_webhook_answers_before_rasa_has(talk: Exchange) -> None:
    talk.rasa.delay = 3.0

    answer = talk.person.say("Hello")

    assert (200, []) == (answer.status_code, talk.person.texts())


def states(talk: Exchange) -> list[tuple[str, str | None]]:
    with talk.served.services.database.read() as session:
        rows = session.scalars(select(MessengerDelivery).order_by(MessengerDelivery.outbound_id))
        return [(row.state, row.reason) for row in rows]


def test_whoever_opted_out_at_twilio_misses_nothing_but_a_warning(tmp_path: Path) -> None:
    with exchange(tmp_path, "sms") as talk:
        opted_out = Failure(400, body={"code": 21610, "message": "unsubscribed", "status": 400})
        talk.rasa.answer = lambda body: [a_reply("Call 911 now.", kind=Kind.EMERGENCY)]
        talk.platform.failures.extend([opted_out, opted_out])
        talk.person.say("My chest hurts")

        wait_until(lambda: len(states(talk)) == 2)

        assert [("withheld", "person_opted_out"), ("failed", "person_opted_out")] == states(talk)


def test_a_reply_that_cannot_be_read_or_rendered_is_given_up_and_the_next_one_sent(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.person.say("Hello")
    telegram.person.wait_for(2)
    add_replies, reply_of = outbox.add_replies, sending.reply_of

    def tampering(session: Any, owner: str, replies: list[Reply], *rest: Any) -> Any:
        told = add_replies(session, owner, replies, *rest)
        if any("tampered" in reply.text for reply in replies):
            newest = select(func.max(OutboundMessage.id)).scalar_subquery()
            session.execute(update(OutboundMessage).where(OutboundMessage.id == newest).values(sealed_reply=b"x"))
        return told

    def failing(outbound: OutboundMessage) -> Reply:
        reply = reply_of(outbound)
        if "strange" in reply.text:
            raise LookupError
        return reply

    monkeypatch.setattr(outbox, "add_replies", tampering)
    monkeypatch.setattr(sending, "reply_of", failing)
    for text in ("tampered", "strange", "as usual"):
        telegram.person.say(text)

    assert "You said: as usual" == telegram.person.wait_for(3)[2].splitlines()[-1]
    assert ["unreadable", "not_rendered"] == [reason for _, reason in states(telegram) if reason]
