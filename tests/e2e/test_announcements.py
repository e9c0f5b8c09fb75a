"""What a screen reader is told: each reply once, restored history never, and nothing that only decorates."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from .conftest import NewWindow
from .stub_gateway import StubGateway
from .test_accessibility import panel_of
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser

LISTENER = (Path(__file__).parent / "live_region.js").read_text()


@pytest.fixture
def widget(new_window: NewWindow, gateway: StubGateway) -> WidgetPage:
    page = new_window()

    def listen_first(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=LISTENER + response.text())

    # An init script would watch the empty document that an iframe begins with.
    page.context.route("**/widget/panel.js", listen_first)
    return WidgetPage(page, gateway.url)


def announced(widget: WidgetPage) -> list[str]:
    lines: list[str] = panel_of(widget).evaluate("() => window.announced")
    return lines


def test_a_reply_is_announced_once_with_its_first_line_and_its_choices(widget: WidgetPage) -> None:
    widget.ready()
    widget.ask("Does it hurt?")

    lines = [line for line in announced(widget) if "extremely thin" in line]

    assert 1 == len(lines)
    assert lines[0].startswith("Assistant said: It is best to ask your healthcare provider first.")
    assert "Helpful" not in lines[0]
    assert "Where is this from" not in lines[0]


def test_choices_are_named_with_the_question(widget: WidgetPage) -> None:
    widget.ready()
    widget.choose("Check if it may suit me")

    lines = [line for line in announced(widget) if "Question 1 of about 3" in line]

    assert 1 == len(lines)
    assert lines[0].endswith("You can choose: Yes, No, Not sure, Back, Why do you ask?")


def test_the_opening_of_a_new_conversation_is_announced_once(widget: WidgetPage) -> None:
    widget.ready()

    assert 1 == sum("automated helper" in line for line in announced(widget))


def test_restored_history_is_not_announced_and_what_follows_is(widget: WidgetPage) -> None:
    widget.ready()
    widget.ask("Does it hurt?")
    widget.visit().open()
    expect(widget.messages).to_have_count(3)
    widget.wait_until_live()

    restored = announced(widget)
    widget.ask("Is it safe?")

    assert [] == restored
    assert 1 == sum("soreness" in line for line in announced(widget))


def test_nothing_is_announced_again_when_the_line_comes_back(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.ask("Does it hurt?")
    before = [line for line in announced(widget) if "said:" in line]
    stub.stop()
    expect(widget.connection).to_contain_text("Trying again")
    stub.start()
    expect(widget.connection).to_be_empty()
    widget.page.wait_for_timeout(500)

    assert before == [line for line in announced(widget) if "said:" in line]


def test_an_unsent_message_is_said_to_be_unsent(widget: WidgetPage) -> None:
    widget.ready()
    widget.page.context.set_offline(True)
    widget.say("Does it hurt?")
    expect(widget.status).to_have_text("Not sent.")

    lines = announced(widget)

    assert any("You are offline" in line for line in lines)
    assert 1 == lines.count("Not sent.")


def test_unread_replies_are_told_on_the_page(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    stub.reply_seconds = 0.6
    widget.say("Does it hurt?")
    expect(widget.mine).to_have_count(1)
    widget.field.press("Escape")

    badge = widget.page.locator("clinic-chat [role=status]")
    expect(badge).to_have_text("1 new")
    widget.open()

    expect(badge).to_have_text("")
