"""What a person on a messenger did not get is seen by staff: on the first page, in the list, the queue and the chat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.reply import Kind
from tests.integration.assistant_serving import own_database
from tests.integration.console_serving import ServedConsole, add_staff, serving_console
from tests.integration.gateway_serving import a_reply, free_port, wait_until
from tests.integration.messenger_stubs.platform import Failure
from tests.integration.messenger_stubs.serving import Exchange, exchange

BLOCKED = Failure(403, body={"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"})


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, "telegram") as running:
        yield running


@pytest.fixture
def console(talk: Exchange) -> Iterator[ServedConsole]:
    services, port = own_database(talk.served.services), free_port()
    settings = replace(services.settings, console_port=port, console_url=f"http://127.0.0.1:{port}", time_zone="UTC")
    add_staff(services)
    with serving_console(replace(services, settings=settings)) as running:
        yield running


def test_a_warning_that_was_given_up_is_shown_wherever_staff_look(talk: Exchange, console: ServedConsole) -> None:
    editor = console.staff("editor")
    talk.rasa.answer = lambda body: [a_reply("Call 911.", kind=Kind.EMERGENCY, tier="emergency", rules=("E01",))]
    talk.platform.failures.append(BLOCKED)
    talk.person.say("I am numb between my legs")

    wait_until(lambda: "did not arrive" in editor.get("/").text)
    listed = editor.get("/review?trouble=undelivered&reviewed=no").text
    conversation = talk.rasa.asked[0]["conversation_id"]

    assert "<strong>1</strong> with a reply that did not arrive" in editor.get("/").text
    assert f"/review/{conversation}" in listed
    assert "did not arrive: blocked us" in editor.get(f"/review/{conversation}").text
    assert "a reply did not arrive</span>" in editor.get("/safety").text


def test_a_reply_that_is_tried_again_is_shown_as_on_its_way(talk: Exchange, console: ServedConsole) -> None:
    editor = console.staff("editor")
    talk.platform.failures.append(Failure(429, {"Retry-After": "600"}))
    talk.person.say("Does it hurt?")
    wait_until(lambda: not talk.platform.failures)
    conversation = talk.rasa.asked[0]["conversation_id"]

    wait_until(lambda: "not sent yet: rate limited, tried 1 time" in editor.get(f"/review/{conversation}").text)

    assert "did not arrive" not in editor.get("/").text
    assert "No conversation is like that" in editor.get("/review?trouble=undelivered").text


def test_what_arrived_is_no_loss(talk: Exchange, console: ServedConsole) -> None:
    editor = console.staff("editor")
    talk.person.say("Does it hurt?")
    talk.person.wait_for(2)
    conversation = talk.rasa.asked[0]["conversation_id"]

    wait_until(lambda: "not sent yet" not in editor.get(f"/review/{conversation}").text)

    assert all("did not arrive" not in editor.get(path).text for path in ("/", f"/review/{conversation}"))
