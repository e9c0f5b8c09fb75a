"""Each kind of thing goes when its time is over, soonest first in the list, and nothing earlier."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from bot import cli
from bot.conversation.reply import Kind, Reply
from bot.storage import conversations, inbox, outbox, retention, turn_records
from bot.storage.database import Database
from bot.storage.export import export_conversation, tables_in_an_export
from bot.storage.inbox import State
from bot.storage.retention import Retention
from bot.storage.schema.conversation_tables import Assessment, Conversation, InboundMessage
from bot.storage.schema.every_table import METADATA
from bot.storage.sealing.sealed import ConversationKeyRow
from bot.storage.staff_side import review_notes, share_links, staff
from tests.sealing import a_database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OUTCOME = Reply(
    Kind.OUTCOME,
    "You may try it.",
    "Please ask your healthcare provider first.",
    tier="generally_suitable_consult_first",
    record={"assessment": {"tier": "generally_suitable_consult_first", "answers": {"age": "45"}}},
)


def a_check(database: Database, at: datetime, *, answered: bool = True) -> str:
    with database.write() as session:
        conversation = conversations.begin(session, "web", at).id
        message = inbox.accept(session, conversation, inbox.Said("client-id-1", "text", "check"), at)
        outbox.add_reply(session, conversation, OUTCOME, message.id, at)
        if answered:
            inbox.take_next(session, conversation)
            inbox.settle(session, message.id, State.DONE, at)
    return conversation


def tables_with(database: Database, conversation: str) -> set[str]:
    with database.read() as session:
        return {
            table.name
            for table in METADATA.sorted_tables
            if "conversation_id" in table.columns
            and session.execute(select(table).where(table.c.conversation_id == conversation)).first()
        }


def test_what_expires_next_is_listed_soonest_first(database: Database) -> None:
    later, sooner = a_check(database, NOW), a_check(database, NOW - 5 * DAY)
    kept = Retention(30 * DAY, 60 * DAY)

    with database.read() as session:
        found = retention.upcoming(session, kept, NOW + 31 * DAY)
        few = retention.upcoming(session, kept, NOW + 27 * DAY)

    assert [(sooner, "words", NOW + 25 * DAY), (later, "words", NOW + 30 * DAY)] == [
        (expiry.conversation_id, expiry.kind, expiry.at) for expiry in found
    ]
    assert [sooner] == [expiry.conversation_id for expiry in few]


def test_assessments_may_outlive_the_words_they_were_made_from(database: Database) -> None:
    conversation = a_check(database, NOW)
    kept = Retention(30 * DAY, 365 * DAY)
    with database.read() as session:
        key = session.scalars(select(ConversationKeyRow.wrapped)).one()
    later = NOW + 31 * DAY

    with database.write() as session:
        assert [conversation] == retention.due(session, kept, later)
        assert retention.expire_words(session, conversation, kept, later)

    assert {"assessment", "conversation_key"} == tables_with(database, conversation)
    with database.read() as session:
        assert {"age": "45"} == session.scalars(select(Assessment)).one().answers
        assert key != session.scalars(select(ConversationKeyRow.wrapped)).one()
        assert [] == retention.due(session, kept, later)
        assert ["assessments"] == [e.kind for e in retention.upcoming(session, kept, NOW + 366 * DAY)]
    with database.write() as session:
        assert 1 == retention.drop_old_assessments(session, kept, NOW + 366 * DAY)
        assert [conversation] == retention.due(session, kept, NOW + 366 * DAY)


def test_assessments_may_go_before_the_words(database: Database) -> None:
    a_check(database, NOW)
    kept = Retention(30 * DAY, 7 * DAY)

    with database.write() as session:
        assert 0 == retention.drop_old_assessments(session, kept, NOW + 6 * DAY)
        assert 1 == retention.drop_old_assessments(session, kept, NOW + 8 * DAY)
        assert [] == retention.due(session, kept, NOW + 8 * DAY)


def test_who_came_back_in_the_same_moment_keeps_everything(database: Database) -> None:
    conversation = a_check(database, NOW)
    kept = Retention(30 * DAY, 365 * DAY)
    with database.write() as session:
        conversations.touch(session, conversation, NOW + 31 * DAY)

    with database.write() as session:
        assert retention.expire_words(session, conversation, kept, NOW + 31 * DAY) is None
    assert "inbound_message" in tables_with(database, conversation)


def test_an_export_holds_what_was_said_and_told_and_found(database: Database) -> None:
    conversation = a_check(database, NOW)

    with database.read() as session:
        found = export_conversation(session, conversation)
        assert export_conversation(session, "nobody") is None

    assert found is not None
    assert ["check", "You may try it."] == [
        found["entries"][0]["text"],
        found["entries"][1]["reply"]["text"],
    ]
    assert [{"age": "45"}] == [assessment["answers"] for assessment in found["assessments"]]
    json.dumps(found)


def test_an_export_holds_ratings_and_what_staff_noted_and_names_no_staff(database: Database) -> None:
    conversation = a_check(database, NOW, answered=False)
    with database.write() as session:
        message = session.scalars(select(InboundMessage)).one()
        turn_records.add(session, message, [OUTCOME], {"heard": "check"}, NOW, 1.0)
        assert outbox.rate(session, conversation, 2, False, NOW)
        reviewer = staff.add(session, "reviewer", "editor", NOW).id
        review_notes.tag(session, conversation, "knee")
        review_notes.comment(session, conversation, reviewer, "Called back.", NOW, message.id)
        review_notes.mark_reviewed(session, conversation, reviewer, NOW)
        share_links.make(session, reviewer, NOW, DAY, conversation, "for the practice's doctor")

    with database.read() as session:
        found = export_conversation(session, conversation) or {}
        for_the_chat = export_conversation(session, conversation, of_staff=False) or {}

    assert [(2, False)] == [(row["entry"], row["helpful"]) for row in found["ratings"]]
    assert [{"tag": "knee"}] == found["tags"]
    assert [(1, "Called back.")] == [(row["entry"], row["text"]) for row in found["comments"]]
    assert [1] == [row["entry"] for row in found["understood"]]
    assert ["check"] == [row["inspection"]["heard"] for row in found["understood_in_full"]]
    assert ["for the practice's doctor"] == [row["note"] for row in found["shown_to_guests"]]
    assert "reviewer" not in json.dumps(found)
    assert {"tags", "comments"} == set(found) - set(for_the_chat)
    assert {"tags", "comments"} <= set(for_the_chat["left_out"])


def test_an_export_holds_every_table_about_a_conversation_or_says_why_not() -> None:
    about_conversations = {table.name for table in METADATA.sorted_tables if "conversation_id" in table.columns}

    assert set() == about_conversations - tables_in_an_export()


async def test_one_process_at_a_time_sees_to_it(database: Database) -> None:
    other = a_database(str(database.url))
    connecting: set[int] = set()
    event.listen(other.engine, "do_connect", lambda *_: connecting.add(threading.get_ident()))
    async with database.leading(1) as first, other.leading(1) as second, other.leading(2) as another_duty:
        led = (first, second, another_duty)
    async with database.leading(1) as again:
        assert again
    other.close()

    assert led == ((True, True, True) if database.url.startswith("sqlite") else (True, False, True))
    # A server that is away takes its time to say so; everybody else is served meanwhile.
    assert threading.get_ident() not in connecting
    assert connecting or database.url.startswith("sqlite")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation of its own, as the commands find it; Rasa is not running."""
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path}/a.db")
    monkeypatch.setenv("BOT_SECRET_FILE", f"{tmp_path}/secrets.json")
    monkeypatch.setenv("BOT_RASA_PORT", "1")
    from bot.bootstrap import read_settings
    from bot.storage.database import open_database

    found = open_database(replace(read_settings()))
    found.migrate()
    return found


