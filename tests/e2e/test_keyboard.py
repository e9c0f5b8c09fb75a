"""Everything by keyboard alone, and focus always somewhere sensible."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import NewWindow
from .stub_gateway import StubGateway
from .test_accessibility import panel_of
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser


def focused(widget: WidgetPage) -> str:
    """What the focused element in the panel is called."""
    name: str = panel_of(widget).evaluate(
        "() => document.activeElement.ariaLabel || document.activeElement.textContent || document.activeElement.tagName"
    )
    return name


def tab_to(widget: WidgetPage, name: str, key: str = "Tab") -> None:
    for _ in range(40):
        if focused(widget).strip() == name:
            return
        widget.page.keyboard.press(key)
    pytest.fail(f"{name!r} is not reached with {key}; at {focused(widget)!r}")


def test_open_ask_answer_and_close_by_keyboard_alone(widget: WidgetPage) -> None:
    keys = widget.visit().page.keyboard
    for _ in range(40):
        keys.press("Tab")
        if widget.page.evaluate("() => document.activeElement.localName") == "clinic-chat":
            break
    keys.press("Enter")
    expect(widget.field).to_be_focused()
    expect(widget.choices.first).to_be_visible()

    tab_to(widget, "Check if it may suit me", "Shift+Tab")
    keys.press("Enter")
    expect(widget.panel.locator("progress")).to_have_count(1)
    expect(widget.choices.first).to_have_text("Yes")
    keys.press("Tab")
    assert "Yes" == focused(widget)
    keys.press("Tab")
    keys.press("Space")
    expect(widget.panel.locator("progress")).to_have_count(2)

    tab_to(widget, "TEXTAREA")
    keys.type("Does it hurt?")
    keys.press("Enter")
    expect(widget.replies).to_have_count(4)
    expect(widget.field).to_be_focused()

    tab_to(widget, "Where is this from?", "Shift+Tab")
    keys.press("Enter")
    tab_to(widget, "Not helpful")
    keys.press("Enter")
    expect(widget.panel.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")

    keys.press("Escape")
    expect(widget.launcher).to_be_focused()
    expect(widget.iframe).to_be_hidden()


def test_shift_and_enter_start_a_new_line(widget: WidgetPage) -> None:
    widget.ready()
    widget.field.press_sequentially("one")
    widget.field.press("Shift+Enter")
    widget.field.press_sequentially("two")

    expect(widget.field).to_have_value("one\ntwo")
    expect(widget.mine).to_have_count(0)


def test_escape_closes_one_thing_at_a_time(widget: WidgetPage) -> None:
    widget.ready()
    keys = widget.page.keyboard
    options = widget.panel.get_by_role("button", name="Options")

    options.click()
    keys.press("Escape")
    expect(options).to_be_focused()
    expect(options).to_have_attribute("aria-expanded", "false")
    widget.option("What is kept about me")
    expect(widget.panel.locator("dialog")).to_be_visible()
    keys.press("Escape")
    expect(widget.panel.locator("dialog")).to_have_count(0)
    expect(widget.iframe).to_be_visible()
    keys.press("Escape")

    expect(widget.launcher).to_be_focused()


def test_a_dialog_keeps_focus_and_starts_at_the_harmless_answer(widget: WidgetPage) -> None:
    widget.ready()
    widget.option("Start over")

    expect(widget.panel.get_by_role("button", name="Cancel")).to_be_focused()
    for _ in range(4):
        widget.page.keyboard.press("Tab")
        place = panel_of(widget).evaluate("() => document.activeElement.closest('dialog, body').localName")
        # The body stands for the browser's own controls, where Tab leads from the last button.
        on_body = panel_of(widget).evaluate("() => document.activeElement === document.body")
        assert "dialog" == place or on_body


def test_the_page_behind_a_full_screen_panel_is_out_of_reach(new_window: NewWindow, gateway: StubGateway) -> None:
    page: Page = new_window(viewport={"width": 320, "height": 640})
    widget = WidgetPage(page, gateway.url).ready()

    covered = page.locator("body > :not(clinic-chat)").evaluate_all("nodes => nodes.map(node => node.inert)")
    widget.field.press("Escape")
    expect(widget.launcher).to_be_focused()
    freed = page.locator("body > :not(clinic-chat)").evaluate_all("nodes => nodes.map(node => node.inert)")

    assert {True} == set(covered)
    assert {False} == set(freed)


def test_focus_is_always_seen(widget: WidgetPage) -> None:
    widget.ready()
    widget.ask("Is it safe?")
    for _ in range(8):
        widget.page.keyboard.press("Shift+Tab")
        outline = panel_of(widget).evaluate(
            """() => { const node = document.activeElement
              return node === document.body ? '3px solid'
                : getComputedStyle(node).outlineWidth + ' ' + getComputedStyle(node).outlineStyle }"""
        )
        assert "3px solid" == outline, focused(widget)


def test_a_touch_screen_does_not_raise_its_keyboard(new_window: NewWindow, gateway: StubGateway) -> None:
    page = new_window(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    widget = WidgetPage(page, gateway.url).visit()

    widget.launcher.tap()

    expect(widget.panel.get_by_role("heading", level=1)).to_be_focused()
