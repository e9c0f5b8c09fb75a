"""Every message once, in order, on both sides: offline, over lost answers and events, in two tabs, over a restart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from .conftest import NewWindow
from .stub_conversation import Conversation
from .stub_gateway import StubGateway
from .weather import Weather
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser

SETTLED_MS = 45_000


def log_of(conversation: Conversation) -> list[str]:
    """The server's log, as the client's keys: who said what, in order."""
    return [entry.get("client_id") or f"bot-{entry['id']}" for entry in conversation.entries]


def keys_of(widget: WidgetPage) -> list[str]:
    keys: list[str] = widget.messages.evaluate_all("nodes => nodes.map(node => node.dataset.key)")
    return keys


def wait_for_the_same_log(widget: WidgetPage, conversation: Conversation) -> None:
    for _ in range(SETTLED_MS // 100):
        if keys_of(widget) == log_of(conversation):
            return
        widget.page.wait_for_timeout(100)
    assert log_of(conversation) == keys_of(widget)


def test_what_is_written_offline_stays_and_is_sent_once_afterwards(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.page.context.set_offline(True)
    widget.say("Does it hurt?")
    widget.say("Is it safe?")
    expect(widget.connection).to_have_text("You are offline. What you write is kept here and sent when you are back.")
    expect(widget.mine).to_have_count(2)
    expect(widget.panel.get_by_role("button", name="Send again")).to_have_count(2)

    widget.page.context.set_offline(False)

    expect(widget.replies).to_have_count(3)
    expect(widget.panel.get_by_role("button", name="Send again")).to_have_count(0)
    assert ["Does it hurt?", "Is it safe?"] == stub.conversation.said()
    wait_for_the_same_log(widget, stub.conversation)


def test_send_again_sends_at_once_and_only_once(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    refuse(widget, times=1)
    widget.say("Does it hurt?")
    widget.panel.get_by_role("button", name="Send again").click()

    expect(widget.replies).to_have_count(2)
    expect(widget.field).to_be_focused()
    assert ["Does it hurt?"] == stub.conversation.said()


def test_an_unsent_message_survives_a_reload(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    refuse(widget, times=1)
    widget.say("Does it hurt?")
    expect(widget.mine).to_contain_text("Not sent.")

    widget.visit().open()

    expect(widget.replies).to_have_count(2)
    assert ["Does it hurt?"] == stub.conversation.said()


def test_a_lost_acceptance_does_not_send_twice(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    widget.page.context.route("**/chat/messages", lose_the_answer, times=1)
    widget.ask("Does it hurt?")

    wait_for_the_same_log(widget, stub.conversation)
    assert ["Does it hurt?"] == stub.conversation.said()


def test_a_message_delivered_twice_is_one_message(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()

    def deliver_twice(route: Route) -> None:
        route.fetch()
        route.fulfill(response=route.fetch())

    widget.page.context.route("**/chat/messages", deliver_twice)
    widget.ask("Does it hurt?")
    widget.ask("Is it safe?")

    wait_for_the_same_log(widget, stub.conversation)
    assert ["Does it hurt?", "Is it safe?"] == stub.conversation.said()


def test_a_reply_whose_event_never_comes_is_fetched(widget: WidgetPage, stub: StubGateway) -> None:
    widget.page.context.route("**/chat/events*", lambda route: route.abort())
    widget.visit().open()
    widget.say("Does it hurt?")

    expect(widget.replies).to_have_count(2, timeout=15_000)


def test_two_tabs_show_one_conversation(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    other = WidgetPage(widget.page.context.new_page(), stub.url).ready()

    widget.ask("Does it hurt?")
    expect(other.messages).to_have_count(3)
    other.ask("Is it safe?")
    expect(widget.messages).to_have_count(5)

    wait_for_the_same_log(widget, stub.conversation)
    wait_for_the_same_log(other, stub.conversation)
    assert widget.words() == other.words()


def test_starting_over_in_one_tab_clears_the_other(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    other = WidgetPage(widget.page.context.new_page(), stub.url).ready()
    widget.ask("Does it hurt?")
    expect(other.messages).to_have_count(3)

    widget.option("Start over")
    widget.panel.locator("dialog").get_by_role("button", name="Start over").click()

    expect(other.messages).to_have_count(1)
    other.ask("Is it safe?")
    wait_for_the_same_log(widget, stub.conversation)
    wait_for_the_same_log(other, stub.conversation)
    assert 2 == len(stub.conversations)


def test_erasing_in_one_tab_clears_the_other_and_opens_nothing(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    other = WidgetPage(widget.page.context.new_page(), stub.url).ready()
    widget.ask("Does it hurt?")
    widget.option("What is kept about me")
    widget.panel.get_by_role("button", name="Erase everything about me").click()
    widget.panel.get_by_role("button", name="Yes, erase it").click()

    expect(other.messages).to_have_count(0)
    other.page.wait_for_timeout(1000)
    assert 1 == len(stub.conversations)


def test_a_session_that_ended_is_replaced_and_the_message_is_not_lost(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.ask("Does it hurt?")
    stub.conversations.clear()

    widget.say("Is it safe?")

    expect(widget.mine).to_have_count(1)
    expect(widget.replies).to_have_count(2)
    wait_for_the_same_log(widget, stub.conversation)
    assert ["Is it safe?"] == stub.conversation.said()


def test_a_restart_of_the_gateway_loses_nothing(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    stub.reply_seconds = 0.3
    widget.say("Does it hurt?")
    expect(widget.mine).to_have_count(1)
    stub.stop()
    widget.say("Is it safe?")
    expect(widget.connection).to_have_text("The connection was lost. Trying again…")
    stub.start()

    expect(widget.replies).to_have_count(3)
    expect(widget.connection).to_be_empty()
    wait_for_the_same_log(widget, stub.conversation)
    assert ["Does it hurt?", "Is it safe?"] == stub.conversation.said()


@pytest.mark.parametrize("seed", range(4))
def test_after_any_weather_both_sides_have_the_same_log(widget: WidgetPage, stub: StubGateway, seed: int) -> None:
    """Cuts, delays, copies and disorder at every point, in two tabs, over a restart."""
    widget.ready()
    other = WidgetPage(widget.page.context.new_page(), stub.url).ready()
    stub.weather = Weather(cut=0.35, delay=0.5, copy=0.4, disorder=0.5, seed=seed)
    said = [f"message {number}" for number in range(8)]

    for number, text in enumerate(said):
        (widget, other)[number % 2].say(text)
        if number == 4:
            stub.stop()
            stub.start()
    widget.page.wait_for_timeout(2_000)
    stub.weather.end()
    settle(lambda: len(stub.conversation.answered) == len(said), widget)

    wait_for_the_same_log(widget, stub.conversation)
    wait_for_the_same_log(other, stub.conversation)
    assert {"post cut", "stream cut", "copy", "delay"} <= stub.weather.struck
    assert sorted(said) == sorted(stub.conversation.said())
    assert said[0::2] == [text for text in stub.conversation.said() if text in said[0::2]]
    assert said[1::2] == [text for text in stub.conversation.said() if text in said[1::2]]
    assert widget.words() == other.words()


def test_a_new_visitor_gets_a_conversation_of_his_own(
    new_window: NewWindow, widget: WidgetPage, stub: StubGateway
) -> None:
    widget.ready()
    widget.ask("Does it hurt?")

    stranger = WidgetPage(new_window(), stub.url).ready()

    expect(stranger.messages).to_have_count(1)
    assert 2 == len(stub.conversations)


def refuse(widget: WidgetPage, times: int) -> None:
    """The next messages do not reach the gateway."""
    widget.page.context.route("**/chat/messages", lambda route: route.abort("connectionrefused"), times=times)


def settle(is_done: Callable[[], bool], widget: WidgetPage) -> None:
    """Wait for something on the server's side."""
    for _ in range(SETTLED_MS // 100):
        if is_done():
            return
        widget.page.wait_for_timeout(100)
    assert is_done()
