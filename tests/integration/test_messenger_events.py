"""What messengers told us, stored before it is handled: nothing is lost, and no event keeps another waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError

from bot.gateway.messengers import handling, intake, storing
from bot.gateway.messengers.base import Incoming
from tests.integration.gateway_serving import wait_until
from tests.integration.messenger_stubs.serving import OPENING, Exchange, exchange


def storing_fails(monkeypatch: pytest.MonkeyPatch, failure_of: Callable[[Incoming], Exception | None]) -> None:
    """Let an event fail to be stored for as long as a failure is named for it."""
    store = storing.Storing.store

    def failing(self: storing.Storing, key: str, pace: storing.Pace) -> None:
        if failure := failure_of(self.event):
            raise failure
        store(self, key, pace)

    monkeypatch.setattr(storing.Storing, "store", failing)


def answers_around_what_breaks(talk: Exchange) -> list[str]:
    """What a person gets who says one thing before and one behind an event that cannot be handled."""
    for text in ("one", "this breaks", "two"):
        talk.person.say(text)
    wait_until(lambda: any("You said: two" in text for text in talk.person.texts()))
    return [text.splitlines()[-1] for text in talk.person.texts()[1:]]


def test_an_event_that_cannot_be_handled_keeps_no_other_waiting(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    storing_fails(monkeypatch, lambda event: LookupError() if "breaks" in event.text else None)

    answers = answers_around_what_breaks(telegram)

    assert ["You said: one", "You said: two"] == [text for text in answers if "Sorry" not in text]
    assert 1 == sum("Sorry (failed)" in text for text in answers)


def test_an_event_that_another_version_wrote_keeps_no_other_waiting(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_text = intake.to_text

    def other_version(incoming: Incoming) -> str:
        text = to_text(incoming)
        return text.replace('"text"', '"words"') if "breaks" in incoming.text else text

    monkeypatch.setattr(intake, "to_text", other_version)

    assert ["You said: one", "You said: two"] == answers_around_what_breaks(telegram)


def test_a_number_does_not_choose_from_a_greeting_that_has_not_been_sent(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        # Handled together, the first is certainly unanswered when the second is read.
        patch.setattr(handling.Handling, "wake", lambda self: None)
        telegram.person.say("How many needles are there?")
    telegram.person.say("two")

    texts = telegram.person.wait_for(3)
    assert [OPENING, "You said: How many needles are there?", "You said: two"] == [
        OPENING if OPENING in text else text.splitlines()[-1] for text in texts
    ]


def test_a_number_chooses_from_a_greeting_that_was_sent(telegram: Exchange) -> None:
    telegram.person.say("/start")
    telegram.person.wait_for(1)

    telegram.person.say("2")

    telegram.person.wait_for(2)
    assert ["check:start"] == [asked["payload"] for asked in telegram.rasa.asked]


def test_an_event_is_kept_until_a_database_that_had_no_connection_left_has_one(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [TimeoutError("the pool is used up")]
    storing_fails(monkeypatch, lambda _: failures.pop() if failures else None)
    monkeypatch.setattr(handling, "RETRY_SECONDS", 0.1)
    telegram.person.say("one")

    assert "You said: one" == telegram.person.wait_for(2)[1].splitlines()[-1]


def test_a_database_that_is_away_uses_up_nobodys_share_of_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [TimeoutError("the pool is used up")] * 12
    storing_fails(monkeypatch, lambda _: failures.pop() if failures else None)
    monkeypatch.setattr(handling, "RETRY_SECONDS", 0.0)
    with exchange(tmp_path, "telegram", messages_per_minute=1) as talk:
        talk.person.say("one")

        assert "You said: one" == talk.person.wait_for(2)[1].splitlines()[-1]


def test_events_stored_before_a_restart_are_answered_by_the_next_process(
    telegram: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(handling.Handling, "wake", lambda self: None)
        telegram.person.say("Hello")
        assert [] == telegram.person.texts()
        telegram.served.server.stop()

    with telegram.restarted() as again:
        assert "You said: Hello" in again.person.wait_for(2)[1]
