"""Danger signs that Rasa cannot answer, because it is away or fails at the message, are told of all the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import base
from actions.answers import ActionAnswer
from bot.conversation.reply import Kind
from bot.conversation.state import State
from bot.gateway import danger_reading
from tests.conversing import finding, understood
from tests.integration.gateway_serving import Served, Visitor, services_for, serving, wait_until
from tests.integration.stub_rasa import StubRasa

READER = (sys.executable, "-m", "bot.gateway.danger_reader")
NUMB = "since this morning I am numb between my legs and can't pee, how long is a visit"
SORRY = "Sorry (unavailable). Call (360) 555-0100, or 911 now."


@pytest.fixture
def served(tmp_path: Path, rasa: StubRasa) -> Iterator[Served]:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port)
    services.danger_reader = READER
    with serving(services, rasa) as found:
        yield found


def last_reply(visitor: Visitor) -> dict[str, Any]:
    entries = [entry for entry in visitor.history() if entry["from"] == "bot"]
    return dict(entries[-1]["reply"])


def readers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if _is_reader(child)]


def _is_reader(process: psutil.Process) -> bool:
    try:
        return "bot.gateway.danger_reader" in process.cmdline()
    except psutil.Error:
        return False  # it has just ended


def test_while_rasa_is_away_a_danger_sign_is_answered_with_where_to_get_help(served: Served, rasa: StubRasa) -> None:
    rasa.stop()
    visitor = served.visitor().open()

    visitor.say(NUMB)
    visitor.wait_for_replies(1, 30)
    alarm = last_reply(visitor)
    visitor.say("how long is a visit")
    replies = visitor.wait_for_replies(2)

    assert (Kind.EMERGENCY, []) == (alarm["kind"], alarm["buttons"])
    assert "911" in alarm["text"].splitlines()[0]
    assert SORRY == replies[1]


def test_a_danger_sign_does_not_wait_for_a_rasa_that_may_come_back(
    served: Served, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.app.state.gateway.delivery._asking, "_patience", 600.0)
    rasa.stop()
    visitor, other = served.visitor().open(), served.visitor().open()

    other.say("how long is a visit")
    visitor.say(NUMB)

    assert "911" in visitor.wait_for_replies(1, 30)[0].splitlines()[0]
    # Who asks something else waits as before.
    assert not any(entry.get("in_reply_to") for entry in other.history())
    rasa.start()
    assert ["You said: how long is a visit"] == other.wait_for_replies(1)


def test_a_danger_sign_in_another_language_is_told_in_it_while_rasa_is_away(served: Served, rasa: StubRasa) -> None:
    rasa.stop()
    visitor = served.visitor().open()

    visitor.say("no puedo mover las piernas desde ayer")

    assert visitor.wait_for_replies(1, 30)[0].startswith("Llame al 911")


def test_a_message_that_rasa_fails_at_is_read_for_danger_signs(served: Served, rasa: StubRasa) -> None:
    rasa.status = 500
    visitor = served.visitor().open()

    visitor.say(NUMB)

    assert "911" in visitor.wait_for_replies(1, 30)[0].splitlines()[0]


def test_rasa_is_told_of_the_alarm_before_it_answers_there_again(served: Served, rasa: StubRasa) -> None:
    rasa.stop()
    visitor = served.visitor().open()
    visitor.say(NUMB)
    visitor.wait_for_replies(1, 30)

    rasa.start()
    visitor.say("Now?")
    visitor.say("And now?")

    assert ["You said: Now?", "You said: And now?"] == visitor.wait_for_replies(3)[1:]
    assert [NUMB, "Now?", "And now?"] == [asked["text"] for asked in rasa.asked]


def test_a_rasa_that_is_slow_for_a_while_is_told_of_the_alarm_all_the_same(served: Served, rasa: StubRasa) -> None:
    rasa.delay = 4.0
    visitor = served.visitor().open()
    for text in (NUMB, "Hello?"):
        visitor.say(text)
    visitor.wait_for_replies(2, 40)

    rasa.delay = 0.0
    visitor.say("Now?")

    assert "You said: Now?" == visitor.wait_for_replies(3)[2]
    assert [NUMB, "Now?"] == [asked["text"] for asked in rasa.asked[-2:]]


def test_the_reader_is_there_only_while_it_is_needed(
    served: Served, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.app.state.gateway.delivery._asking._danger, "_idle", 1.0)
    visitor = served.visitor().open()
    visitor.say("Hello?")
    visitor.wait_for_replies(1)
    before = readers()
    rasa.stop()
    visitor.say(NUMB)
    wait_until(readers)
    visitor.wait_for_replies(2, 30)

    assert [] == before
    wait_until(lambda: not readers())
    visitor.say(NUMB)
    assert "911" in visitor.wait_for_replies(3, 30)[2].splitlines()[0]


@pytest.mark.parametrize(
    "command",
    [
        ("/no/such/program",),
        (sys.executable, "-c", "raise SystemExit(1)"),
        (sys.executable, "-c", "print('no JSON', flush=True); input(); input()"),
        (sys.executable, "-c", "import time; time.sleep(60)"),
    ],
)
def test_a_reader_that_fails_costs_nobody_the_apology(
    tmp_path: Path, rasa: StubRasa, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(danger_reading.DangerReading.__init__, "__defaults__", (1.0, 300.0))
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port)
    services.danger_reader = command
    with serving(services, rasa) as served:
        rasa.stop()
        visitor = served.visitor().open()
        for text in (NUMB, "Hello?"):
            visitor.say(text)

        assert [SORRY, SORRY] == visitor.wait_for_replies(2)


@pytest.mark.parametrize(("numb", "expected"), [(True, Kind.EMERGENCY), (False, Kind.APOLOGY)])
async def test_an_action_that_fails_at_a_message_still_tells_of_the_danger_in_it(
    monkeypatch: pytest.MonkeyPatch, numb: bool, expected: Kind
) -> None:
    def failing(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(base, "take_turn", failing)
    message = understood("numb between my legs", findings=(finding("saddle_numbness"),) if numb else ())
    tracker = Tracker("c", {}, {"understanding": message.to_dict()}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()

    events = await ActionAnswer().run(dispatcher, tracker, {})

    assert [expected] == [said["custom"]["kind"] for said in dispatcher.messages]
    # The alarm stands from then on; otherwise the memory stays as it was.
    kept = [State.from_dict(event["value"]).alarm for event in events]
    assert ([{"tier": "emergency", "check_waits": False}] if numb else []) == kept
