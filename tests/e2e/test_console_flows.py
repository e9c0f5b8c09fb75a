"""What staff do in the console, in a real browser, with the trained model answering: accessible at every step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bot.commands.local_agent import LocalAgent
from bot.commands.train import ensure_trained
from bot.project import PROJECT
from tests.integration.assistant_serving import Assistant, serving_assistant

from .conftest import NewWindow
from .console_page import ConsolePage, needs_browser

pytestmark = needs_browser
DANGER = "since yesterday I cannot control my bladder"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    agent = LocalAgent(ensure_trained(PROJECT))
    with serving_assistant(tmp_path_factory.mktemp("console"), agent) as running:
        yield running


@pytest.fixture
def window(new_window: NewWindow, assistant: Assistant) -> ConsolePage:
    assistant.console.app.state.console.logins_by_name._left.clear()
    return ConsolePage(new_window, assistant.console.url)


def patient_says(assistant: Assistant, *texts: str) -> None:
    visitor = assistant.gateway.visitor().open()
    for number, text in enumerate(texts, start=1):
        visitor.say(text)
        visitor.wait_for_replies(number, 30)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_tester_tries_presses_a_button_and_backs_up(
    new_window: NewWindow, assistant: Assistant, script: bool
) -> None:
    assistant.console.app.state.console.logins_by_name._left.clear()
    window = ConsolePage(new_window, assistant.console.url, java_script_enabled=script).login("tester")
    page = window.page
    page.get_by_role("link", name="Try it").click()
    page.get_by_label("First message").fill("can I have acupuncture? I take warfarin")
    page.get_by_role("button", name="Begin a test").click()
    expect(page.locator(".inspector mark").first).to_contain_text("warfarin")
    expect(page.locator(".inspector").last).to_contain_text("action_check_suitability")
    page.locator(".reply").last.get_by_role("button", name="No", exact=True).click()
    expect(page.locator(".said").last).to_contain_text("No")
    page.get_by_label("Write as a patient would").fill("does it hurt?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".said").last).to_have_text("You: does it hurt?")
    first = page.url
    page.locator(".back summary").last.click()
    page.locator(".back input[name=text]").last.fill("how long does it take?")
    page.locator(".back").last.get_by_role("button", name="Go").click()
    expect(page.locator(".said").last).to_have_text("You: how long does it take?")
    assert page.url.partition("#")[0] != first.partition("#")[0]
    if script:
        page.get_by_label("Show replies as on").select_option(label="Telegram")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.locator(".messenger.telegram").first).to_be_visible()
        window.accessible_everywhere()
        page.get_by_label("Show replies as on").select_option(label="the website")
        page.get_by_role("button", name="Show", exact=True).click()
        window.accessible_everywhere()
        window.accessible_everywhere("/try")


def test_an_editor_finds_a_conversation_notes_it_and_shows_it_to_a_guest(
    assistant: Assistant, window: ConsolePage
) -> None:
    patient_says(assistant, "does it hurt if I am afraid of needles?", "how much does it cost?")
    page = window.login("editor").page
    window.accessible_everywhere("/review")
    page.get_by_label("Said in it").fill("afraid")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="does it hurt if I am afraid").click()
    page.get_by_label("New tag").fill("needle fear")
    page.get_by_role("button", name="Add tag").click()
    page.get_by_label("Your comment").fill("Answered well.")
    page.get_by_role("button", name="Add comment").click()
    page.get_by_role("button", name="Mark reviewed").click()
    expect(page.get_by_text("Reviewed by editor")).to_be_visible()
    window.accessible_everywhere()
    page.get_by_role("button", name="Make a link").click()
    guest = window.another()
    guest.page.goto(page.get_by_label("Link", exact=True).input_value())
    expect(guest.page.locator(".said").first).to_contain_text("afraid")
    guest.accessible_everywhere()
    window.accessible_everywhere("/links")


def test_a_guest_tries_the_assistant_by_a_link(assistant: Assistant, window: ConsolePage) -> None:
    page = window.login("editor").page
    window.go("/links")
    page.get_by_label("For whom").fill("a friend of the clinic")
    page.get_by_role("button", name="Make a link").click()
    guest = window.another()
    guest.page.goto(page.get_by_label("Link", exact=True).input_value())
    guest.page.get_by_label("Write as a patient would").fill("is it safe?")
    guest.page.get_by_role("button", name="Send").click()
    expect(guest.page.locator(".inspector").last).to_contain_text("ask_is_it_safe")
    guest.accessible_everywhere()
    window.go("/links")
    page.get_by_role("button", name="Revoke").first.click()
    assert guest.page.goto(f"{guest.url}/guest").status == 404


def test_a_danger_sign_is_taken_on_by_name(assistant: Assistant, window: ConsolePage) -> None:
    patient_says(assistant, DANGER)
    page = window.login("admin").page
    expect(page.get_by_role("link", name="danger sign")).to_contain_text("1")
    window.accessible_everywhere("/")
    window.accessible_everywhere("/safety")
    page.get_by_role("link", name="Read the conversation").first.click()
    expect(page.locator(".inspector mark").first).to_contain_text("bladder")
    window.go("/safety")
    page.get_by_role("button", name="I take it on").first.click()
    expect(page.get_by_role("cell", name="admin")).to_be_visible()
    for path in ("/safety", "/safety/assessments", "/safety/contacts"):
        window.accessible_everywhere(path)
