"""How much one person may ask for: messages, chats, open pages, a very long chat."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage.inbox import Said, accept
from bot.storage.outbox import add_reply
from bot.storage.record import SHOWN
from bot.storage.schema.conversation_tables import Conversation
from tests.integration.gateway_serving import CONSULT, Served, a_reply, services_for, serving
from tests.integration.stub_rasa import StubRasa


@pytest.fixture(scope="module")
def served(shared_gateway: Served) -> Served:
    return shared_gateway


@pytest.fixture(scope="module")
def rasa(shared_gateway: Served) -> StubRasa:
    return shared_gateway.rasa


def test_a_flood_is_answered_kindly_with_the_emergency_number(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, messages_per_minute=1)
    with serving(services, rasa) as served:
        visitor, other = served.visitor().open(), served.visitor().open()

        answers = [visitor.say(f"Message {number}") for number in range(12)]

        refused = [answer for answer in answers if answer.status_code == 429]
        assert 5 <= len(refused) <= 7
        error = refused[0].json()["error"]
        assert "911" in error["message"] and CONSULT in error["message"]
        assert int(refused[0].headers["retry-after"]) > 0
        assert 202 == other.say("I am somebody else").status_code


def test_new_chats_from_one_address_are_limited(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, address_messages_per_minute=4)
    with serving(services, rasa) as served:
        statuses = [served.visitor().post("/chat/session", {}).status_code for _ in range(15)]

    assert [200] * 10 + [429] * 5 == statuses


def test_event_streams_of_one_chat_are_limited(served: Served) -> None:
    visitor = served.visitor().open()
    streams = [visitor.http.stream("GET", "/chat/events") for _ in range(9)]

    statuses = [stream.__enter__().status_code for stream in streams]
    for stream in streams:
        stream.__exit__(None, None, None)

    assert [200] * 8 + [429] == statuses


def test_of_a_very_long_chat_a_page_gets_the_end_and_a_stream_and_the_transcript_all(served: Served) -> None:
    visitor = served.visitor().open()
    with served.services.database.write() as session:
        name = session.scalars(select(Conversation.id).order_by(Conversation.created.desc())).first() or ""
        for number in range(SHOWN):
            said = accept(session, name, Said(f"long-chat-{number:04}", "text", f"word {number}"), datetime.now(UTC))
            add_reply(session, name, a_reply("Yes."), said.id, datetime.now(UTC))

    shown = visitor.history()
    told = visitor.events(2 * SHOWN + 1)

    assert [event["id"] for event in told] == list(range(1, 2 * SHOWN + 2))
    assert [entry["id"] for entry in shown] == list(range(SHOWN + 2, 2 * SHOWN + 2))
    following = visitor.http.get("/chat/history?after=7").json()
    assert list(range(8, SHOWN + 8)) == [entry["id"] for entry in following["messages"]]
    assert "word 0\n" in visitor.http.get("/chat/transcript").text
