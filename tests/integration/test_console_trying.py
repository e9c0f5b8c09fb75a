"""Trying the assistant from the console: over the patients' own path, and apart from their conversations."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.commands.local_agent import LocalAgent
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.schema.turn_tables import TurnRecord
from tests.integration.assistant_serving import Assistant, serving_assistant
from tests.integration.console_serving import StaffClient


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, agent: LocalAgent) -> Iterator[Assistant]:
    with serving_assistant(tmp_path_factory.mktemp("assistant"), agent) as running:
        yield running


@pytest.fixture
def tester(assistant: Assistant) -> StaffClient:
    assistant.console.app.state.console.logins_by_name._left.clear()
    assistant.console.app.state.console.logins_by_address._left.clear()
    return assistant.console.staff("tester")


def begin(tester: StaffClient, text: str) -> str:
    answer = tester.post("/try", {"text": text})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("#")[0]


def test_a_test_is_answered_as_a_patient_would_be_and_marked_as_a_test(
    assistant: Assistant, tester: StaffClient
) -> None:
    patient = assistant.gateway.visitor().open()
    patient.say("does it hurt?")
    (told,) = patient.wait_for_replies(1)
    page = tester.get(begin(tester, "does it hurt?")).text
    assert told.splitlines()[0][:40] in page
    with assistant.gateway.services.database.read() as session:
        kinds = dict(session.execute(select(TurnRecord.is_test, TurnRecord.intent)).all())
    assert kinds == {False: "ask_needle_pain", True: "ask_needle_pain"}


def test_the_inspector_shows_what_decided(tester: StaffClient) -> None:
    page = tester.get(begin(tester, "since yesterday I cannot control my bladder")).text
    assert "<mark>" in page and "Criteria that fired" in page
    assert "action_danger" in page and "RulePolicy" in page
    assert "safety_net" in page and "Refused below" in page


def test_a_button_is_pressed_as_on_the_website(assistant: Assistant, tester: StaffClient) -> None:
    path = begin(tester, "can I have acupuncture?")
    tester.get(path)
    assert tester.post(path, {"pressed": "No"}).status_code == 303
    assert "button" in tester.get(path).text
    with assistant.gateway.services.database.read() as session:
        rows = session.scalars(select(InboundMessage).where(InboundMessage.conversation_id == path.split("/")[-1]))
        assert [row.kind for row in rows] == ["text", "button"]


def test_backing_up_says_the_turns_before_again_and_leaves_the_old_test_as_it_was(
    assistant: Assistant, tester: StaffClient
) -> None:
    path = begin(tester, "does it hurt?")
    tester.post(path, {"text": "how much does it cost?"})
    page = tester.get(path).text
    last = re.findall(r'name="entry" value="(\d+)"', page)[-1]
    answer = tester.post(f"{path}/back", {"entry": last, "text": "how long does it take?"})
    fresh = answer.headers["location"].partition("#")[0]
    assert fresh != path
    with assistant.gateway.services.database.read() as session:
        said = {
            name: [
                row.text
                for row in session.scalars(
                    select(InboundMessage).where(InboundMessage.conversation_id == name.split("/")[-1])
                )
            ]
            for name in (path, fresh)
        }
    assert said == {
        path: ["does it hurt?", "how much does it cost?"],
        fresh: ["does it hurt?", "how long does it take?"],
    }


@pytest.mark.parametrize("channel", ["telegram", "facebook", "slack", "sms", "whatsapp"])
def test_a_reply_is_shown_as_each_messenger_would_show_it(tester: StaffClient, channel: str) -> None:
    path = begin(tester, "can I have acupuncture?")
    page = tester.get(f"{path}?as={channel}").text
    assert f'class="messenger {channel}"' in page
    has_buttons = channel != "sms"
    assert ("Reply with a number" if not has_buttons else '<ul class="keys">') in page


def test_nobody_sees_or_goes_on_with_anothers_test_or_a_patients_conversation(
    assistant: Assistant, tester: StaffClient
) -> None:
    path = begin(tester, "does it hurt?")
    editor = assistant.console.staff("editor")
    assert editor.get(path).status_code == 404
    assert editor.post(path, {"text": "hello"}).status_code == 404
    assistant.gateway.visitor().open().say("does it hurt?")
    with assistant.gateway.services.database.read() as session:
        patients = session.scalars(select(Conversation.id).where(Conversation.is_test.is_(False))).all()
    for name in patients:
        assert tester.get(f"/try/{name}").status_code == 404
        assert tester.post(f"/try/{name}", {"text": "hello"}).status_code == 404


def test_the_console_says_so_when_the_gateway_is_away(tester: StaffClient, assistant: Assistant) -> None:
    trials = assistant.console.app.state.console.trials
    path = begin(tester, "does it hurt?")
    before, trials._http.base_url = trials._http.base_url, "http://127.0.0.1:9"
    try:
        answer = tester.post(path, {"text": "hello there"})
    finally:
        trials._http.base_url = before
    assert answer.status_code == 503
    assert "gateway cannot be reached" in answer.text and 'value="hello there"' in answer.text
