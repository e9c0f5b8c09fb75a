"""The messengers on PostgreSQL: taken once, answered, erased."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.schema.messenger_tables import MessengerEvent
from tests.integration.gateway_serving import wait_until
from tests.integration.messenger_stubs.serving import OPENING, Exchange, exchange
from tests.postgres import running_postgres


@pytest.fixture
def own_postgres() -> Iterator[str]:
    # Not the one of other tests: each of them leaves its tables empty when it ends, and the messengers' may still work.
    with running_postgres() as server:
        yield server.url


@pytest.fixture
def talk(tmp_path: Path, own_postgres: str) -> Iterator[Exchange]:
    with exchange(tmp_path, "facebook", database_url=own_postgres) as running:
        yield running


@pytest.mark.postgres
def test_a_conversation_is_taken_once_answered_and_erased(talk: Exchange) -> None:
    senders = [threading.Thread(target=talk.person.say, args=("Once only", "mid-1")) for _ in range(8)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert OPENING in talk.person.wait_for(2)[0]
    talk.person.press("1")
    talk.person.wait_for(3)
    assert (2, 2) == (talk.served.count(InboundMessage), talk.served.count(MessengerEvent))

    talk.person.say("delete my data")

    assert "(messenger_erased)" in talk.person.wait_for(4)[3]
    wait_until(lambda: talk.served.count(Conversation) == 0)
