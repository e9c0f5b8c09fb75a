"""When nobody answers: one apology with both numbers for each message, and then the chat goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.gateway_serving import Served, a_reply, services_for, serving, wait_until
from tests.integration.stub_rasa import StubRasa


def test_when_rasa_is_down_each_message_gets_one_apology_with_both_numbers(served: Served, rasa: StubRasa) -> None:
    rasa.stop()
    visitor = served.visitor().open()

    for number in range(3):
        visitor.say(f"Anyone there? {number}")

    replies = visitor.wait_for_replies(3)
    assert ["Sorry (unavailable). Call (360) 555-0100, or 911 now."] * 3 == replies
    assert {"failed"} == {entry["state"] for entry in visitor.history() if entry["from"] == "patient"}


def test_after_an_outage_the_chat_goes_on(served: Served, rasa: StubRasa) -> None:
    rasa.stop()
    visitor = served.visitor().open()
    visitor.say("Now?")
    visitor.wait_for_replies(1)

    rasa.start()
    visitor.say("And now?")

    assert "You said: And now?" == visitor.wait_for_replies(2)[1]


def test_a_short_outage_is_waited_out(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, outage_patience=8.0)
    with serving(services, rasa) as served:
        rasa.stop()
        visitor = served.visitor().open()
        visitor.say("Still there?")

        rasa.start()

        assert ["You said: Still there?"] == visitor.wait_for_replies(1)


def test_a_turn_without_a_reply_just_after_an_outage_is_asked_once_more(tmp_path: Path, rasa: StubRasa) -> None:
    """What comes back first is Rasa, and an action may still be starting."""
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, outage_patience=8.0)
    answers = iter(([], [a_reply("Here I am.")]))
    with serving(services, rasa) as served:
        rasa.stop()
        rasa.answer = lambda body: next(answers)
        visitor = served.visitor().open()
        visitor.say("Still there?")

        rasa.start()

        assert ["Here I am."] == visitor.wait_for_replies(1)


def test_a_second_outage_is_waited_out_like_the_first(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, outage_patience=4.0)
    with serving(services, rasa) as served:
        visitor = served.visitor().open()
        rasa.stop()
        visitor.say("Still there?")
        assert visitor.wait_for_replies(1)[0].startswith("Sorry (unavailable).")
        rasa.start()
        # Nobody has written meanwhile: the gateway itself has seen that Rasa is well.
        wait_until(lambda: all(served.app.state.gateway.rasa.health().values()), 15)

        rasa.stop()
        visitor.say("And again?")
        rasa.start()

        assert "You said: And again?" == visitor.wait_for_replies(2)[1]


@pytest.mark.parametrize("fault", ["slow", "error", "empty", "nonsense"])
def test_no_usable_answer_is_an_apology_and_never_silence(served: Served, rasa: StubRasa, fault: str) -> None:
    if fault == "slow":
        rasa.delay = 4.0
    elif fault == "error":
        rasa.status = 500
    elif fault == "empty":
        rasa.answer = lambda body: []
    else:
        rasa.answer = lambda body: [Nonsense()]  # type: ignore[list-item]
    visitor = served.visitor().open()

    visitor.say("Hello?")

    assert ["Sorry (failed). Call (360) 555-0100, or 911 now."] == visitor.wait_for_replies(1)


class Nonsense:
    def to_dict(self) -> dict[str, int]:
        return {"kind": 7}
