"""Staff find what was said by its words; the database holds none of them, and none after an erasure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.conversation.reply import Kind, Reply
from bot.privacy.stems import stems
from bot.storage import conversations, inbox, outbox
from bot.storage.database import Database
from bot.storage.schema.conversation_tables import InboundMessage
from bot.storage.schema.word_tables import WordsToIndex, WordToken
from bot.storage.sealing import search
from bot.storage.sealing.search import find
from tests.sealing import a_database, a_vault

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(params=[True, False], ids=["indexed", "just stored"])
def is_indexed(request: pytest.FixtureRequest) -> bool:
    """Whether the words have been taken into the index before they are searched, or wait for it."""
    return bool(request.param)


def say(database: Database, *messages: str) -> str:
    with database.write() as session:
        conversation = conversations.begin(session, "web", NOW).id
        for number, message in enumerate(messages):
            said = inbox.Said(f"client-id-{number}", "text", message)
            inbox.accept(session, conversation, said, NOW + timedelta(seconds=number))
    return conversation


def index(database: Database) -> None:
    with database.write() as session:
        while search.index_waiting(session, 3):
            pass


def found_by(database: Database, words: str) -> list[tuple[str, int]]:
    with database.read() as session:
        return [(hit.conversation_id, hit.entry) for hit in find(session, words)]


def test_a_message_is_found_by_all_of_its_words_and_not_by_one_alone(database: Database, is_indexed: bool) -> None:
    first = say(database, "My sciatica is burning", "No fever")
    second = say(database, "Needles frighten me, and my sciatica")
    if is_indexed:
        index(database)

    assert {(first, 1), (second, 1)} == set(found_by(database, "sciatica"))
    assert [(first, 1)] == found_by(database, "burning SCIATICA")
    assert [] == found_by(database, "fever sciatica")


def test_replies_are_found_too(database: Database) -> None:
    conversation = say(database, "hello")
    reply = Reply(Kind.ANSWER, "Acupuncture uses thin needles.", "Please ask your healthcare provider first.")
    with database.write() as session:
        outbox.add_reply(session, conversation, reply, None, NOW)

    assert [(conversation, 2)] == found_by(database, "needle")
    assert [] == found_by(database, "provider")


def test_newest_come_first_whether_indexed_or_just_stored(database: Database) -> None:
    conversation = say(database, *["it hurts"] * 5)
    with database.write() as session:
        assert search.index_waiting(session, 3)

    with database.read() as session:
        hits = find(session, "hurt", most=4)

    assert [(conversation, entry) for entry in (5, 4, 3, 2)] == [(hit.conversation_id, hit.entry) for hit in hits]


def test_what_waits_is_taken_into_the_index_once_and_is_gone(database: Database) -> None:
    say(database, "sciatica", "My knee hurts")
    index(database)

    with database.write() as session:
        assert 0 == session.scalar(select(func.count()).select_from(WordsToIndex))
        words = session.scalar(select(func.count()).select_from(WordToken))
        assert not search.index_waiting(session)
        assert 3 == words == session.scalar(select(func.count()).select_from(WordToken))


def test_a_conversation_is_forgotten_with_the_words_that_wait(database: Database, is_indexed: bool) -> None:
    conversation, other = say(database, "sciatica"), say(database, "sciatica")
    if is_indexed:
        index(database)
    with database.write() as session:
        search.forget_some(session, conversation)
    index(database)

    assert [(other, 1)] == found_by(database, "sciatica")


def test_details_that_were_taken_out_cannot_be_searched(database: Database) -> None:
    say(database, "my name is Zebulon and it hurts")

    assert [] == found_by(database, "Zebulon")


def test_erasing_leaves_no_token(database: Database, is_indexed: bool) -> None:
    conversation = say(database, "sciatica")
    if is_indexed:
        index(database)
    with database.write() as session:
        conversations.request_erasure(session, conversation, NOW)

    with database.read() as session:
        for table in (WordToken, WordsToIndex):
            assert 0 == session.scalar(select(func.count()).select_from(table))


def test_a_message_that_cannot_be_read_is_left_out_of_a_new_index(database: Database) -> None:
    conversation = say(database, "sciatica", "My knee hurts")
    with database.write() as session:
        session.execute(update(InboundMessage).where(InboundMessage.entry == 1).values(sealed_text=b"changed"))

    with database.write() as session:
        search.index_anew(session, [conversation])

    assert [] == found_by(database, "sciatica")
    assert [(conversation, 2)] == found_by(database, "knee")


def test_switched_off_nothing_is_indexed_and_switched_on_it_can_be_made_up_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    off, on = Database(url, a_vault(), indexes_words=False), a_database(url)
    off.migrate()
    conversation = say(off, "sciatica")

    assert [] == found_by(on, "sciatica")
    with on.write() as session:
        assert 1 == search.index_anew(session, search.all_conversations(session))
    assert [(conversation, 1)] == found_by(on, "sciatica")
    off.close()
    on.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("needles", "needle"),
        ("hurts", "hurting"),
        ("stopped", "stopping"),
        ("allergies", "allergy"),
        ("naïve", "NAIVE"),
        ("doctor's", "doctors"),
        ("pressed", "press"),
    ],
)
def test_words_of_a_family_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_words_of_other_families_are_not() -> None:
    assert stems("pain") != stems("pan")
    assert stems("sciatica") != stems("stenosis")
    assert frozenset() == stems("is it the and of")


def test_a_reply_said_twice_is_found_in_both_places(database: Database) -> None:
    reply = Reply(Kind.ANSWER, "Each session is different.", "Please ask your healthcare provider first.")
    first, second = say(database, "hello"), say(database, "good morning")
    with database.write() as session:
        for conversation in (first, second):
            outbox.add_reply(session, conversation, reply, None, NOW)

    assert {(first, 2), (second, 2)} == set(found_by(database, "session"))
