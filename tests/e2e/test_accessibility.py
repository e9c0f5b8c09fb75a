"""WCAG 2.2 A and AA by axe in every state and setting, and what axe does not see: names, targets, reflow, motion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame, Page, expect

from .conftest import NewWindow
from .stub_gateway import StubGateway
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STANDARD = {"runOnly": {"type": "tag", "values": TAGS}}
State = Callable[[WidgetPage, StubGateway], None]
# What a window of 1280 x 800 shows of a page is smaller by half at 200 %.
SIZES = {"narrow-320": (320, 640), "zoomed-200": (640, 400)}
LOOKS: dict[str, Any] = {"light": {}, "dark": {"color_scheme": "dark"}, "forced-colours": {"forced_colors": "active"}}
SETTINGS = (*LOOKS, *SIZES)


def opening(_: WidgetPage, __: StubGateway) -> None:
    """Nothing more than the first message."""


def typing(widget: WidgetPage, stub: StubGateway) -> None:
    stub.is_silent = True
    widget.say("Does it hurt?")
    expect(widget.panel.locator(".typing")).to_be_visible()


def question(widget: WidgetPage, _: StubGateway) -> None:
    widget.choose("Check if it may suit me")


def outcome(widget: WidgetPage, _: StubGateway) -> None:
    for title in ("Check if it may suit me", "No", "Not sure", "No"):
        widget.choose(title)


def answer(widget: WidgetPage, _: StubGateway) -> None:
    widget.ask("Is it safe?").locator("summary").click()
    widget.panel.get_by_role("button", name="Helpful", exact=True).click()


def emergency(widget: WidgetPage, _: StubGateway) -> None:
    widget.ask("I lost control of my bladder")


def other_kinds(widget: WidgetPage, _: StubGateway) -> None:
    for text in ("What does it cost?", "Can I talk to a person?", "hm", "it is broken"):
        widget.ask(text)


def offline(widget: WidgetPage, _: StubGateway) -> None:
    widget.page.context.set_offline(True)
    widget.say("Does it hurt?")
    expect(widget.connection).to_contain_text("offline")
    expect(widget.panel.get_by_role("button", name="Send again")).to_be_visible()


def history(widget: WidgetPage, _: StubGateway) -> None:
    widget.ask("Does it hurt?")
    widget.visit().open()
    expect(widget.messages).to_have_count(3)


def notice(widget: WidgetPage, stub: StubGateway) -> None:
    stub.notice = "We are closed on Thursday."
    widget.ready()


def options(widget: WidgetPage, _: StubGateway) -> None:
    widget.panel.get_by_role("button", name="Options").click()


def kept(widget: WidgetPage, _: StubGateway) -> None:
    widget.option("What is kept about me")
    expect(widget.panel.locator("dialog dt").first).to_be_visible()


STATES = [opening, typing, question, outcome, answer, emergency, other_kinds, offline, history, notice, options, kept]


@pytest.fixture
def opened(new_window: NewWindow, gateway: StubGateway) -> WidgetPage:
    """The panel, open, where nothing moves."""
    return WidgetPage(new_window(reduced_motion="reduce"), gateway.url).ready()


def found_in(page: Page, settings: Iterable[str], look: Callable[[], list[str]]) -> dict[str, list[str]]:
    """What somebody who looks finds, by setting; the page is the same in all of them."""
    found = {}
    for setting in settings:
        width, height = SIZES.get(setting, (1280, 800))
        page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **LOOKS.get(setting, {})})
        page.set_viewport_size({"width": width, "height": height})
        if lines := look():
            found[setting] = lines
    return found


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing_in_any_setting(opened: WidgetPage, stub: StubGateway, state: State) -> None:
    state(opened, stub)

    assert {} == found_in(opened.page, SETTINGS, lambda: findings(panel_of(opened)))


@pytest.mark.parametrize("path", ["/", "/article#is-acupuncture-safe/3", "/privacy"])
def test_axe_finds_nothing_on_the_clinics_pages(new_window: NewWindow, gateway: StubGateway, path: str) -> None:
    page = new_window(reduced_motion="reduce")
    WidgetPage(page, gateway.url + path).visit()

    assert {} == found_in(page, SETTINGS, lambda: findings(page.main_frame))


@pytest.mark.parametrize("accent", ["#ffee00", "#888888", "rgb(255 120 0)", "#000", "pink"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_any_accent_stays_readable(new_window: NewWindow, stub: StubGateway, accent: str, scheme: str) -> None:
    page = new_window(color_scheme=scheme, reduced_motion="reduce")
    widget = WidgetPage(page, stub.url).visit()
    page.evaluate("accent => document.documentElement.style.setProperty('--chat-accent', accent)", accent)

    widget.open()
    widget.wait_until_live()
    widget.ask("Is it safe?")

    assert [] == findings(panel_of(widget))


@pytest.mark.parametrize(
    "state", [opening, question, answer, emergency, offline, options, kept], ids=lambda s: s.__name__
)
def test_every_target_is_44_pixels(opened: WidgetPage, stub: StubGateway, state: State) -> None:
    state(opened, stub)

    def small() -> list[str]:
        found: list[str] = panel_of(opened).evaluate(
            """() => [...document.querySelectorAll('button, a, textarea, summary')]
              .filter(node => node.checkVisibility())
              .map(node => [node.textContent || node.ariaLabel || node.id, node.getBoundingClientRect()])
              .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
              .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
        )
        return found

    assert {} == found_in(opened.page, ("light", *SIZES), small)


