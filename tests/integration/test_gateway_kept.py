"""What is kept of a chat: recorded with its reply, told to its visitor, redacted, erased to the last row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.conversation.reply import Kind, Note, Source
from bot.storage import consents
from bot.storage.schema.conversation_tables import (
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
from tests.integration.gateway_serving import Served, a_reply, free_port, serving, wait_until
from tests.integration.stub_rasa import StubRasa


def test_feedback_is_kept_and_may_be_changed(served: Served) -> None:
    visitor = served.visitor().open()

    for helpful in (True, False):
        assert visitor.post("/chat/feedback", {"id": 1, "helpful": helpful}).status_code == 200

    assert visitor.history()[0]["helpful"] is False
    assert 1 == served.count(Feedback)
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
    assert [2, 1, 1] == [served.count(table) for table in (Gap, Assessment, ContactRequest)]
    assert "urgent" not in visitor.http.get("/chat/history").text


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
    kept = {mapper.class_: served.count(mapper.class_) for mapper in Base.registry.mappers}
    assert {consents.ConsentText} == {table for table, rows in kept.items() if rows}
    assert 2 == len(rasa.erased)
    assert 401 == visitor.http.get("/chat/history").status_code


def test_erasing_while_an_answer_is_under_way_leaves_no_row(served: Served, rasa: StubRasa) -> None:
    rasa.delay = 1.0
    visitor = served.visitor().open()
    visitor.say("Forget me")
    wait_until(lambda: rasa.asked)

    assert visitor.post("/chat/erase", {}).status_code == 200

    wait_until(lambda: not rasa.working)
    # By the time a later visitor has an answer, the late one would have been stored.
    rasa.delay, later = 0.0, served.visitor().open()
    later.say("Hello")
    later.wait_for_replies(1)
    later.post("/chat/erase", {})
    kept = {mapper.class_: served.count(mapper.class_) for mapper in Base.registry.mappers}
    assert {consents.ConsentText} == {table for table, rows in kept.items() if rows}


def test_erasing_while_rasa_is_down_is_finished_later(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    visitor.say("Words to be erased")
    visitor.wait_for_replies(1)
    rasa.stop()

    erased = visitor.post("/chat/erase", {})

    assert (202, {"erased": False}) == (erased.status_code, erased.json())
    assert {0} == {served.count(table) for table in (InboundMessage, OutboundMessage, Choice, Feedback)}
    assert 1 == served.count(Conversation)
    rasa.start()
    again = replace(served.services, settings=replace(served.services.settings, port=free_port()))
    with serving(again, rasa):
        wait_until(lambda: served.count(Conversation) == 0)
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
    for words in ("You:\nDoes it hurt?", "It rarely hurts.", "Note: Studies differ. (A study)", "Check"):
        assert words in transcript.text
    settings = served.services.settings
    assert f"{datetime.now(ZoneInfo(settings.time_zone)):%Z}  You:" in transcript.text
    assert "Call 911 now.\nPlease ask your healthcare provider first." in transcript.text


def test_a_file_to_keep_bears_the_clinics_day(served: Served) -> None:
    visitor = served.visitor().open()
    with served.services.database.write() as session:
        session.execute(update(Conversation).values(created=datetime(2026, 3, 2, 3, tzinfo=UTC)))

    transcript = visitor.http.get("/chat/transcript")

    assert 'filename="chat-2026-03-01.txt"' in transcript.headers["content-disposition"]


def test_all_that_is_kept_about_a_visitor_can_be_taken_along(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("Does it hurt?")
    visitor.wait_for_replies(1)
    answer = visitor.history()[-1]
    visitor.post("/chat/feedback", {"id": answer["id"], "helpful": False})
    visitor.post("/chat/reset", {})
    visitor.say("Is it expensive?", "another-message")
    visitor.wait_for_replies(1)
    stranger = served.visitor().open()

    taken = visitor.http.get("/chat/export")

    assert "attachment" in taken.headers["content-disposition"]
    found = taken.json()["conversations"]
    said = [entry["text"] for one in found for entry in one["entries"] if entry["from"] == "patient"]
    assert ["Does it hurt?", "Is it expensive?"] == sorted(said)
    assert [(answer["id"], False)] == [(row["entry"], row["helpful"]) for one in found for row in one["ratings"]]
    assert "comments" not in found[0] and "comments" in found[0]["left_out"]
    (other,) = stranger.http.get("/chat/export").json()["conversations"]
    assert ["bot"] == [entry["from"] for entry in other["entries"]]


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
