"""The widget in front of the real gateway, Rasa with the trained model and its actions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.whole_assistant import WholeAssistant

from .conftest import NewWindow
from .host_site import HostSite
from .weather import Weather
from .weather_proxy import WeatherProxy
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser

LAUNCHER_BYTES = 2 * 1024
FIRST_USE_BYTES = 20 * 1024
SETTLED_MS = 90_000
MOST_QUESTIONS = 60


@pytest.fixture
def site(assistant: WholeAssistant) -> Iterator[HostSite]:
    """A page on another origin that embeds the chat."""
    site = HostSite(assistant.url, assistant.site_port)
    yield site
    site.close()


class Wire:
    """Bytes as they cross, status line, headers and body, by address; the redirects and failures are none of ours."""

    def __init__(self, page: Page, origin: str) -> None:
        """Count from now on what comes from one origin."""
        self._urls: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._origin = origin
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda e: self._urls.update({e["requestId"]: e["request"]["url"]}))
        session.on("Network.loadingFinished", lambda e: self._sizes.update({e["requestId"]: e["encodedDataLength"]}))
        # Streams do not finish: what has come of them so far counts.
        session.on("Network.dataReceived", lambda e: self._add(e["requestId"], e["encodedDataLength"]))

    def _add(self, key: str, size: int) -> None:
        self._sizes[key] = self._sizes.get(key, 0) + size

    def by_address(self) -> dict[str, int]:
        """What has come so far."""
        ours = {key: url for key, url in self._urls.items() if url.startswith(self._origin)}
        return {urlsplit(ours[key]).path: size for key, size in self._sizes.items() if key in ours}


def test_the_first_use_is_within_its_budget_on_the_wire(
    new_window: NewWindow, site: HostSite, assistant: WholeAssistant
) -> None:
    """All that the real gateway sends until the opening message can be read and the field be used."""
    page = new_window()
    wire = Wire(page, assistant.url)
    widget = WidgetPage(page, site.url).visit()
    page.wait_for_load_state("networkidle")
    before = wire.by_address()
    widget.open()
    expect(widget.replies.first).to_be_visible()
    widget.wait_until_live()
    page.wait_for_timeout(500)

    used = wire.by_address()

    print("first use on the wire:", sum(used.values()), used)
    assert {"/widget/launcher.js"} == set(before)
    assert sum(before.values()) <= LAUNCHER_BYTES, before
    assert sum(used.values()) <= FIRST_USE_BYTES, used
    assert {"/widget/panel.js", "/widget/panel.css", "/chat/frame", "/chat/session", "/chat/history"} <= set(used)


def test_a_patient_takes_the_whole_tour(new_window: NewWindow, assistant: WholeAssistant) -> None:
    """Quick replies, a question, its very sentence in the article, the check to its result, danger, rating, erasing."""
    widget = WidgetPage(new_window(), assistant.url).ready()

    answer = widget.ask("does it hurt?")
    expect(answer.locator(".consult")).to_be_visible()
    answer.locator("summary").click()
    with widget.page.context.expect_page() as opened:
        answer.locator("details a").first.click()
    article = opened.value
    expect(article.locator("span:target")).to_be_in_viewport()
    assert article.locator("span:target").inner_text() in answer.inner_text()
    article.close()

    answer.get_by_role("button", name="Not helpful").click()
    expect(answer.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")

    reply = widget.ask("can you check whether it suits me")
    seen_progress = 0
    for _ in range(MOST_QUESTIONS):
        if reply.get_attribute("data-kind") == "outcome":
            break
        seen_progress += reply.locator("progress").count()
        titles = widget.choices.all_inner_texts()
        reply = widget.choose("No" if "No" in titles else titles[0])
    expect(widget.panel.locator("[data-kind=outcome]")).to_be_visible()
    assert seen_progress > 5

    danger = widget.ask("since this morning I cannot feel anything between my legs")
    expect(danger.get_by_role("link", name=re.compile("911"))).to_have_attribute("href", "tel:911")

    widget.panel.get_by_role("button", name="Options").click()
    with widget.page.expect_download() as download:
        widget.panel.get_by_role("link", name="Download this conversation").click()
    kept = download.value.path().read_text()
    assert "does it hurt?" in kept and "911" in kept

    widget.option("What is kept about me")
    expect(widget.panel.locator("dialog dt").first).to_be_visible()
    widget.panel.get_by_role("button", name="Erase everything about me").click()
    widget.panel.get_by_role("button", name="Yes, erase it").click()
    expect(widget.messages).to_have_count(0)


def test_after_any_weather_and_killed_processes_both_sides_have_the_same_log(
    new_window: NewWindow, assistant: WholeAssistant
) -> None:
    """Cuts, delays, copies and disorder at every point, in two tabs, while gateway and Rasa are killed."""
    proxy = WeatherProxy(assistant.url, int(assistant.public_url.rsplit(":", 1)[1]))
    proxy.start(Weather(seed=11))
    try:
        widget = WidgetPage(new_window(), proxy.url).ready()
        other = WidgetPage(widget.page.context.new_page(), proxy.url).ready()
        proxy.weather = Weather(cut=0.3, delay=0.5, copy=0.4, disorder=0.4, seed=11)
        said = [f"does it hurt? number {number}" for number in range(9)]

        for number, text in enumerate(said):
            (widget, other)[number % 2].say(text)
            if number in (2, 6):
                assistant.kill({2: "gateway", 6: "rasa"}[number])
            widget.page.wait_for_timeout(400)
        settle(widget, lambda: {"post cut", "stream cut", "copy", "delay"} <= proxy.weather.struck)
        proxy.weather.end()

        settle(widget, lambda: all_answered(widget, said))
        settle(widget, lambda: server_log(widget, proxy.url) == widget.words() == other.words())
        mine = patients(widget, proxy.url)
        assert sorted(said) == sorted(mine)
        assert said[0::2] == [text for text in mine if text in said[0::2]]
        assert said[1::2] == [text for text in mine if text in said[1::2]]
    finally:
        proxy.stop()


def history(widget: WidgetPage, url: str) -> list[dict[str, object]]:
    """The log on the server's side."""
    cookies = {str(c["name"]): str(c["value"]) for c in widget.page.context.cookies(url)}
    try:
        answer = httpx.get(f"{url}/chat/history", cookies=cookies, timeout=20)
    except httpx.HTTPError:
        return []
    return list(answer.json()["messages"]) if answer.status_code == 200 else []


