"""One script tag on anyone's page: small, calm, out of reach of the page's styles, under its strictest policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.bootstrap import shared_content
from bot.conversation.answering.opening import opening as opening_message

from .conftest import NewWindow
from .host_site import HostSite
from .stub_gateway import StubGateway
from .test_accessibility import findings, panel_of
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "bot" / "widget" / "static"
LAUNCHER_BYTES = 2 * 1024
FIRST_USE_BYTES = 20 * 1024

HOSTILE_CSS = """
* { all: unset !important; display: none !important; position: static !important; font: 3px/1 cursive !important;
    color: transparent !important; visibility: hidden !important; pointer-events: none !important }
html, body { display: block !important }
iframe, button, clinic-chat { width: 1px !important; height: 1px !important; opacity: 0 !important }
"""


@pytest.fixture
def site(stub: StubGateway) -> Iterator[HostSite]:
    """A page on another origin that embeds the chat."""
    site = HostSite(stub.url)
    yield site
    site.close()


def test_hostile_styles_and_a_strict_policy_change_nothing(new_window: NewWindow, site: HostSite) -> None:
    site.css = HOSTILE_CSS
    widget = WidgetPage(new_window(), site.url).ready()

    widget.ask("Does it hurt?")

    box = widget.iframe.bounding_box()
    assert box and box["width"] > 350 and box["height"] > 500
    widget.field.press("Escape")
    expect(widget.launcher).to_be_focused()
    expect(widget.launcher).to_have_css("font-size", "16px")
    assert widget.launcher.bounding_box()["height"] >= 44  # type: ignore[index]


def test_a_page_that_includes_the_script_twice_has_one_launcher(
    new_window: NewWindow, site: HostSite, stub: StubGateway
) -> None:
    site.head = f"<script src='{stub.url}/widget/launcher.js' defer></script>"
    widget = WidgetPage(new_window(), site.url).visit()
    widget.page.wait_for_load_state("networkidle")

    expect(widget.page.locator("clinic-chat")).to_have_count(1)


def test_nothing_but_the_launcher_is_loaded_before_first_use(widget: WidgetPage) -> None:
    asked: list[str] = []
    widget.page.on("request", lambda request: asked.append(request.url.removeprefix(widget.url)))
    widget.visit()
    widget.page.wait_for_load_state("networkidle")

    assert {"/", "/assets/site.css", "/widget/launcher.js", "/widget/icon.svg"} >= set(asked)


def test_the_whole_first_use_is_small_on_the_wire(new_window: NewWindow, site: HostSite, stub: StubGateway) -> None:
    """All bytes as they cross, headers and first answers included."""
    page = new_window()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    WidgetPage(page, site.url).ready()
    page.wait_for_timeout(500)

    ours = {urls[key].removeprefix(stub.url): size for key, size in sizes.items() if urls[key].startswith(stub.url)}

    assert sum(ours.values()) <= FIRST_USE_BYTES, ours
    assert any("panel.js" in url for url in ours), "the frame's requests are counted"


def test_the_built_files_are_within_the_budget() -> None:
    packed = {path.stem: path.stat().st_size for path in STATIC.glob("*.br")}

    assert packed["launcher.js"] <= LAUNCHER_BYTES - 384
    assert sum(packed.values()) <= FIRST_USE_BYTES - 2048, packed


def test_the_page_does_not_move(widget: WidgetPage) -> None:
    widget.page.add_init_script(
        """window.shifts = []
           new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => entry.value)))
             .observe({ type: 'layout-shift', buffered: true })"""
    )
    widget.ready()
    widget.field.press("Escape")
    expect(widget.launcher).to_be_focused()

    assert 0 == sum(widget.page.evaluate("() => window.shifts"))


@pytest.mark.parametrize(
    ("width", "height", "seen"), [(1366, 768, 5), (1366, 657, 5), (360, 640, 3)], ids=["laptop", "its window", "phone"]
)
def test_the_choices_of_the_opening_are_seen_without_scrolling(
    new_window: NewWindow, stub: StubGateway, width: int, height: int, seen: int
) -> None:
    opening = opening_message(shared_content())
    stub.opening = {**opening.to_dict(), "buttons": [button.title for button in opening.buttons]}
    widget = WidgetPage(new_window(viewport={"width": width, "height": height}), stub.url).ready()
    choices = widget.panel.locator(".choice")
    expect(choices).to_have_count(len(opening.buttons))

    for number in range(min(seen, len(opening.buttons))):
        expect(choices.nth(number)).to_be_in_viewport(ratio=1)
    expect(widget.panel.locator(".consult").first).to_be_in_viewport(ratio=1)


def test_the_clinics_colour_and_side_are_taken_over(new_window: NewWindow, site: HostSite) -> None:
    site.css = ":root { --chat-accent: #7a1f5c; --chat-radius: 4px; --chat-font: Georgia, serif }"
    site.attributes = "data-side=left data-label='Ask us' data-scheme=dark"

    widget = WidgetPage(new_window(), site.url).visit()
    expect(widget.launcher).to_have_text("Ask us")
    expect(widget.launcher).to_have_css("background-color", "rgb(122, 31, 92)")
    widget.open()

    expect(widget.panel.locator("header")).to_have_css("background-color", "rgb(122, 31, 92)")
    expect(widget.panel.locator("body")).to_have_css("font-family", "Georgia, serif")
    expect(widget.panel.locator("html")).to_have_attribute("data-scheme", "dark")
    assert widget.iframe.bounding_box()["x"] < 100  # type: ignore[index]


def test_a_colour_that_is_none_is_ignored(new_window: NewWindow, site: HostSite) -> None:
    site.css = ":root { --chat-accent: expression(1); --chat-font: url(x); --chat-radius: calc(1px * 9999) }"
    widget = WidgetPage(new_window(), site.url).ready()

    expect(widget.panel.locator("header")).to_have_css("background-color", "rgb(23, 89, 79)")


def test_spanish_words_with_the_replies_marked_as_english(new_window: NewWindow, site: HostSite) -> None:
    site.language = "es-MX"
    widget = WidgetPage(new_window(), site.url).visit()
    expect(widget.launcher).to_have_text("Haga una pregunta")
    widget.open()
    expect(widget.replies).to_have_count(1)

    expect(widget.panel.get_by_label("Su mensaje")).to_be_visible()
    expect(widget.panel.locator("html")).to_have_attribute("lang", "es")
    expect(widget.replies.first.locator(".card > [lang]")).to_have_attribute("lang", "en")
    assert [] == findings(panel_of(widget))


@pytest.mark.parametrize("width", [1280, 320])
def test_right_to_left_mirrors_the_panel(new_window: NewWindow, site: HostSite, width: int) -> None:
    page = new_window(viewport={"width": width, "height": 700})
    site.attributes = "data-lang=ar data-dir=rtl"
    widget = WidgetPage(page, site.url).ready()
    widget.ask("Is it safe?")

    expect(widget.panel.locator("html")).to_have_attribute("dir", "rtl")
    send, field = (box(widget.panel.locator(name)) for name in (".send", "textarea"))
    mine, card = box(widget.mine.locator(".bubble")), box(widget.replies.last.locator(".card"))
    assert send["x"] < field["x"]
    assert mine["x"] < card["x"]
    assert [] == findings(panel_of(widget))


def test_the_panel_follows_a_phones_keyboard(new_window: NewWindow, stub: StubGateway) -> None:
    """The keyboard shrinks the visual viewport only; a smaller window stands in for it."""
    page = new_window(viewport={"width": 390, "height": 800}, has_touch=True)
    widget = WidgetPage(page, stub.url).visit()
    widget.launcher.tap()
    widget.field.tap()
    page.set_viewport_size({"width": 390, "height": 420})

    expect(widget.field).to_be_in_viewport(ratio=1)
    assert 420 == round(widget.iframe.bounding_box()["height"])  # type: ignore[index]


def test_without_a_gateway_the_launcher_can_still_close_what_it_opened(widget: WidgetPage, stub: StubGateway) -> None:
    widget.visit()
    stub.stop()
    widget.launcher.click()
    expect(widget.iframe).to_be_visible()

    widget.launcher.click()

    expect(widget.iframe).to_be_hidden()


def box(locator: Any) -> dict[str, float]:
    """Where something is."""
    found: dict[str, float] | None = locator.bounding_box()
    assert found
    return found