@pytest.mark.parametrize("state", [question, answer, emergency, offline, kept], ids=lambda state: state.__name__)
def test_nothing_needs_sideways_scrolling_and_the_field_stays_in_view(
    opened: WidgetPage, stub: StubGateway, state: State
) -> None:
    state(opened, stub)

    def wide() -> list[str]:
        expect(opened.field).to_be_in_viewport(ratio=1)
        overflow = panel_of(opened).evaluate(
            """() => [document.scrollingElement, document.querySelector('.scroller')]
              .map(node => node.scrollWidth - node.clientWidth)"""
        )
        return [] if overflow == [0, 0] else [f"{overflow} px too wide"]

    assert {} == found_in(opened.page, SIZES, wide)


def test_text_set_to_twice_the_size_reflows(new_window: NewWindow, gateway: StubGateway) -> None:
    """A reader's own font size: everything is in em."""
    page = new_window(viewport={"width": 800, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    widget = WidgetPage(page, gateway.url).ready()
    widget.ask("Is it safe?")

    sizes = panel_of(widget).evaluate(
        """() => ['.bubble', 'textarea', 'h1', '.consult']
          .map(name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize))"""
    )

    assert [32, 32, 32, 30] == sizes


def test_the_field_and_every_control_have_a_visible_or_spoken_name(widget: WidgetPage) -> None:
    widget.ready()

    expect(widget.panel.get_by_label("Your message")).to_be_visible()
    expect(widget.panel.locator("label")).to_be_visible()
    expect(widget.panel.get_by_role("button", name="Options")).to_be_visible()
    expect(widget.panel.get_by_role("button", name="Close the chat")).to_be_visible()
    expect(widget.iframe).to_have_attribute("title", "Chat with an automated assistant")


def test_reduced_motion_moves_nothing(new_window: NewWindow, stub: StubGateway) -> None:
    page = new_window(reduced_motion="reduce")
    widget = WidgetPage(page, stub.url).ready()
    stub.is_silent = True
    widget.say("Does it hurt?")
    expect(widget.panel.locator(".typing")).to_be_visible()

    moving = panel_of(widget).evaluate(
        "() => document.getAnimations().map(motion => motion.animationName).filter(name => name !== 'appear')"
    )

    assert [] == moving


def test_an_emergency_differs_by_more_than_colour(widget: WidgetPage) -> None:
    widget.ready()

    card = widget.ask("I lost control of my bladder").locator(".card")

    expect(card.get_by_role("heading")).to_have_text("Emergency Call 911 or go to the nearest emergency room now.")
    expect(card.locator("h2 svg")).to_be_visible()
    expect(card).to_have_css("border-top-width", "3px")
    assert ["tel:911"] == card.get_by_role("link").evaluate_all("links => links.map(link => link.getAttribute('href'))")


def panel_of(widget: WidgetPage) -> Frame:
    """The panel's frame itself, in which axe runs."""
    handle = widget.iframe.element_handle()
    assert handle
    frame = handle.content_frame()
    assert frame
    return frame


def findings(frame: Frame) -> list[str]:
    """What axe reports, one line a node."""
    frame.evaluate(f"() => {{ {AXE_SCRIPT} }}")
    report = frame.evaluate("options => axe.run(document, options)", STANDARD)
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}"
        for found in report["violations"]
        for node in found["nodes"]
    ]
