"""What holds on every messenger: taken once, answered in order, steered by STOP, HELP, START and "delete my data"."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.conversation.reply import Kind
from bot.storage.schema.conversation_tables import Base, Conversation, InboundMessage
from bot.storage.schema.messenger_tables import MessengerContact, MessengerEvent
from tests.integration.gateway_serving import CONSULT, a_reply, wait_until
from tests.integration.messenger_stubs import telegram as api
from tests.integration.messenger_stubs.people import PEOPLE
from tests.integration.messenger_stubs.serving import OPENING, Exchange, exchange


@pytest.fixture(params=sorted(PEOPLE))
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, request.param) as running:
        yield running


def test_a_first_message_is_welcomed_and_answered_with_the_consult_line_first(talk: Exchange) -> None:
    assert 200 == talk.person.say("Does it hurt?").status_code

    opening, answer = talk.person.wait_for(2)

    assert OPENING in opening and "You said: Does it hurt?" in answer
    assert all(text.startswith(CONSULT) for text in (opening, answer))


def test_an_emergency_reply_is_not_kept_waiting_by_the_welcome(talk: Exchange) -> None:
    talk.rasa.answer = lambda body: [a_reply("Call 911 now.", kind=Kind.EMERGENCY)]
    talk.rasa.delay = 0.3
    talk.person.say("I cannot feel my legs")

    first, second = talk.person.wait_for(2)

    assert first.startswith("Call 911 now.") and OPENING in second


def test_whoever_writes_during_an_outage_is_welcomed_all_the_same(talk: Exchange) -> None:
    talk.rasa.status = 500
    talk.person.say("Does it hurt?")

    opening, apology = talk.person.wait_for(2)

    assert OPENING in opening and "911" in apology


def test_the_second_message_is_not_welcomed_again(talk: Exchange) -> None:
    talk.person.say("One")
    talk.person.wait_for(2)
    talk.person.say("Two")

    assert "You said: Two" in talk.person.wait_for(3)[2]


def test_an_event_that_comes_many_times_at_once_is_answered_once(talk: Exchange) -> None:
    event_id = "777001" if talk.person.name == "telegram" else "event-777001"
    senders = [threading.Thread(target=talk.person.say, args=("Once only", event_id)) for _ in range(8)]

    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    talk.person.wait_for(2)
    talk.person.say("Once only", event_id)

    assert (1, 1, 1) == (talk.served.count(InboundMessage), talk.served.count(MessengerEvent), len(talk.rasa.asked))
    assert 2 == len(talk.person.texts())


def test_a_choice_is_answered_by_its_button_and_by_its_number(talk: Exchange) -> None:
    talk.rasa.answer = lambda body: [a_reply(f"{body['text']} = {body['payload']}")]
    talk.person.say("START")
    talk.person.wait_for(1)

    talk.person.say("2")
    typed = talk.person.wait_for(2)[1]
    talk.person.say("start")
    talk.person.wait_for(3)
    is_numbered = talk.person.name == "facebook"
    talk.person.press("1" if is_numbered else "Does it hurt?")
    pressed = talk.person.wait_for(4)[3]

    assert "Check if it may suit me = check:start" in typed
    assert "Does it hurt? = topic:needle_pain" in pressed


def test_stop_ends_everything_but_emergencies_until_start(talk: Exchange) -> None:
    talk.person.say("Hello")
    talk.person.wait_for(2)
    talk.person.say(" Stop. ")
    assert "(messenger_stopped)" in talk.person.wait_for(3)[2]

    talk.person.say("Tell me about needles")
    talk.person.attach()
    wait_until(lambda: len(talk.rasa.asked) == 2)
    talk.rasa.answer = lambda body: [a_reply("Call 911 now.", kind=Kind.EMERGENCY)]
    talk.person.say("My chest hurts and I cannot breathe")
    emergency = talk.person.wait_for(4)[3]
    talk.person.say("HELP")
    help_text = talk.person.wait_for(5)[4]
    talk.person.say("START")

    assert emergency.startswith("Call 911 now.") and CONSULT in emergency
    assert "(messenger_help)" in help_text
    assert OPENING in talk.person.wait_for(6)[5]


def test_stop_as_a_first_word_is_confirmed_without_a_welcome(talk: Exchange) -> None:
    talk.person.say("STOP")

    (only,) = talk.person.wait_for(1)

    assert "(messenger_stopped)" in only and [] == talk.rasa.asked


def test_delete_my_data_leaves_nothing_here_or_at_rasa(talk: Exchange) -> None:
    talk.person.say("My back hurts")
    talk.person.wait_for(2)
    conversation = talk.rasa.asked[0]["conversation_id"]

    talk.person.say("Please delete my data")

    assert "(messenger_erased)" in talk.person.wait_for(3)[2]
    wait_until(lambda: talk.served.count(Conversation) == 0)
    assert [conversation] == talk.rasa.erased
    kept = {t.name: rows_of(talk, t) for t in Base.metadata.sorted_tables}
    assert {"messenger_event": 2, "consent_text": 1} == {name: count for name, count in kept.items() if count}
    talk.person.say("Hello again")
    assert OPENING in talk.person.wait_for(5)[3]
    assert conversation != talk.rasa.asked[1]["conversation_id"]


def rows_of(talk: Exchange, table: Any) -> int:
    with talk.served.services.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_no_id_of_the_platform_is_found_in_the_database_or_at_rasa(talk: Exchange) -> None:
    talk.person.say("Does it hurt?")
    talk.person.wait_for(2)
    identity = talk.person.sender.removeprefix("whatsapp:").encode()

    files = [path for path in talk.folder.glob("a.db*") if path.suffix != ".db-shm"]

    assert files and all(identity not in path.read_bytes() for path in files if len(identity) > 4)
    assert all(identity.decode() not in str(asked) for asked in talk.rasa.asked if len(identity) > 4)
    with talk.served.services.database.read() as session:
        contact = session.scalars(select(MessengerContact)).one()
        assert identity not in contact.address and identity.decode() != contact.visitor


def test_a_picture_is_met_with_a_kind_line_and_no_answer(talk: Exchange) -> None:
    talk.person.attach()

    opening, kind_line = talk.person.wait_for(2)

    assert OPENING in opening and "(messenger_text_only)" in kind_line
    assert [] == talk.rasa.asked


def test_a_message_without_a_single_readable_sign_is_met_with_the_same_line(talk: Exchange) -> None:
    talk.person.say("\u202e \ufeff")

    assert "(messenger_text_only)" in talk.person.wait_for(2)[1]
    assert [] == talk.rasa.asked


def test_start_after_more_than_a_day_is_answered_in_a_new_conversation(talk: Exchange) -> None:
    talk.person.say("Monday")
    talk.person.wait_for(2)
    with talk.served.services.database.write() as session:
        session.scalars(select(MessengerContact)).one().last_heard -= timedelta(hours=25)

    talk.person.say("Start")

    assert OPENING in talk.person.wait_for(3)[2]
    assert 2 == talk.served.count(Conversation)


def test_the_pictures_of_an_album_are_met_with_one_line(telegram: Exchange) -> None:
    for _ in range(3):
        telegram.person.post_update(api.update(42, media_group_id="13001", **api.PHOTO))
    telegram.person.say("Does it hurt?")

    texts = telegram.person.wait_for(3)
    assert 1 == sum("(messenger_text_only)" in text for text in texts)


def test_a_long_message_is_read_to_its_end_in_parts(telegram: Exchange) -> None:
    sentence = "My back has hurt since the spring and I sit all day at work. "
    telegram.person.say(sentence * 65)

    telegram.person.wait_for(4)

    parts = [body["text"] for body in telegram.rasa.asked]
    assert (sentence * 65).strip() == " ".join(parts)
    assert all(len(part) <= 2000 and part.endswith(".") for part in parts)


def test_whoever_writes_too_fast_is_told_so_once(tmp_path: Path) -> None:
    with exchange(tmp_path, "telegram", messages_per_minute=10) as talk:
        for number in range(20):
            talk.person.say(f"message {number}")
        talk.person.wait_for(7)
        wait_until(lambda: len(talk.rasa.asked) >= 5)

        assert 1 == sum("Sorry (too_many)" in text for text in talk.person.texts())
        assert 5 == len(talk.rasa.asked)


def test_after_a_day_of_silence_a_new_conversation_begins(telegram: Exchange) -> None:
    telegram.person.say("Monday")
    telegram.person.wait_for(2)
    with telegram.served.services.database.write() as session:
        session.scalars(select(MessengerContact)).one().last_heard -= timedelta(hours=25)

    telegram.person.say("Tuesday")

    assert OPENING in telegram.person.wait_for(4)[2]
    first, second = (body["conversation_id"] for body in telegram.rasa.asked)
    assert first != second
    with telegram.served.services.database.read() as session:
        assert 1 == len(set(session.scalars(select(Conversation.visitor))))
