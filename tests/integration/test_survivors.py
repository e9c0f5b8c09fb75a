"""A phrase is planted everywhere a patient can leave one; after erasing it is in no table, no file and no log."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation.reply import Button, Kind, Reply
from bot.storage import tracker_rows
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.sealing import search
from bot.storage.sealing.sealed import destroy_key
from tests.integration.gateway_serving import Served, a_reply, free_port, services_for, serving, wait_until
from tests.integration.stub_rasa import StubRasa
from tests.postgres import running_postgres

PHRASE = "zanzibarquince"


class RememberingRasa(StubRasa):
    """Keeps a memory of each turn in our table, as Rasa does, and forgets it when told."""

    database: Database | None = None

    async def _messages(self, request: Request) -> Response:
        body = await request.json()
        assert self.database is not None
        with self.database.write() as session:
            known = tracker_rows.read_turns(session, body["conversation_id"], 20)
            event = {"event": "user", "text": body["text"]}
            position = known.position if known else None
            tracker_rows.add_turn(session, body["conversation_id"], position, 1, {"events": [event]}, begins=True)
        return await super()._messages(request)

    async def _erase(self, request: Request) -> Response:
        conversation = (await request.json())["conversation_id"]
        assert self.database is not None
        with self.database.write() as session:
            destroy_key(session, conversation)
            tracker_rows.delete_turns(session, conversation)
        return await super()._erase(request)


def answer(body: dict[str, Any]) -> list[Reply]:
    record = {
        "assessment": {"tier": "urgent", "answers": {"age": PHRASE}},
        "contact": {"reason": PHRASE},
        "gaps": ["cost"],
    }
    return [a_reply(f"You said {body['text']}", kind=Kind.ANSWER, buttons=(Button(PHRASE, PHRASE),), record=record)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, list[Path]]]:
    """A database, and the folders in which its files and the logs are."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/a.db", [tmp_path]
        return
    with running_postgres() as server:
        yield server.url, [tmp_path, server.folder]


@contextlib.contextmanager
def logging_to(path: Path) -> Iterator[None]:
    """Everything that is logged, whatever its level, in a file."""
    handler = logging.FileHandler(path)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def rows_with(database: Database, needle: str) -> set[str]:
    """Tables with a row that holds the needle in any column, sealed or not."""
    known = MetaData()
    known.reflect(database.engine)
    found = set()
    with database.read() as session:
        for table in known.sorted_tables:
            for row in session.execute(select(table)):
                whole = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else repr(v).encode() for v in row)
                if needle.encode() in whole:
                    found.add(table.name)
    return found


def files_with(folders: list[Path], needle: bytes) -> list[str]:
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in paths if needle in path.read_bytes()]


def test_nothing_survives_an_erasure(place: tuple[str, list[Path]], tmp_path: Path) -> None:
    url, folders = place
    rasa = RememberingRasa(free_port(), answer=answer)
    rasa.start()
    with logging_to(tmp_path / "all.log"):
        services = services_for(tmp_path, url, rasa.port)
        rasa.database = services.database
        with serving(services, rasa) as served:
            conversation, sealed = plant(served)
            with services.database.write() as session:
                search.index_waiting(session)
                # Still waiting to be indexed, or not any more, when the visitor asks for the erasure.
                search.index_words(session, conversation, {1000: PHRASE}, datetime.now(UTC))
            before = rows_with(services.database, conversation)
            erased = served.visitors[0].post("/chat/erase", {})

            assert {"inbound_message", "outbound_message", "choice", "tracker_turn", "word_token"} <= before
            assert {"assessment", "contact_request", "gap", "feedback", "conversation_key"} <= before
            assert (200, {"erased": True}) == (erased.status_code, erased.json())
            assert set() == rows_with(services.database, conversation)
            assert set() == rows_with(services.database, PHRASE)
            services.database.tidy()
            assert [] == files_with(folders, PHRASE.encode())
            if url.startswith("sqlite"):
                assert [] == files_with(folders, sealed)
    rasa.stop()
    # The log did hear of it, and not what was said.
    assert "conversation_erased" in (tmp_path / "all.log").read_text()
    assert PHRASE not in (tmp_path / "all.log").read_text()


def plant(served: Served) -> tuple[str, bytes]:
    """Leave the phrase in every way there is; returns the conversation and how one message is stored."""
    visitor = served.visitor().open()
    visitor.say(f"my back hurts {PHRASE}")
    visitor.wait_for_replies(1)
    last = visitor.history()[-1]
    visitor.post("/chat/feedback", {"id": last["id"], "helpful": True})
    visitor.post("/chat/messages", {"client_id": "pressed-001", "choice": last["reply"]["buttons"][0]["id"]})
    visitor.wait_for_replies(2)
    assert f"my back hurts {PHRASE}" == visitor.history()[1]["text"]
    with served.services.database.read() as session:
        message = wait_until(lambda: session.scalars(select(InboundMessage)).first())
        sealed = session.execute(select(InboundMessage.sealed_text).limit(1)).scalar_one()
        return message.conversation_id, bytes(sealed)
