"""WCAG 2.2 A and AA by axe in every state and setting, and what axe does not see: names, targets, reflow, motion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame, expect

from .conftest import NewWindow
from .stub_gateway import StubGateway
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STANDARD = {"runOnly": {"type": "tag", "values": TAGS}}
State = Callable[[WidgetPage, StubGateway], None]
SETTINGS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced-colours": {"forced_colors": "active"},
    "narrow-320": {"viewport": {"width": 320, "height": 640}},
    # What 200 % zoom does to a window of 1280 x 800.
    "zoomed-200": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}


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
def widget_in(new_window: NewWindow, gateway: StubGateway) -> Callable[[str], WidgetPage]:
    """The panel, open, in a browser with one of the settings."""

    def build(setting: str) -> WidgetPage:
        page = new_window(**{"reduced_motion": "reduce", **SETTINGS[setting]})
        return WidgetPage(page, gateway.url).ready()

    return build


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("setting", SETTINGS)
def test_axe_finds_nothing(
    widget_in: Callable[[str], WidgetPage],
    stub: StubGateway,
    setting: str,
    state: State,
) -> None:
    widget = widget_in(setting)

    state(widget, stub)

    assert [] == findings(panel_of(widget))


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("path", ["/", "/article#is-acupuncture-safe/3", "/privacy"])
def test_axe_finds_nothing_on_the_clinics_pages(
    new_window: NewWindow, gateway: StubGateway, setting: str, path: str
) -> None:
    page = new_window(**SETTINGS[setting])
    WidgetPage(page, gateway.url + path).visit()

    assert [] == findings(page.main_frame)


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


@pytest.mark.parametrize("setting", ["light", "narrow-320", "zoomed-200"])
@pytest.mark.parametrize(
    "state", [opening, question, answer, emergency, offline, options, kept], ids=lambda s: s.__name__
)
def test_every_target_is_44_pixels(
    widget_in: Callable[[str], WidgetPage],
    stub: StubGateway,
    setting: str,
    state: State,
) -> None:
    widget = widget_in(setting)
    state(widget, stub)

    small = panel_of(widget).evaluate(
        """() => [...document.querySelectorAll('button, a, textarea, summary')]
          .filter(node => node.checkVisibility())
          .map(node => [node.textContent || node.ariaLabel || node.id, node.getBoundingClientRect()])
          .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
          .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
    )

    assert [] == small


@pytest.mark.parametrize("setting", ["narrow-320", "zoomed-200"])
@pytest.mark.parametrize("state", [question, answer, emergency, offline, kept], ids=lambda state: state.__name__)
def test_nothing_needs_sideways_scrolling_and_the_field_stays_in_view(
    widget_in: Callable[[str], WidgetPage],
    stub: StubGateway,
    setting: str,
    state: State,
) -> None:
    widget = widget_in(setting)
    state(widget, stub)

    overflow = panel_of(widget).evaluate(
        """() => [document.scrollingElement, document.querySelector('.scroller')]
          .map(node => node.scrollWidth - node.clientWidth)"""
    )

    assert [0, 0] == overflow
    expect(widget.field).to_be_in_viewport(ratio=1)


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

    expect(widget.panel.get_by_label("Your question")).to_be_visible()
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
