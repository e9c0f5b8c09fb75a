"""`python -m tests.e2e.screenshots`: the main states of the chat, as pictures in docs/screenshots."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from .conftest import BROWSER_ARGUMENTS, CHROMIUM
from .stub_gateway import StubGateway
from .stub_pages import ROOT
from .widget_page import WidgetPage

FOLDER = ROOT / "docs" / "screenshots"
LARGEST = 160 * 1024
LAPTOP = {"viewport": {"width": 1040, "height": 700}}
PHONE = {"viewport": {"width": 390, "height": 780}}


def home(widget: WidgetPage, _: StubGateway) -> None:
    widget.field.press("Escape")
    expect(widget.launcher).to_be_focused()
    widget.launcher.blur()


def opening(_: WidgetPage, __: StubGateway) -> None:
    """As it opens."""


def answer(widget: WidgetPage, _: StubGateway) -> None:
    widget.ask("Does it hurt?")


def sources(widget: WidgetPage, _: StubGateway) -> None:
    reply = widget.ask("Is it safe?")
    reply.locator("summary").click()
    reply.get_by_role("button", name="Helpful", exact=True).click()


def check(widget: WidgetPage, _: StubGateway) -> None:
    widget.choose("Check if it may suit me")
    widget.choose("No")


def outcome(widget: WidgetPage, _: StubGateway) -> None:
    for title in ("Check if it may suit me", "No", "No", "No"):
        widget.choose(title)


def emergency(widget: WidgetPage, _: StubGateway) -> None:
    widget.ask("Since Monday I cannot control my bladder")


def offline(widget: WidgetPage, _: StubGateway) -> None:
    widget.page.context.set_offline(True)
    widget.say("How many visits will I need?")
    expect(widget.connection).to_contain_text("offline")


def typing(widget: WidgetPage, stub: StubGateway) -> None:
    stub.is_silent = True
    widget.say("Does it hurt?")
    expect(widget.panel.locator(".typing")).to_be_visible()


def kept(widget: WidgetPage, _: StubGateway) -> None:
    widget.ask("Does it hurt?")
    widget.option("What is kept about me")
    expect(widget.panel.locator("dialog dt").first).to_be_visible()


def article(widget: WidgetPage, _: StubGateway) -> None:
    widget.page.goto(f"{widget.url}/article#is-acupuncture-safe/3")


Scene = Callable[[WidgetPage, StubGateway], None]
SCENES: dict[str, tuple[Scene, dict[str, Any]]] = {
    "home": (home, LAPTOP),
    "opening": (opening, LAPTOP),
    "answer-and-sources": (sources, LAPTOP),
    "check": (check, LAPTOP),
    "outcome": (outcome, LAPTOP),
    "emergency": (emergency, LAPTOP),
    "typing": (typing, LAPTOP),
    "kept-about-me": (kept, LAPTOP),
    "article": (article, LAPTOP),
    "dark-answer": (sources, {**LAPTOP, "color_scheme": "dark"}),
    "dark-emergency": (emergency, {**LAPTOP, "color_scheme": "dark"}),
    "forced-colours-emergency": (emergency, {**LAPTOP, "forced_colors": "active"}),
    "phone-home": (home, PHONE),
    "phone-answer": (answer, PHONE),
    "phone-offline": (offline, PHONE),
    "narrow-320-emergency": (emergency, {"viewport": {"width": 320, "height": 640}}),
    "zoomed-200-check": (check, {"viewport": {"width": 640, "height": 400}}),
}


def take(browser: Browser, name: str, scene: Scene, settings: dict[str, Any]) -> int:
    """One picture; its size."""
    stub = StubGateway().start()
    context = browser.new_context(locale="en-US", reduced_motion="reduce", **settings)
    try:
        widget = WidgetPage(context.new_page(), stub.url).ready()
        scene(widget, stub)
        widget.page.mouse.move(0, 0)
        widget.page.wait_for_timeout(250)
        return len(widget.page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide"))
    finally:
        context.close()
        stub.stop()


def main(wanted: list[str]) -> int:
    """Take those named, or all."""
    if not Path(CHROMIUM).exists():
        sys.stderr.write(f"no {CHROMIUM}: apt install chromium\n")
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=BROWSER_ARGUMENTS)
        sizes = {name: take(browser, name, *SCENES[name]) for name in wanted or SCENES}
        browser.close()
    for name, size in sizes.items():
        print(f"{name}.png {size // 1024} KB{'  too large' if size > LARGEST else ''}")
    return int(any(size > LARGEST for size in sizes.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
