"""The safety queue: who sees a danger sign, who takes it on, who is told outside, and what a replay says."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn import Config, Server

from bot.console.alert_notices import MOST_ATTEMPTS, AlertNotices, pause_after
from bot.conversation.content import Content
from bot.conversation.reply import Kind, Reply
from bot.storage import rule_sets
from bot.storage.rule_sets import StoredRuleSet
from bot.storage.schema.conversation_tables import Assessment, ContactRequest, InboundMessage, OutboundMessage
from bot.storage.schema.review_tables import SafetyAlert
from bot.storage.schema.turn_tables import TurnInspection
from bot.storage.sealing.sealed import sealed_attributes
from bot.suitability.evaluator import evaluate
from bot.suitability.tiers import Answer
from tests.integration.assistant_serving import Assistant, own_database, serving_stubbed
from tests.integration.console_serving import StaffClient
from tests.integration.gateway_serving import PROJECT, ServerThread, a_reply, free_port, wait_until
from tests.integration.mail_server import MailServer

WORDS = "I cannot control my bladder"
ALARM = a_reply("Call 911 now.", kind=Kind.EMERGENCY, tier="emergency", rules=("E01",), topics=("red_flag",))
URGENT = a_reply("See somebody today.", kind=Kind.OUTCOME, tier="urgent", rules=("U01",), topics=("red_flag",))


class Hook:
    """A webhook that remembers what it was told, and may refuse."""

    def __init__(self) -> None:
        self.port, self.told, self.status = free_port(), list[tuple[bytes, str]](), 200
        app = Starlette(routes=[Route("/hook", self._take, methods=["POST"])])
        self.thread = ServerThread(Server(Config(app, port=self.port, log_config=None, ws="none")))
        self.thread.start()

    async def _take(self, request: Request) -> Response:
        self.told.append((await request.body(), request.headers.get("x-assistant-signature", "")))
        return Response(status_code=self.status)


@pytest.fixture
def hook() -> Iterator[Hook]:
    made = Hook()
    yield made
    made.thread.stop()


@pytest.fixture
def assistant(tmp_path: Path, hook: Hook) -> Iterator[Assistant]:
    url = f"http://127.0.0.1:{hook.port}/hook"
    with serving_stubbed(tmp_path, alert_webhook=url, alert_webhook_secret="w" * 20) as running:
        running.rasa.answer = lambda body: [URGENT if "fever" in body["text"] else ALARM]
        yield running


def say(assistant: Assistant, *texts: str) -> None:
    visitor = assistant.gateway.visitor().open()
    for number, text in enumerate(texts, start=1):
        visitor.say(text)
        visitor.wait_for_replies(number)


def alerts(assistant: Assistant) -> list[SafetyAlert]:
    with assistant.gateway.services.database.read() as session:
        return list(session.scalars(select(SafetyAlert).order_by(SafetyAlert.id)))


def test_the_gravest_comes_first_and_is_taken_on_once_by_name(assistant: Assistant) -> None:
    say(assistant, WORDS)
    say(assistant, "fever and new back pain")
    editor, admin = assistant.console.staff("editor"), assistant.console.staff("admin")
    page = editor.get("/safety").text
    assert re.findall(r'class="card alert (\w+)"', page) == ["emergency", "urgent"]
    assert WORDS not in page
    grave, _ = alerts(assistant)
    assert editor.post(f"/safety/{grave.id}").status_code == 303
    admin.get("/safety")
    assert admin.post(f"/safety/{grave.id}").status_code == 409
    taken = admin.get("/safety").text
    assert re.findall(r'class="card alert (\w+)"', taken) == ["urgent"]
    assert "<td>editor</td>" in taken


def test_the_queue_says_in_words_what_each_sign_is_about(assistant: Assistant, content: Content) -> None:
    say(assistant, WORDS)

    page = assistant.console.staff("editor").get("/safety").text

    assert content.rules.criterion("E01").item in html.unescape(page)


def test_a_finished_check_says_in_words_what_decided_it(assistant: Assistant, content: Content) -> None:
    fact = next(c.when.fact for c in content.rules.criteria if hasattr(c.when, "fact"))
    assistant.rasa.answer = lambda body: [assessed(content, {fact: "yes"})]
    say(assistant, "check me")

    page = html.unescape(assistant.console.staff("editor").get("/safety/assessments").text)

    assert any(f"{c.item} <span" in page and f"({c.id})" in page for c in content.rules.criteria)
    assert "1 answer<" in page


def test_a_tester_does_not_see_the_queue(assistant: Assistant) -> None:
    tester = assistant.console.staff("tester")
    for path in ("/safety", "/safety/assessments", "/safety/contacts"):
        assert tester.get(path).status_code == 403


def test_a_webhook_is_told_without_a_word_of_what_was_said(assistant: Assistant, hook: Hook) -> None:
    say(assistant, WORDS)
    wait_until(lambda: hook.told)
    body, signature = hook.told[0]
    assert signature == "sha256=" + hmac.new(b"w" * 20, body, hashlib.sha256).hexdigest()
    told = json.loads(body)
    assert (told["event"], told["tier"]) == ("safety_alert", "emergency")
    assert set(told) == {"event", "alert", "tier", "at", "url"}
    assert b"bladder" not in body
    wait_until(lambda: alerts(assistant)[0].notice == "sent")


def test_a_webhook_that_refuses_is_tried_again_later_each_time(assistant: Assistant, hook: Hook) -> None:
    hook.status = 500
    say(assistant, WORDS)
    wait_until(lambda: hook.told)
    (alert,) = wait_until(lambda: [a for a in alerts(assistant) if a.notice_attempts == 1 and a.notice == "waiting"])
    assert alert.notice_due > datetime.now(UTC) + timedelta(seconds=20)
    hook.status = 200
    services = own_database(assistant.gateway.services)
    later = AlertNotices(services.database, services.settings, lambda: datetime.now(UTC) + timedelta(minutes=2))
    assert asyncio.run(later.send_next())
    assert alerts(assistant)[0].notice == "sent"
    assert pause_after(1) < pause_after(2) < pause_after(MOST_ATTEMPTS) <= timedelta(hours=1)


def test_a_graver_sign_in_the_same_conversation_is_told_again(assistant: Assistant, hook: Hook) -> None:
    visitor = assistant.gateway.visitor().open()
    visitor.say("fever and new back pain")
    wait_until(lambda: [alert for alert in alerts(assistant) if alert.notice == "sent"])
    visitor.say(WORDS)
    tiers = wait_until(lambda: len(hook.told) == 2 and [json.loads(body)["tier"] for body, _ in hook.told])
    assert tiers == ["urgent", "emergency"]
    (alert,) = alerts(assistant)
    assert (alert.tier, alert.count) == ("emergency", 2)


def test_a_mail_says_the_same(tmp_path: Path) -> None:
    server = MailServer()
    with serving_stubbed(tmp_path) as assistant:
        assistant.rasa.answer = lambda body: [ALARM]
        say(assistant, WORDS)
        services = own_database(assistant.gateway.services)
        settings = replace(
            services.settings,
            alert_mail_to="nurse@clinic.example",
            alert_mail_from="assistant@clinic.example",
            smtp_url=f"smtp://127.0.0.1:{server.port}",
        )
        assert asyncio.run(AlertNotices(services.database, settings, lambda: datetime.now(UTC)).send_next())
    mail = server.received()
    assert "nurse@clinic.example" in mail and "/safety" in mail and "emergency" in mail
    assert "bladder" not in mail


def test_a_way_that_does_not_work_keeps_no_other_from_telling_and_each_tells_once(tmp_path: Path, hook: Hook) -> None:
    """The mail server takes one mail alone: a second one would not be sent, and the notice go on waiting."""
    mail, hook.status = MailServer(), 500
    with serving_stubbed(tmp_path) as assistant:
        assistant.rasa.answer = lambda body: [ALARM]
        say(assistant, WORDS)
        services = own_database(assistant.gateway.services)
        settings = replace(
            services.settings,
            alert_webhook=f"http://127.0.0.1:{hook.port}/hook",
            alert_mail_to="nurse@clinic.example",
            alert_mail_from="assistant@clinic.example",
            smtp_url=f"smtp://127.0.0.1:{mail.port}",
        )
        times = iter((datetime.now(UTC), datetime.now(UTC) + timedelta(minutes=2)))
        notices = AlertNotices(services.database, settings, lambda: next(times))

        assert asyncio.run(notices.send_next())
        assert "nurse@clinic.example" in mail.received()
        assert ["waiting"] == [alert.notice for alert in alerts(assistant)]

        hook.status = 200
        assert asyncio.run(notices.send_next())
        assert (2, ["sent"]) == (len(hook.told), [alert.notice for alert in alerts(assistant)])


def test_what_nobody_foresaw_ends_the_telling_of_nobody_else(
    assistant: Assistant, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, failures = AlertNotices._post, [LookupError("unforeseen")]

    async def failing(self: AlertNotices, content: dict[str, str | int]) -> None:
        if failures:
            raise failures.pop()
        await post(self, content)

    monkeypatch.setattr(AlertNotices, "_post", failing)
    say(assistant, WORDS)
    wait_until(lambda: not failures)

    say(assistant, WORDS)

    assert wait_until(lambda: hook.told)


def assessed(content: Content, answers: dict[str, str]) -> Reply:
    found = evaluate(content.rules, {fact: Answer(answer) for fact, answer in answers.items()})
    return a_reply("Your result.", kind=Kind.OUTCOME, tier=found.tier.id, record={"assessment": found.to_record()})


def test_an_assessment_is_replayed_on_the_rules_it_was_made_with(assistant: Assistant, content: Content) -> None:
    fact = next(c.when.fact for c in content.rules.criteria if hasattr(c.when, "fact"))
    assistant.rasa.answer = lambda body: [assessed(content, {fact: "yes"})]
    database = assistant.gateway.services.database
    say(assistant, "check me")
    editor = assistant.console.staff("editor")
    assert "rules not kept" in editor.get("/safety/assessments").text
    with database.write() as session:
        rule_sets.keep(session, content.rules, PROJECT / "data" / "suitability", datetime.now(UTC))
    assert "the same" in replay_cell(editor)
    with database.write() as session:
        row = session.scalars(select(Assessment)).one()
        row.tier = "generally_suitable_consult_first"
    assert "differs" in replay_cell(editor)


def test_rules_that_were_edited_since_are_not_kept_under_the_old_version(
    assistant: Assistant, content: Content, tmp_path: Path
) -> None:
    folder = tmp_path / "edited"
    folder.mkdir()
    for path in (PROJECT / "data" / "suitability").glob("*.yml"):
        text = path.read_text("utf-8")
        (folder / path.name).write_text(
            text.replace("because: ", "because: Really: ", 1).replace(": Really:", ": Really"), "utf-8"
        )
    with assistant.gateway.services.database.write() as session:
        rule_sets.keep(session, content.rules, folder, datetime.now(UTC))
        assert session.query(StoredRuleSet).count() == 0


def replay_cell(editor: StaffClient) -> str:
    return editor.get("/safety/assessments").text


def test_words_that_cannot_be_read_keep_staff_from_nothing_else(assistant: Assistant, content: Content) -> None:
    everything = {"contact": {"reason": "asked"}, "gaps": ["cost"], **assessed(content, {}).record}
    assistant.rasa.answer = lambda body: [a_reply("Call us.", kind=Kind.CONTACT, record=everything)]
    say(assistant, "how much is it, and can I talk to a person?")
    with assistant.gateway.services.database.write() as session:
        conversation = session.scalars(select(Assessment.conversation_id)).one()
        for table in (InboundMessage, OutboundMessage, TurnInspection, Assessment, ContactRequest):
            session.execute(update(table).values({sealed_attributes(table)[0].column: b"changed"}))
    editor = assistant.console.staff("editor")

    pages = ("/safety/assessments", "/safety/contacts", "/gaps/meaning", "/gaps.csv", f"/review/{conversation}")
    assert dict.fromkeys(pages, 200) == {path: editor.get(path).status_code for path in pages}
    assert "answers cannot be read" in editor.get("/safety/assessments").text
    export = editor.get(f"/review/{conversation}/export")
    assert (409, True) == (export.status_code, "bot keys check" in export.text)


def test_a_wish_to_be_contacted_is_followed_to_its_end(assistant: Assistant) -> None:
    record: dict[str, Any] = {"contact": {"reason": "asked"}}
    assistant.rasa.answer = lambda body: [a_reply("Call us.", kind=Kind.CONTACT, record=record)]
    say(assistant, "can I talk to a person?")
    editor = assistant.console.staff("editor")
    assert "<strong>1</strong> contact request" in editor.get("/").text
    number = re.search(r'action="/safety/contacts/(\d+)"', editor.get("/safety/contacts").text)[1]
    for status in ("called", "done"):
        assert editor.post(f"/safety/contacts/{number}", {"status": status}).status_code == 303
    page = editor.get("/safety/contacts").text
    assert "by editor" in page and 'class="off"' in page
    assert "<strong>0</strong> contact request" in editor.get("/").text
    assert editor.post(f"/safety/contacts/{number}", {"status": "nonsense"}).status_code == 404
