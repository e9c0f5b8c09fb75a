"""The page of a finished check: the visitor's own, whole, and the same outcome when it is computed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select, update

from bot.conversation.wording.consult import suggests_provider_first
from bot.storage.schema.conversation_tables import Assessment
from bot.suitability.replay import replay
from bot.suitability.tiers import Answer
from tests.conversing import shipped
from tests.integration.gateway_serving import Served, serving
from tests.integration.stub_rasa import StubRasa
from tests.integration.summary_serving import assessed, checked, ends_a_check, services_with_summaries

TOLD = {"anticoagulant": Answer.YES, "diabetes": Answer.UNSURE}


@pytest.fixture
def served(tmp_path: Path, rasa: StubRasa) -> Iterator[Served]:
    rasa.answer = lambda body: ends_a_check(assessed(TOLD))
    with serving(services_with_summaries(tmp_path, rasa), rasa) as running:
        yield running


def words_of(page: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.text).split())


def test_the_page_tells_answers_reasons_sources_version_and_day(served: Served) -> None:
    rules = shipped().rules

    page = checked(served).http.get("/chat/summary")

    words = words_of(page)
    assert 200 == page.status_code
    assert suggests_provider_first(words)
    assert rules.facts["anticoagulant"].means in words
    assert rules.facts["diabetes"].means in words
    assert rules.criterion("C04").because in words
    assert rules.sources[rules.criterion("C04").sources[0]].title in words
    assert rules.version in words
    assert re.search(r"\b20\d\d\b", words)
    assert rules.outcomes[assessed(TOLD).tier].what_would_change_it in words
    assert ("no-store", "noindex") == (page.headers["cache-control"], page.headers["x-robots-tag"])


def test_the_day_on_the_page_is_the_clinic_s(served: Served) -> None:
    visitor = checked(served)
    with served.services.database.write() as session:
        session.execute(update(Assessment).values(at=datetime(2026, 3, 2, 5, 30, tzinfo=UTC)))

    page, text = visitor.http.get("/chat/summary"), visitor.http.get("/chat/summary/text")

    assert "America/Los_Angeles" == served.services.settings.time_zone
    assert "March 1, 2026" in words_of(page)
    assert "March 01, 2026" in text.text and "check-2026-03-01.txt" in text.headers["content-disposition"]


def test_the_page_as_text_says_the_same(served: Served) -> None:
    rules = shipped().rules

    text = checked(served).http.get("/chat/summary/text")

    assert "attachment" in text.headers["content-disposition"]
    assert suggests_provider_first(text.text)
    assert rules.facts["anticoagulant"].means in text.text
    assert rules.version in text.text
    assert "<" not in text.text


@pytest.mark.parametrize("path", ["/chat/summary", "/chat/summary/text"])
def test_nobody_else_sees_it(served: Served, path: str) -> None:
    checked(served)
    other = served.visitor().open()

    for page in (other.http.get(path), httpx.get(f"{served.url}{path}")):
        assert 404 == page.status_code
        assert "911" in page.text
        assert shipped().rules.facts["anticoagulant"].means not in page.text


def test_the_newest_result_is_shown_also_after_starting_over(served: Served) -> None:
    visitor = checked(served)
    served.rasa.answer = lambda body: ends_a_check(assessed({"epilepsy": Answer.YES}))
    visitor.say("again")
    visitor.wait_for_replies(2)
    assert visitor.post("/chat/reset", {}).status_code == 200

    words = words_of(visitor.http.get("/chat/summary"))

    assert shipped().rules.criterion("C16").item in words
    assert shipped().rules.criterion("C04").item not in words


def test_a_stored_assessment_computed_again_on_its_version_has_the_same_result(served: Served) -> None:
    checked(served)
    with served.services.database.read() as session:
        row = session.scalars(select(Assessment)).one()
        recorded = {"rules_version": row.version, "answers": dict(row.answers)}

    again = replay(shipped().rules, recorded)

    assert (again.tier.id, list(again.rule_ids)) == (row.tier, row.rules)


def test_what_newer_rules_no_longer_know_is_left_out_and_said(served: Served) -> None:
    services = served.services
    page = services.summaries.make(
        "urgent", ("U01", "Z99"), {"fever": "yes", "gone": "yes"}, "older", assessed_at(served)
    )

    assert ["U01"] == [reason.id for reason in page.reasons]
    assert not page.is_current
    assert [(shipped().rules.facts["fever"].means,)] == [reason.told for reason in page.reasons]


def assessed_at(served: Served):
    checked(served)
    with served.services.database.read() as session:
        return session.scalars(select(Assessment.at)).one()


def test_a_ticket_opens_the_result_in_a_browser_without_the_chats_cookie_and_nothing_else(served: Served) -> None:
    ticket = checked(served).post("/chat/summary/ticket", {}).json()["ticket"]
    tab = served.visitor()

    opened = tab.http.post("/chat/summary", data={"ticket": ticket})

    assert (303, "/chat/summary") == (opened.status_code, opened.headers["location"])
    assert ticket not in opened.headers["set-cookie"]
    assert "HttpOnly" in opened.headers["set-cookie"] and "Path=/chat/summary" in opened.headers["set-cookie"]
    assert "rules" in words_of(tab.http.get("/chat/summary"))
    assert 200 == tab.http.get("/chat/summary/text").status_code
    assert {401} == {tab.http.get(f"/chat/{what}").status_code for what in ("history", "transcript", "about-data")}


def test_a_ticket_is_worth_nothing_from_a_foreign_page_forged_or_after_erasing(served: Served) -> None:
    visitor = checked(served)
    ticket = visitor.post("/chat/summary/ticket", {}).json()["ticket"]
    tab, cookie = served.visitor(), visitor.http.cookies["chat"]
    foreign = tab.http.post("/chat/summary", data={"ticket": ticket}, headers={"Origin": "https://evil.example"})
    assert 403 == foreign.status_code
    assert 401 == served.visitor().post("/chat/summary/ticket", {}).status_code
    tab.http.post("/chat/summary", data={"ticket": ticket})
    assert 200 == tab.http.get("/chat/summary").status_code

    shown = tab.http.cookies["summary"]
    for forged in (ticket[:-2] + "xx", cookie, shown, "", "é", "x" * 5000):
        tab.http.post("/chat/summary", data={"ticket": forged})
        assert 404 == tab.http.get("/chat/summary").status_code
    tab.http.post("/chat/summary", data={"ticket": ticket})
    visitor.post("/chat/erase", {})

    assert 404 == tab.http.get("/chat/summary").status_code
