"""Correcting, editing, publishing, testing and measuring in a real browser: each flow, and axe on each page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.curation.jobs import Job, Jobs
from bot.curation.working_copy import WorkingCopy
from tests.integration.console_serving import ServedConsole, serving_console
from tests.integration.test_console_measures import fill
from tests.integration.workshop_serving import converse, workshop_services

from .console_page import ConsolePage, needs_browser

pytestmark = needs_browser


@pytest.fixture
def staff_console(tmp_path: Path) -> Iterator[ServedConsole]:
    """A console over a project of its own."""
    with serving_console(workshop_services(tmp_path)) as served:
        yield served


def test_a_message_is_corrected_and_the_change_published_and_undone(
    console_page: ConsolePage, staff_console: ServedConsole
) -> None:
    _, (message,) = converse(staff_console.services, "closed on the fourth?")
    page = console_page.login("admin").page
    page.set_default_timeout(60_000)
    console_page.go(f"/correct/{message}")
    page.get_by_label("The right meaning").select_option("ask_not_in_article/hours")
    page.get_by_role("button", name="Show what stands near it").click()
    expect(page.get_by_text("Nearest of its own")).to_be_visible()
    console_page.accessible_everywhere()
    page.get_by_role("button", name="Add to the changes").first.click()
    expect(page.get_by_role("heading", name="data/nlu/not_in_article.yml")).to_be_visible()
    expect(page.get_by_text("no faults")).to_be_visible(timeout=60_000)
    console_page.accessible_everywhere()
    page.locator("summary", has_text="Discard").click()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("There is no change.")).to_be_visible()

    console_page.go("/content/clinic")
    page.get_by_label("Banner on top of the chat").fill("Closed on Friday")
    page.get_by_role("button", name="Save to the changes").click()
    expect(page.get_by_text("Saved to the changes")).to_be_visible()
    expect(page.get_by_text("no faults")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="See the changes").click()
    page.get_by_label("What changes, in a few words").fill("holiday")
    page.get_by_role("button", name="Publish for patients").click()
    expect(page.get_by_role("cell", name="holiday")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("undoes 1: holiday")).to_be_visible()
    console_page.accessible_everywhere()


def test_every_page_of_the_workshop_has_no_findings(console_page: ConsolePage, staff_console: ServedConsole) -> None:
    conversation, _ = converse(staff_console.services, "hello", "what does it cost")
    fill(staff_console.services)
    finished_jobs(staff_console.services.settings.base_dir)
    console_page.login("admin").page.set_default_timeout(60_000)
    for path in (
        *("/content", "/content/clinic", "/content/topics/qi", "/content/notes/new", "/content/phrases/answers"),
        *("/content/medicines", "/content/danger", "/content/preview", "/content/text?path=data/gaps.yml"),
        *("/models", "/models/compare/1", "/tests", "/tests/results/2", "/tests/draft/3", "/tests/coverage"),
        *(f"/tests/new/{conversation}", "/gaps", "/gaps/meaning", "/measures", "/jobs/4", "/changes/state"),
    ):
        console_page.accessible_everywhere(path)


def finished_jobs(project: Path) -> None:
    """A comparison, a run with a failing test, a drafted test and a job that failed, without a model."""
    reply = {"kind": "answer", "topics": ["qi"], "tier": None, "rules": [], "sources": [], "buttons": [], "text": "So."}
    miss = {"turn": 0, "text": "hi", "what": "kind", "expected": "answer", "actual": "chitchat"}
    name = "tests/stories/faq/test_x.yml: x"
    trial = {"stories": {name: []}, "rates": {"clinicians' cases: plain": [9, 10]}, "stored": {}}
    worse = {**trial, "stories": {name: [miss]}, "rates": {"clinicians' cases: plain": [8, 10]}}
    results = {
        1: ("candidate", {"model": "assistant-0.tar.gz", "seconds": 1, "current": trial, "candidate": worse}),
        2: ("tests", {**worse, "model": "assistant-0.tar.gz", "with_candidate": True}),
        3: ("story", {"turns": [{"user": "hi", "kind": "answer"}], "said": [[reply]], "steps": "", "dropped": 1}),
        4: ("tests", {}),
    }
    jobs = Jobs(project)
    for number, (kind, result) in results.items():
        arguments = {"name": "a test", "behaviour": "faq"}
        state = "done" if result else "failed"
        jobs.keep(Job(number, kind, "ana", datetime.now(UTC).isoformat(), arguments, state=state, message="It broke."))
        (jobs.place(number) / "log.txt").write_text("Traceback")
        if result:
            (jobs.place(number) / "result.json").write_text(json.dumps(result))


def test_the_pages_work_without_script(console_page: ConsolePage, staff_console: ServedConsole) -> None:
    plain = console_page.another(java_script_enabled=False).login("editor")
    plain.page.set_default_timeout(60_000)
    plain.go("/content/phrases/answers")
    field = plain.page.get_by_label("clinic says")
    field.fill("The clinic says: {fact}\nThe clinic tells us: {fact}")
    plain.page.get_by_role("button", name="Save to the changes of phrases.clinic says").click()
    expect(plain.page.get_by_text("Saved to the changes")).to_be_visible()
    plain.page.get_by_role("link", name="Check the changes now").click()
    expect(plain.page.get_by_text("no faults")).to_be_visible(timeout=60_000)
    plain.go("/gaps")
    plain.page.get_by_role("link", name="Put together by meaning").click()
    expect(plain.page.get_by_text("Nothing to put together.")).to_be_visible()
    assert ["data/phrases/answers.yml"] == [
        change.path for change in WorkingCopy(staff_console.services.settings.base_dir).changes
    ]


def test_a_chart_bar_leads_to_its_conversations(console_page: ConsolePage, staff_console: ServedConsole) -> None:
    fill(staff_console.services)
    page = console_page.login("tester").page
    page.set_default_timeout(60_000)
    console_page.go("/measures?weeks=52")
    bar = page.locator("svg a").first
    assert "/review?since=" in (bar.get_attribute("href") or "")
    expect(page.get_by_role("heading", name="Topics")).to_be_visible()