def patients(widget: WidgetPage, url: str) -> list[str]:
    """What the server has of the patient, in its order."""
    return [str(entry["text"]) for entry in history(widget, url) if entry["from"] == "patient"]


def server_log(widget: WidgetPage, url: str) -> list[str]:
    """The server's log in the words of `WidgetPage.words`: a fresh window shows it from history alone."""
    fresh = WidgetPage(widget.page.context.new_page(), url).visit().open()
    try:
        expect(fresh.messages).not_to_have_count(0)
        fresh.wait_until_live()
        return fresh.words()
    finally:
        fresh.page.close()


def all_answered(widget: WidgetPage, said: list[str]) -> bool:
    """Whether each message has its reply at the server, and one reply alone."""
    entries = history(widget, widget.url)
    asked = [entry["id"] for entry in entries if entry["from"] == "patient"]
    answered = [entry["in_reply_to"] for entry in entries if entry["from"] == "bot" and entry["in_reply_to"]]
    assert len(answered) == len(set(map(str, answered))), "answered twice"
    return len(asked) == len(said) and set(map(str, asked)) == set(map(str, answered))


def settle(widget: WidgetPage, is_done: object) -> None:
    """Wait for both sides to come to rest."""
    assert callable(is_done)
    for _ in range(SETTLED_MS // 500):
        if is_done():
            return
        widget.page.wait_for_timeout(500)
    assert is_done()
