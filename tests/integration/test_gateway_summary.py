"""The page of a finished check: the visitor's own, whole, and the same outcome when it is computed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.conversation.consult import suggests_provider_first
from bot.storage.tables import Assessment
from bot.suitability.replay import replay
from bot.suitability.tiers import Answer
from tests.conversing import shipped
from tests.integration.gateway_serving import Served, StubRasa, Visitor, free_port, serving
from tests.integration.summary_serving import assessed, ends_a_check, services_with_summaries

TOLD = {"anticoagulant": Answer.YES, "diabetes": Answer.UNSURE}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    rasa = StubRasa(free_port())
    rasa.answer = lambda body: ends_a_check(assessed(TOLD))
    rasa.start()
    with serving(services_with_summaries(tmp_path, rasa), rasa) as running:
        yield running
    rasa.stop()


def checked(served: Served) -> Visitor:
    visitor = served.visitor().open()
    visitor.say("no to all the rest")
    visitor.wait_for_replies(1)
    return visitor


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


def test_the_page_as_text_says_the_same(served: Served) -> None:
    rules = shipped().rules

    text = checked(served).http.get("/chat/summary.txt")

    assert "attachment" in text.headers["content-disposition"]
    assert suggests_provider_first(text.text)
    assert rules.facts["anticoagulant"].means in text.text
    assert rules.version in text.text
    assert "<" not in text.text


@pytest.mark.parametrize("path", ["/chat/summary", "/chat/summary.txt"])
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
    visitor.post("/chat/session", {"start_over": True})

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
    assert 1 == len(page.told)


def assessed_at(served: Served):
    checked(served)
    with served.services.database.read() as session:
        return session.scalars(select(Assessment.at)).one()
