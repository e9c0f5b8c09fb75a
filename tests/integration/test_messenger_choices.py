"""Buttons: what was asked is answered once, and nothing else is taken for an answer to it."""

from __future__ import annotations

from bot.conversation.reply import Button, Kind, Reply
from tests.integration.gateway_serving import a_reply, wait_until
from tests.integration.messenger_stubs import telegram as api
from tests.integration.messenger_stubs.serving import Exchange

YES_NO = (Button("Yes", "say:yes"), Button("No", "say:no"))


def asks(text: str, buttons: tuple[Button, ...] = YES_NO) -> Reply:
    return a_reply(text, kind=Kind.QUESTION, buttons=buttons)


def test_a_button_of_an_earlier_question_is_not_taken_for_an_answer_to_this_one(telegram: Exchange) -> None:
    telegram.rasa.answer = lambda body: [asks(f"Question after {body['text']}?")]
    telegram.person.say("check")
    telegram.person.wait_for(2)
    first = telegram.platform.sent[1]["reply_markup"]["inline_keyboard"]
    telegram.person.press("Yes")
    telegram.person.wait_for(3)

    telegram.person.post_update(api.pressed(42, first[1][0]["callback_data"]))

    assert "(messenger_past_choice)" in telegram.person.wait_for(4)[3]
    # Otherwise the button goes on turning at the person's end.
    wait_until(lambda: len(telegram.platform.answered) == 2)
    assert ["check", "Yes"] == [body["text"] for body in telegram.rasa.asked]


def test_two_quick_presses_under_one_question_answer_it_once(telegram: Exchange) -> None:
    telegram.rasa.answer = lambda body: [asks(f"Question after {body['text']}?")]
    telegram.person.say("check")
    telegram.person.wait_for(2)
    telegram.rasa.delay = 0.5

    telegram.person.press("Yes")
    telegram.person.press("Yes")
    telegram.person.press("No")

    texts = telegram.person.wait_for(4)
    assert ["check", "Yes"] == [body["text"] for body in telegram.rasa.asked]
    assert 1 == sum("(messenger_past_choice)" in text for text in texts)


def test_after_an_apology_the_same_button_can_be_pressed_again(telegram: Exchange) -> None:
    telegram.rasa.answer = lambda body: [asks(f"Question after {body['text']}?")]
    telegram.person.say("check")
    telegram.person.wait_for(2)
    telegram.rasa.status = 500
    telegram.person.press("Yes")
    telegram.person.wait_for(3)
    telegram.rasa.status = 200

    telegram.person.press("Yes")

    assert "Question after Yes?" in telegram.person.wait_for(4)[3]


def test_an_unknown_choice_is_told_to_be_an_old_one(telegram: Exchange) -> None:
    telegram.person.post_update(api.pressed(42, "nothing-we-offered"))

    assert "(messenger_past_choice)" in telegram.person.wait_for(2)[1]
    assert [] == telegram.rasa.asked
