"""A visitor's chat through the gateway: stored once, answered once, in order, resumed from anywhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.conversation.reply import Button, Kind, Note, Reply, Source
from bot.storage import consents
from bot.storage.tables import (
    Assessment,
    Base,
    Choice,
    ContactRequest,
    Conversation,
    Feedback,
    Gap,
    InboundMessage,
    OutboundMessage,
)
from tests.integration.gateway_serving import (
    CONSULT,
    Served,
    StubRasa,
    a_reply,
    free_port,
    services_for,
    serving,
    wait_until,
)


@pytest.fixture
def rasa() -> Iterator[StubRasa]:
    stub = StubRasa(free_port())
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def served(tmp_path: Path, rasa: StubRasa) -> Iterator[Served]:
    with serving(services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port), rasa) as running:
        yield running


def count(served: Served, table: type) -> int:
    with served.services.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_new_chat_begins_with_the_opening_message(served: Served) -> None:
    visitor = served.visitor().open()

    history = visitor.history()

    assert ["I am automated."] == [entry["reply"]["text"] for entry in history]


def test_a_message_is_answered(served: Served) -> None:
    visitor = served.visitor().open()

    accepted = visitor.say("Does it hurt?")

    assert (202, 2, False) == (accepted.status_code, accepted.json()["id"], accepted.json()["duplicate"])
    assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)
    assert ["done"] == [entry["state"] for entry in visitor.history() if entry["from"] == "patient"]


def test_a_message_sent_many_times_at_once_is_stored_and_answered_once(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    senders = [threading.Thread(target=visitor.say, args=("Once only", "the-same-id")) for _ in range(12)]

    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert ["You said: Once only"] == visitor.wait_for_replies(1)
    assert (1, 1) == (len(rasa.asked), count(served, InboundMessage))


def test_a_client_id_with_other_words_is_refused(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("First", "the-same-id")

    second = visitor.say("Second", "the-same-id")

    assert (409, "client_id_reused") == (second.status_code, second.json()["error"]["code"])


def test_messages_of_a_chat_are_answered_one_at_a_time_and_in_order(served: Served, rasa: StubRasa) -> None:
    rasa.delay = 0.03
    visitors = [served.visitor().open() for _ in range(4)]

    for number in range(8):
        for visitor in visitors:
            assert visitor.say(f"Message {number}").status_code == 202

    for visitor in visitors:
        assert [f"You said: Message {n}" for n in range(8)] == visitor.wait_for_replies(8)
    assert rasa.overlaps == 0


def test_a_slow_chat_does_not_hold_up_another(served: Served, rasa: StubRasa) -> None:
    slow, quick = served.visitor().open(), served.visitor().open()
    rasa.delay = 1.5
    slow.say("Slow")
    while not rasa.asked:
        pass
    rasa.delay = 0.0

    quick.say("Quick")

    assert ["You said: Quick"] == quick.wait_for_replies(1, 1.0)
    assert [] == slow.replies()


def test_the_client_sees_titles_and_never_payloads(served: Served, rasa: StubRasa) -> None:
    rasa.answer = lambda body: [a_reply("Which?", buttons=(Button("Needle pain", "topic:needle_pain"),), rules=("r1",))]
    visitor = served.visitor().open()
    visitor.say("Hello")
    visitor.wait_for_replies(1)

    reply = visitor.history()[-1]["reply"]

    assert ["Needle pain"] == [button["title"] for button in reply["buttons"]]
    assert "topic:needle_pain" not in visitor.http.get("/chat/history").text
    assert not {"rules", "record"} & set(reply)


def test_a_pressed_button_reaches_rasa_as_its_payload(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    choice = visitor.history()[0]["reply"]["buttons"][0]["id"]

    accepted = visitor.post("/chat/messages", {"client_id": "button-001", "choice": choice})

    assert accepted.status_code == 202
    visitor.wait_for_replies(1)
    assert ("/check", "Check") == (rasa.asked[0]["payload"], rasa.asked[0]["text"])
    assert "Check" == visitor.history()[1]["text"]


def test_a_choice_that_was_offered_elsewhere_or_nowhere_is_refused(served: Served, rasa: StubRasa) -> None:
    other = served.visitor().open()
    foreign = other.history()[0]["reply"]["buttons"][0]["id"]
    visitor = served.visitor().open()

    answers = [
        visitor.post("/chat/messages", {"client_id": f"button-{n:03}", "choice": forged})
        for n, forged in enumerate([foreign, "/restart", "check:start", "A" * 16, "", 7, None, ["x"], {"id": foreign}])
    ]

    assert {422} == {answer.status_code for answer in answers}
    assert [] == rasa.asked


def test_slash_text_is_sent_as_text_and_never_as_a_payload(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()

    visitor.say('/restart{"conversation": "stolen"}')

    visitor.wait_for_replies(1)
    assert ('/restart{"conversation": "stolen"}', None) == (rasa.asked[0]["text"], rasa.asked[0]["payload"])


def test_events_resume_after_the_last_one_seen(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("One")
    visitor.wait_for_replies(1)

    everything = visitor.events(3)
    rest = visitor.events(1, headers={"Last-Event-ID": str(everything[1]["id"])})

    assert ["reply", "accepted", "reply"] == [event["event"] for event in everything]
    assert [everything[2]] == rest
    assert [everything[2]] == visitor.events(1, params={"after": everything[1]["id"]})


def test_an_open_event_stream_hears_of_a_reply_and_a_second_tab_too(served: Served) -> None:
    visitor = served.visitor().open()
    heard: list[list[str]] = []
    tabs = [threading.Thread(target=lambda: heard.append([e["event"] for e in visitor.events(3)])) for _ in range(2)]
    for tab in tabs:
        tab.start()

    visitor.say("Hello")

    for tab in tabs:
        tab.join(5)
    assert [["reply", "accepted", "reply"]] * 2 == heard


def test_starting_over_opens_a_new_chat_and_closes_the_old_one(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("Old words")
    visitor.wait_for_replies(1)
    old_cookie = visitor.http.cookies["chat"]

    assert visitor.post("/chat/reset", {}).status_code == 200

    assert ["I am automated."] == [entry["reply"]["text"] for entry in visitor.history()]
    old = served.visitor()
    old.http.cookies.set("chat", old_cookie)
    assert 401 == old.http.get("/chat/history").status_code


def test_feedback_is_kept_and_may_be_changed(served: Served) -> None:
    visitor = served.visitor().open()

    for helpful in (True, False):
        assert visitor.post("/chat/feedback", {"id": 1, "helpful": helpful}).status_code == 200

    assert visitor.history()[0]["helpful"] is False
    assert 1 == count(served, Feedback)
    wrong = [{"id": 99, "helpful": True}, {"id": True, "helpful": True}, {"id": 1, "helpful": 1}, {"id": 10**30}, {}]
    assert {422} == {visitor.post("/chat/feedback", content).status_code for content in wrong}


def test_what_a_reply_asks_to_be_recorded_is_recorded_with_it(served: Served, rasa: StubRasa) -> None:
    records = {
        "gaps": ["cost", "insurance"],
        "assessment": {"tier": "urgent", "rules": ["r1"], "rules_version": "7", "answers": {"age": "40"}},
        "contact": {"reason": "asked"},
    }
    rasa.answer = lambda body: [a_reply("Noted.", record=records)]
    visitor = served.visitor().open()

    visitor.say("What does it cost?")

    visitor.wait_for_replies(1)
    assert [2, 1, 1] == [count(served, table) for table in (Gap, Assessment, ContactRequest)]
    assert "urgent" not in visitor.http.get("/chat/history").text


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


def test_erasing_leaves_no_row_and_asks_rasa_to_forget(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    visitor.say("First chat")
    visitor.wait_for_replies(1)
    visitor.post("/chat/feedback", {"id": 1, "helpful": True})
    visitor.post("/chat/reset", {})
    visitor.say("Second chat")
    visitor.wait_for_replies(1)

    erased = visitor.post("/chat/erase", {})

    assert (200, {"erased": True}) == (erased.status_code, erased.json())
    kept = {mapper.class_: count(served, mapper.class_) for mapper in Base.registry.mappers}
    assert {consents.ConsentText} == {table for table, rows in kept.items() if rows}
    assert 2 == len(rasa.erased)
    assert 401 == visitor.http.get("/chat/history").status_code


def test_erasing_while_an_answer_is_under_way_leaves_no_row(served: Served, rasa: StubRasa) -> None:
    rasa.delay = 1.0
    visitor = served.visitor().open()
    visitor.say("Forget me")
    while not rasa.asked:
        pass

    assert visitor.post("/chat/erase", {}).status_code == 200

    threading.Event().wait(1.3)
    kept = {mapper.class_: count(served, mapper.class_) for mapper in Base.registry.mappers}
    assert {consents.ConsentText} == {table for table, rows in kept.items() if rows}


def test_erasing_while_rasa_is_down_is_finished_later(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    visitor.say("Words to be erased")
    visitor.wait_for_replies(1)
    rasa.stop()

    erased = visitor.post("/chat/erase", {})

    assert (202, {"erased": False}) == (erased.status_code, erased.json())
    assert {0} == {count(served, table) for table in (InboundMessage, OutboundMessage, Choice, Feedback)}
    assert 1 == count(served, Conversation)
    rasa.start()
    again = replace(served.services, settings=replace(served.services.settings, port=free_port()))
    with serving(again, rasa):
        wait_until(lambda: count(served, Conversation) == 0)
    assert 1 == len(rasa.erased)


def test_what_is_kept_is_told_and_the_transcript_holds_it_all(served: Served, rasa: StubRasa) -> None:
    rasa.answer = lambda body: [
        a_reply(
            "It rarely hurts.", sources=(Source("relief/1", "Relief"),), notes=(Note("Studies differ.", "A study"),)
        ),
        a_reply("Call 911 now.", kind=Kind.EMERGENCY),
    ]
    visitor = served.visitor().open()
    visitor.say("Does it hurt?")
    visitor.wait_for_replies(2)

    kept = visitor.http.get("/chat/about-data").json()
    transcript = visitor.http.get("/chat/transcript")

    assert (1, 3, 30) == (kept["kept"]["messages"], kept["kept"]["replies"], kept["retention_days"])
    assert "attachment" in transcript.headers["content-disposition"]
    for words in ("You:\nDoes it hurt?", "It rarely hurts.", "Note: Studies differ. (A study)", "- Check"):
        assert words in transcript.text
    assert "Call 911 now.\nPlease ask your healthcare provider first." in transcript.text


def asks(body: dict[str, Any]) -> list[Reply]:
    buttons = (Button("Yes", "say:yes"), Button("No", "say:no"))
    return [a_reply(f"Question after {body['text']}?", kind=Kind.QUESTION, buttons=buttons)]


def test_a_button_of_an_earlier_question_is_not_taken_for_an_answer_to_this_one(served: Served, rasa: StubRasa) -> None:
    rasa.answer = asks
    visitor = served.visitor().open()
    visitor.say("check")
    visitor.wait_for_replies(1)
    yes, no = (button["id"] for button in visitor.history()[-1]["reply"]["buttons"])
    assert 202 == visitor.post("/chat/messages", {"client_id": "press-0001", "choice": yes}).status_code
    visitor.wait_for_replies(2)

    late = visitor.post("/chat/messages", {"client_id": "press-0002", "choice": no})
    repeated = visitor.post("/chat/messages", {"client_id": "press-0001", "choice": yes})

    assert (409, "past_choice") == (late.status_code, late.json()["error"]["code"])
    assert CONSULT in late.json()["error"]["message"]
    assert (202, True) == (repeated.status_code, repeated.json()["duplicate"])
    assert ["check", "Yes"] == [entry["text"] for entry in visitor.history() if entry["from"] == "patient"]


def test_while_an_answer_is_under_way_no_other_button_of_its_question_counts(served: Served, rasa: StubRasa) -> None:
    rasa.answer = asks
    visitor = served.visitor().open()
    visitor.say("check")
    visitor.wait_for_replies(1)
    yes, no = (button["id"] for button in visitor.history()[-1]["reply"]["buttons"])
    rasa.delay = 0.5

    statuses = [
        visitor.post("/chat/messages", {"client_id": f"press-{n:04}", "choice": choice}).status_code
        for n, choice in enumerate((yes, no, yes))
    ]

    rasa.delay = 0.0
    assert [202, 409, 409] == statuses
    visitor.wait_for_replies(2)


def test_after_an_apology_the_same_button_counts_again(served: Served, rasa: StubRasa) -> None:
    rasa.answer = asks
    visitor = served.visitor().open()
    visitor.say("check")
    visitor.wait_for_replies(1)
    yes = visitor.history()[-1]["reply"]["buttons"][0]["id"]
    rasa.status = 500
    visitor.post("/chat/messages", {"client_id": "press-0001", "choice": yes})
    visitor.wait_for_replies(2)
    rasa.status = 200

    assert 202 == visitor.post("/chat/messages", {"client_id": "press-0002", "choice": yes}).status_code
    assert "Question after Yes?" == visitor.wait_for_replies(3)[2]


def test_personal_details_are_neither_kept_nor_sent_on(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    visitor.say("My name is Mary Smith, I am 45 and my back hurts. Call 360-555-0123", "the-same-id")
    visitor.wait_for_replies(1)
    again = visitor.say("My name is Mary Smith, I am 45 and my back hurts. Call 360-555-0123", "the-same-id")

    asked = rasa.asked[-1]["text"]

    assert asked == visitor.history()[1]["text"]
    assert "I am 45 and my back hurts" in asked
    assert not any(detail in asked for detail in ("Mary", "Smith", "0123"))
    assert again.json()["duplicate"]


def test_the_text_a_visitor_was_shown_can_be_looked_up(served: Served) -> None:
    served.visitor().open()
    with served.services.database.read() as session:
        conversation = session.scalars(select(Conversation)).one()
        shown = consents.text_shown(session, conversation.id)

    assert shown is not None and shown.version == conversation.consent_version
    assert "I am automated." in shown.text and "Privacy of the chat" in shown.text
