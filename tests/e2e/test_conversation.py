"""What a visitor can do in the panel, from the first message to the last."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from starlette.responses import JSONResponse

from .stub_gateway import StubGateway, too_many
from .test_accessibility import panel_of
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser


def test_every_reply_but_an_emergency_begins_with_the_provider(widget: WidgetPage) -> None:
    widget.ready()
    for text in ("Does it hurt?", "What does it cost?", "a person", "hm", "broken"):
        widget.ask(text)

    firsts = widget.replies.evaluate_all("nodes => nodes.map(node => node.querySelector('.card p').className)")

    assert {"consult"} == set(firsts)


def test_the_opening_message_leads_to_the_privacy_notice(widget: WidgetPage) -> None:
    widget.ready()
    link = widget.replies.first.get_by_role("link", name="Privacy notice")

    with widget.page.context.expect_page() as opened:
        link.click()

    expect(opened.value).to_have_url(re.compile(r"/privacy$"))
    expect(widget.replies.first).not_to_contain_text("/privacy")


def test_an_emergency_begins_with_what_to_do_and_ends_with_the_provider(widget: WidgetPage) -> None:
    widget.ready()

    card = widget.ask("I lost control of my bladder").locator(".card")

    expect(card.locator("> *").first).to_contain_text("Call 911 or go to the nearest emergency room now.")
    expect(card.locator("p").last).to_have_text(
        "Once you have been checked, ask your healthcare provider before any acupuncture."
    )


def test_a_crisis_offers_988_first_and_then_911(widget: WidgetPage) -> None:
    widget.ready()

    card = widget.ask("I do not want to live").locator(".card")

    expect(card.get_by_role("link").nth(0)).to_have_attribute("href", "tel:988")
    expect(card.get_by_role("link").nth(1)).to_have_attribute("href", "tel:911")


def test_every_number_that_a_reply_names_is_called_by_a_tap(widget: WidgetPage) -> None:
    opening = widget.ready().replies.first

    crisis = widget.ask("I do not want to live").locator(".card")

    expect(opening.get_by_role("link", name="911", exact=True)).to_have_attribute("href", "tel:911")
    expect(crisis.get_by_role("link", name="1-800-222-1222")).to_have_attribute("href", "tel:18002221222")


def test_the_reply_to_a_message_longer_than_the_window_comes_into_view(widget: WidgetPage) -> None:
    widget.ready()

    reply = widget.ask("It has been aching since the spring, does it hurt? " * 35)

    expect(reply.locator(".card > [lang] > p").first).to_be_in_viewport()
    expect(widget.panel.get_by_role("button", name="Newest message")).to_be_hidden()


def test_a_result_names_the_sources_of_its_reasons_and_corrects_nothing(widget: WidgetPage) -> None:
    widget.ready()
    widget.choose("Check if it may suit me")
    while widget.choices.filter(has_text="No").count():
        last = widget.choose("No")

    note = last.locator(".note")

    expect(note).to_contain_text("No reason for concern")
    expect(note.get_by_role("link")).to_have_attribute("href", "https://www.nice.org.uk/guidance/ng59")
    expect(last).not_to_contain_text("Editor’s note")


def test_the_check_shows_its_progress_one_question_at_a_time(widget: WidgetPage) -> None:
    widget.ready()
    widget.choose("Check if it may suit me")
    expect(widget.replies.last).to_contain_text("Question 1 of about 3")
    widget.choose("No")
    widget.choose("Not sure")
    expect(widget.replies.last).to_contain_text("Question 3 of about 3")
    expect(widget.choices).to_have_count(5)

    outcome = widget.choose("No")

    expect(outcome.get_by_role("heading")).to_have_text("Result of the check")
    expect(widget.choices).to_have_count(1)


def test_choices_go_away_once_the_patient_has_spoken(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    stub.is_silent = True

    widget.say("Does it hurt?")

    expect(widget.choices).to_have_count(0)


def test_a_choice_travels_as_its_id_and_shows_its_title(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.choose("Does it hurt?")

    expect(widget.mine.last).to_contain_text("Does it hurt?")
    assert {"client_id", "choice"} == set(stub.posts[-1])
    assert "Does it hurt?" == stub.conversation.choices[stub.posts[-1]["choice"]]


def test_a_source_opens_the_very_sentence(widget: WidgetPage) -> None:
    widget.ready()
    widget.ask("Is it safe?").locator("summary").click()

    with widget.page.context.expect_page() as opened:
        widget.panel.get_by_role("link", name="Is Acupuncture Safe? · sentence 3").click()
    target = opened.value.locator(":target")

    expect(target).to_have_text(
        "Side effects are rare but can include slight soreness at the insertion sites or dizziness."
    )
    expect(target).to_be_in_viewport()


def test_an_editors_note_stands_apart_with_its_own_source(widget: WidgetPage) -> None:
    widget.ready()

    note = widget.ask("Is it safe?").locator(".note")

    expect(note).to_contain_text("Editor’s note")
    expect(note.get_by_role("link")).to_have_attribute("href", "https://bmjopen.bmj.com/content/11/9/e045961")
    expect(note.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")


def test_a_hostile_message_stays_text(widget: WidgetPage) -> None:
    widget.ready()
    widget.ask("<img src=x onerror=alert(1)>")
    reply = widget.ask("hostile")

    expect(widget.mine.first.locator(".bubble")).to_have_text("<img src=x onerror=alert(1)>")
    expect(reply).to_contain_text("<script>alert(2)</script>")
    expect(widget.choices).to_have_text(["<b onmouseover=alert(5)>bold</b>"])
    links = reply.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert ["/article#is-acupuncture-safe/1"] == links
    handlers = panel_of(widget).evaluate(
        """() => [...document.querySelectorAll('*')].filter(node =>
             node.matches('script:not([src]), img, b, [style]') ||
             [...node.attributes].some(attribute => attribute.name.startsWith('on'))).map(node => node.outerHTML)"""
    )
    assert [] == [found for found in handlers if not found.startswith("<html")]


def test_helpful_is_kept_over_a_reload(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.ask("Is it safe?")
    widget.panel.get_by_role("button", name="Helpful", exact=True).click()
    expect(widget.status).to_have_text("Thank you for telling us.")

    widget.visit().open()

    expect(widget.panel.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    assert [True] == [entry["helpful"] for entry in stub.conversation.entries if entry.get("helpful") is not None]


def test_the_typing_sign_comes_and_goes(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    stub.reply_seconds = 0.6
    widget.say("Does it hurt?")

    expect(widget.panel.locator(".typing")).to_be_visible()
    expect(widget.replies).to_have_count(2)
    expect(widget.panel.locator(".typing")).to_be_hidden()


def test_start_over_asks_and_then_begins_anew(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.ask("Does it hurt?")
    widget.option("Start over")
    widget.panel.locator("dialog").get_by_role("button", name="Start over").click()

    expect(widget.status).to_have_text("A new conversation has begun.")
    expect(widget.messages).to_have_count(1)
    assert 2 == len(stub.conversations)
    widget.ask("Is it safe?")
    assert ["Is it safe?"] == stub.conversation.said()


def test_the_conversation_can_be_taken_home(widget: WidgetPage) -> None:
    widget.ready()
    widget.ask("Does it hurt?")

    with widget.page.expect_download() as download:
        widget.option("Download this conversation")

    assert "Does it hurt?" in Path(download.value.path()).read_text()


def test_what_is_kept_is_shown_and_erased_after_a_second_yes(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.ask("Does it hurt?")
    widget.option("What is kept about me")
    dialog = widget.panel.locator("dialog")
    expect(dialog).to_contain_text("Messages you wrote1")
    expect(dialog).to_contain_text("erased by itself after January 1, 2031")
    dialog.get_by_role("button", name="Erase everything about me").click()
    assert stub.conversation.is_open
    dialog.get_by_role("button", name="Yes, erase it").click()

    expect(widget.status).to_have_text("Everything kept about you here was erased.")
    expect(widget.messages).to_have_count(0)
    assert not stub.conversation.is_open
    assert 1 == len(stub.conversations)
    widget.say("Is it safe?")
    expect(widget.replies).to_have_count(2)
    assert 2 == len(stub.conversations)


def test_the_staffs_notice_stands_on_top(widget: WidgetPage, stub: StubGateway) -> None:
    stub.notice = "We are closed on <b>Thursday</b>."
    widget.ready()

    expect(widget.panel.locator(".notice")).to_have_text("We are closed on <b>Thursday</b>.")


def test_a_kind_word_for_who_writes_too_fast(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    stub.refuse_next = [too_many()]
    widget.say("Does it hurt?")

    expect(widget.mine).to_contain_text("That was a lot at once. Please wait a few seconds.")
    expect(widget.replies).to_have_count(2)
    expect(widget.mine).not_to_contain_text("a lot")
    assert ["Does it hurt?"] == stub.conversation.said()


def test_no_more_than_2000_characters(widget: WidgetPage) -> None:
    widget.ready()
    widget.field.fill("x" * 1990)
    widget.field.press_sequentially("y" * 30)

    assert 2000 == len(widget.field.input_value())
    expect(widget.panel.locator(".left")).to_have_text("0 characters left")


def test_a_long_reply_is_read_from_its_first_line(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    for _ in range(3):
        widget.ask("Is it safe?")

    expect(widget.replies.last.locator(".consult")).to_be_in_viewport(ratio=1)


def test_a_reader_of_older_messages_is_not_pulled_away(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    for _ in range(3):
        widget.ask("Is it safe?")
    stub.reply_seconds = 0.8
    widget.say("Does it hurt?")
    expect(widget.mine).to_have_count(4)
    widget.panel.locator(".scroller").evaluate("node => node.scrollTop = 0")
    expect(widget.replies).to_have_count(5)

    expect(widget.panel.get_by_role("button", name="Newest message")).to_be_visible()
    assert 0 == widget.panel.locator(".scroller").evaluate("node => node.scrollTop")
    widget.panel.get_by_role("button", name="Newest message").click()
    expect(widget.panel.get_by_role("button", name="Newest message")).to_be_hidden()


def test_a_button_whose_question_is_over_is_explained_and_not_sent_again(widget: WidgetPage, stub: StubGateway) -> None:
    widget.ready()
    widget.choose("Check if it may suit me")
    error = {"code": "past_choice", "message": "That button was for an earlier question.", "remedy": ""}
    stub.refuse_next = [JSONResponse({"error": error}, 409)]
    posts = len(stub.posts)

    widget.choices.filter(has_text="No").first.click()

    expect(widget.status).to_have_text(error["message"])
    expect(widget.mine).to_have_count(1)
    widget.page.wait_for_timeout(2_000)
    assert posts + 1 == len(stub.posts)