def test_no_conversation_is_named_like_an_option_of_a_command() -> None:
    assert not any("-" in conversations.new_id() for _ in range(200))


def test_the_commands_list_export_and_erase(installed: Database, tmp_path: Path, capsys: Any) -> None:
    mine, other = a_check(installed, datetime.now(UTC) - 26 * DAY), a_check(installed, datetime.now(UTC))

    assert 0 == cli.main(["conversations", "list-expiring", "--days", "5"])
    assert mine in (listed := capsys.readouterr().out) and other not in listed
    assert 0 == cli.main(["conversations", "export", mine, "--to", f"{tmp_path}/mine.json"])
    assert "You may try it." in (tmp_path / "mine.json").read_text()
    assert 0o600 == (tmp_path / "mine.json").stat().st_mode & 0o777
    assert 1 == cli.main(["conversations", "export", other, "--to", f"{tmp_path}/mine.json"])
    assert "File exists" in capsys.readouterr().err and mine in (tmp_path / "mine.json").read_text()
    assert 1 == cli.main(["conversations", "export", "nobody"])
    assert 0 == cli.main(["conversations", "erase", mine])
    assert "as soon as it can be reached" in capsys.readouterr().out
    assert set() == tables_with(installed, mine)
    with installed.read() as session:
        assert [mine] == conversations.awaiting_erasure(session)
        assert session.get(Conversation, other) is not None
    assert 0 == cli.main(["conversations", "reindex"])
    assert 0 == cli.main(["conversations", "expire"])
