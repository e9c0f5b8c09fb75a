"""What is kept of each handled message, beside its replies."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.conversation.reply import Button, Kind
from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from bot.storage.schema.review_tables import SafetyAlert
from bot.storage.schema.turn_tables import ConversationSummary, ConversationTopic, TurnInspection, TurnRecord, TurnTopic
from bot.storage.staff_side import review
from bot.storage.staff_side.review_conditions import Conditions
from tests.integration.gateway_serving import Served, a_reply, wait_until
from tests.integration.stub_rasa import StubRasa

INSPECTION = {
    "intent": "ask_needle_pain",
    "confidence": 0.91,
    "segments": [
        {"candidates": [{"label": "ask_needle_pain", "confidence": 0.91}], "known": 0.97, "decision": "accept"}
    ],
    "steps": [{"action": "action_answer", "policy": "RulePolicy", "confidence": 1.0}],
    "timings": [["understanding", 12.5], ["deciding and acting", 8.0]],
    "choice": None,
    "model": "assistant-abc",
    "content": "0123456789ab",
}


@pytest.fixture
def rasa(rasa: StubRasa) -> StubRasa:
    rasa.inspection = INSPECTION
    return rasa


def rows(served: Served, table: type[Any]) -> list[Any]:
    with served.services.database.read() as session:
        return list(session.scalars(select(table)))


def test_a_handled_message_leaves_a_record_and_its_conversation_a_line(served: Served, rasa: StubRasa) -> None:
    rasa.answer = lambda body: [a_reply("It may feel like a tingle.", topics=("needle_pain",))]
    visitor = served.visitor().open()
    visitor.say("does it hurt?")
    visitor.wait_for_replies(1)
    (record,), (topic,), (line,) = rows(served, TurnRecord), rows(served, TurnTopic), rows(served, ConversationSummary)
    assert (record.intent, record.confidence, record.known) == ("ask_needle_pain", 0.91, 0.97)
    assert (record.kind, record.action, record.model) == ("answer", "action_answer", "assistant-abc")
    assert (record.nlu_ms, record.actions_ms) == (12.5, 8.0)
    assert record.total_ms >= record.waiting_ms >= 0
    assert not (record.is_test or record.is_fallback or record.is_clarify or record.is_failed)
    assert topic.topic == "needle_pain"
    assert (line.turns, line.lowest, line.channel, line.tier_rank) == (1, 0.91, "web", -1)
    (kept,) = rows(served, TurnInspection)
    assert kept.inspection["timings"][0][0] == "waiting"
    assert kept.inspection["segments"] == INSPECTION["segments"]


def test_fallback_did_you_mean_and_failure_are_told_apart(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    offer = a_reply(
        "Which?", kind=Kind.CLARIFY, topics=("needle_pain",), buttons=(Button("Pain", "topic:needle_pain"),)
    )
    for number, reply in enumerate((offer, a_reply("Say it otherwise?", kind=Kind.CLARIFY)), start=1):
        rasa.answer = lambda body, reply=reply: [reply]
        visitor.say("hm")
        visitor.wait_for_replies(number)
    rasa.status = 500
    visitor.say("hello?")
    visitor.wait_for_replies(3)
    offered, missed, failed = sorted(rows(served, TurnRecord), key=lambda row: row.inbound_id)
    assert (offered.is_clarify, offered.is_fallback) == (True, False)
    assert (missed.is_clarify, missed.is_fallback, missed.is_failed) == (False, True, False)
    assert (failed.is_fallback, failed.is_failed, failed.kind) == (False, True, "apology")
    (line,) = rows(served, ConversationSummary)
    assert (line.turns, line.fallbacks, line.clarifies, line.failures) == (3, 1, 1, 1)


def test_an_emergency_opens_one_alert_and_a_test_opens_none(served: Served, rasa: StubRasa) -> None:
    rasa.answer = lambda body: [
        a_reply("Call 911 now.", kind=Kind.EMERGENCY, tier="emergency", rules=("E01",), topics=("red_flag",))
    ]
    visitor = served.visitor().open()
    for number in (1, 2):
        visitor.say("I cannot control my bladder")
        visitor.wait_for_replies(number)
    (alert,) = rows(served, SafetyAlert)
    assert (alert.tier, alert.count, alert.rules, alert.acknowledged) == ("emergency", 2, ["E01"], None)
    tester = served.visitor().open()
    with served.services.database.write() as session:
        newest = session.scalars(select(Conversation).order_by(Conversation.created.desc())).first()
        newest.is_test = True
    tester.say("I cannot control my bladder")
    tester.wait_for_replies(1)
    assert len(rows(served, SafetyAlert)) == 1
    assert sorted(line.is_test for line in rows(served, ConversationSummary)) == [False, True]


def test_a_rating_is_counted_and_the_last_word_counts(served: Served) -> None:
    visitor = served.visitor().open()
    visitor.say("does it hurt?")
    visitor.wait_for_replies(1)
    reply = visitor.history()[-1]
    for helpful in (True, False):
        visitor.post("/chat/feedback", {"id": reply["id"], "helpful": helpful})
    (line,) = rows(served, ConversationSummary)
    assert (line.helpful, line.unhelpful) == (0, 1)


def test_erasing_a_conversation_takes_all_of_it(served: Served, rasa: StubRasa) -> None:
    rasa.answer = lambda body: [a_reply("Call 911.", kind=Kind.EMERGENCY, tier="emergency", topics=("red_flag",))]
    visitor = served.visitor().open()
    visitor.say("I cannot control my bladder")
    visitor.wait_for_replies(1)
    assert visitor.post("/chat/erase", {}).status_code in (200, 202)
    tables = (TurnRecord, TurnTopic, TurnInspection, ConversationSummary, ConversationTopic, SafetyAlert)
    assert wait_until(lambda: [rows(served, table) for table in tables] == [[]] * 6)


def test_a_message_that_cannot_be_read_keeps_no_other_off_the_review_list(served: Served, rasa: StubRasa) -> None:
    for text in ("readable", "tampered with"):
        visitor = served.visitor().open()
        visitor.say(text)
        visitor.wait_for_replies(1)
    with served.services.database.write() as session:
        newest = select(func.max(InboundMessage.id)).scalar_subquery()
        session.execute(update(InboundMessage).where(InboundMessage.id == newest).values(sealed_text=b"changed"))

    with served.services.database.read() as session:
        listed, _ = review.page(session, Conditions())

    assert ["…", "readable"] == [row.first_words for row in listed]
