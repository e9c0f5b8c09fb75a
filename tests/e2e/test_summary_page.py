"""The page of a finished check in a real browser: by axe without fault, and on one sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from bot.suitability.tiers import Answer
from tests.integration.gateway_serving import Served, serving
from tests.integration.stub_rasa import stubbed_rasa
from tests.integration.summary_serving import assessed, checked, ends_a_check, services_with_summaries

from .conftest import NewWindow

pytestmark = pytest.mark.browser
MANY = ("anticoagulant", "pregnant", "epilepsy", "metal_allergy", "diabetes", "implanted_device")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with stubbed_rasa(answer=lambda body: ends_a_check(assessed(dict.fromkeys(MANY[:2], Answer.YES)))) as rasa:
        with serving(services_with_summaries(tmp_path, rasa), rasa) as running:
            yield running


def opened(served: Served, new_window: NewWindow) -> Page:
    visitor, page = checked(served), new_window()
    cookies = [{"name": c.name, "value": c.value, "url": served.url} for c in visitor.http.cookies.jar]
    page.context.add_cookies(cookies)
    page.goto(f"{served.url}/chat/summary")
    return page


def test_the_page_has_no_fault_that_axe_sees(served: Served, new_window: NewWindow) -> None:
    page = opened(served, new_window)

    assert 0 == Axe().run(page).violations_count
    page.goto(f"{served.url}/chat/summary?without")
    page.context.clear_cookies()
    page.reload()
    assert 0 == Axe().run(page).violations_count


def test_a_result_fits_on_one_sheet(served: Served, new_window: NewWindow) -> None:
    page = opened(served, new_window)

    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))

    assert 1 == len(sheets)


def test_a_messengers_link_leads_by_one_button_to_the_result(served: Served, new_window: NewWindow) -> None:
    checked(served)
    conversation = served.rasa.asked[-1]["conversation_id"]
    link = served.app.state.gateway.summary_tickets.link(conversation, datetime.now(UTC))
    page = new_window()

    page.goto(link)
    assert 0 == Axe().run(page).violations_count
    page.get_by_role("button", name="Show the result").click()

    page.get_by_role("heading", name="What you said, and why it matters").wait_for()
    assert "?t=" not in page.url
    page.goto(f"{link}0")
    page.get_by_role("heading", name="This link does not work any more").wait_for()
    assert 0 == Axe().run(page).violations_count
