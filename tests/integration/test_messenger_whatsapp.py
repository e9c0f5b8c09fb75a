"""WhatsApp's buttons and lists: made once, pressed as offered, and numbered lines wherever there can be none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.reply import Button, Kind, Reply
from tests.integration.gateway_serving import a_reply, wait_until
from tests.integration.messenger_stubs import twilio
from tests.integration.messenger_stubs.platform import Failure
from tests.integration.messenger_stubs.serving import Exchange, exchange
from tests.integration.messenger_stubs.twilio import offered_in

FEW = (Button("Yes", "say:yes"), Button("No", "say:no"))
MANY = tuple(Button(f"Choice {n}", f"say:{n}") for n in range(1, 8))
LONG = (Button("A choice that has more to say than fits", "say:a"), Button("Another one", "say:b"))
ENDLESS = (Button("A choice that goes on " * 4, "say:a"), Button("Another one", "say:b"))


@pytest.fixture
def whatsapp(tmp_path: Path) -> Iterator[Exchange]:
    with exchange(tmp_path, "whatsapp") as running:
        yield running


def asking(talk: Exchange, buttons: tuple[Button, ...]) -> None:
    def answer(body: dict[str, object]) -> list[Reply]:
        return [a_reply(f"After {body['text']}?", kind=Kind.QUESTION, buttons=buttons)]

    talk.rasa.answer = answer


@pytest.mark.parametrize("buttons", [FEW, MANY], ids=["buttons", "list"])
def test_a_choice_is_pressed_and_reaches_the_dialogue_as_what_was_offered(
    whatsapp: Exchange, buttons: tuple[Button, ...]
) -> None:
    asking(whatsapp, buttons)
    whatsapp.person.say("check")
    whatsapp.person.wait_for(2)

    assert [button.title for button in buttons] == whatsapp.person.choices()
    whatsapp.person.press(buttons[1].title)

    assert f"After {buttons[1].title}?" in whatsapp.person.wait_for(3)[2]
    assert buttons[1].payload == whatsapp.rasa.asked[1]["payload"]


def test_a_button_of_an_earlier_question_is_not_taken_for_an_answer(whatsapp: Exchange) -> None:
    asking(whatsapp, FEW)
    whatsapp.person.say("check")
    whatsapp.person.wait_for(2)
    old = dict(offered_in(whatsapp.platform.sent[1]))
    whatsapp.person.press("Yes")
    whatsapp.person.wait_for(3)

    offered = whatsapp.platform.sent.pop()
    whatsapp.person.press("No")
    whatsapp.platform.sent.append(offered)

    assert old["No"] not in dict(offered_in(offered)).values()
    wait_until(lambda: any("(messenger_past_choice)" in text for text in whatsapp.person.texts()))
    assert 2 == len(whatsapp.rasa.asked)


def test_a_question_with_a_list_in_it_has_buttons_and_keeps_its_lines(whatsapp: Exchange) -> None:
    question = "Are any of these true?\n- Fever or chills\n- Blood when you pee\n\nTell me what fits."
    whatsapp.rasa.answer = lambda body: [a_reply(question, kind=Kind.QUESTION, buttons=MANY)]
    whatsapp.person.say("check")

    assert question in whatsapp.person.wait_for(2)[1]
    assert [button.title for button in MANY] == whatsapp.person.choices()
    assert "ContentSid" in whatsapp.platform.sent[1]


def test_a_template_is_made_once_and_found_again_after_a_restart(whatsapp: Exchange) -> None:
    asking(whatsapp, FEW)
    for number in range(3):
        whatsapp.person.say(f"check {number}")
        whatsapp.person.wait_for(2 + number)
    asking(whatsapp, MANY)
    whatsapp.person.say("more")
    whatsapp.person.wait_for(5)
    asking(whatsapp, MANY[:5])
    whatsapp.person.say("less")
    whatsapp.person.wait_for(6)
    made = len(whatsapp.platform.contents)

    with whatsapp.restarted() as again:
        again.person.say("and again")
        again.person.wait_for(7)

    assert (
        made
        == len(whatsapp.platform.contents)
        == len({c["friendly_name"] for c in whatsapp.platform.contents.values()})
    )


def test_a_template_that_several_people_need_at_once_is_made_once(whatsapp: Exchange) -> None:
    asking(whatsapp, FEW)
    whatsapp.rasa.delay = 0.3
    people = [twilio.message(f"whatsapp:+1360555014{n}", Body="check") for n in range(4)]

    for form in people:
        whatsapp.person.post_form(form)
    whatsapp.person.wait_for(8)

    names = [made["friendly_name"] for made in whatsapp.platform.contents.values()]
    assert len(set(names)) == len(names)


def test_whoever_hides_the_number_is_answered(whatsapp: Exchange) -> None:
    whatsapp.person.post_form(twilio.message("whatsapp:US.13491208655302741918", Body="Does it hurt?"))

    assert "You said: Does it hurt?" in whatsapp.person.wait_for(2)[1]
    assert {"whatsapp:US.13491208655302741918"} == {form["To"] for form in whatsapp.platform.sent}


@pytest.mark.parametrize("answer", ["press", "type"])
def test_choices_with_long_titles_are_buttons_with_their_numbers(whatsapp: Exchange, answer: str) -> None:
    asking(whatsapp, LONG)
    whatsapp.person.say("check")

    assert "1. A choice that has more to say than fits\n2. Another one" in whatsapp.person.wait_for(2)[1]
    assert ["1", "2"] == whatsapp.person.choices()
    (whatsapp.person.press if answer == "press" else whatsapp.person.say)("1")

    assert f"After {LONG[0].title}?" in whatsapp.person.wait_for(3)[2]
    assert "say:a" == whatsapp.rasa.asked[1]["payload"]


def test_many_choices_with_long_titles_are_a_list_of_their_numbers(whatsapp: Exchange) -> None:
    many = (*LONG, *MANY[:3])
    asking(whatsapp, many)
    whatsapp.person.say("check")

    assert "5. Choice 3" in whatsapp.person.wait_for(2)[1]
    assert ["1", "2", "3", "4", "5"] == whatsapp.person.choices()
    whatsapp.person.press("5")
    assert "After Choice 3?" in whatsapp.person.wait_for(3)[2]


def test_choices_that_do_not_fit_are_numbered_lines(whatsapp: Exchange) -> None:
    asking(whatsapp, ENDLESS)
    whatsapp.person.say("check")

    assert "2. Another one" in whatsapp.person.wait_for(2)[1]
    assert "Body" in whatsapp.platform.sent[1]


def test_where_twilio_refuses_templates_choices_are_numbered_lines(whatsapp: Exchange) -> None:
    whatsapp.platform.refuses_templates = True
    asking(whatsapp, FEW)
    whatsapp.person.say("check")

    assert "1. Yes\n2. No" in whatsapp.person.wait_for(2)[1]


def test_a_template_that_was_deleted_costs_no_message(whatsapp: Exchange) -> None:
    asking(whatsapp, FEW)
    whatsapp.person.say("check")
    whatsapp.person.wait_for(2)
    whatsapp.platform.contents.clear()
    whatsapp.person.say("once more")

    assert "1. Yes\n2. No" in whatsapp.person.wait_for(3)[2]


def test_after_a_timeout_twilio_is_asked_whether_the_buttons_have_arrived(whatsapp: Exchange) -> None:
    whatsapp.person.say("hello")
    whatsapp.person.wait_for(2)
    asking(whatsapp, FEW)
    whatsapp.platform.failures.append(Failure(500, is_taken=True))
    whatsapp.person.say("check")
    whatsapp.person.wait_for(3)
    whatsapp.person.say("next")

    texts = whatsapp.person.wait_for(4)
    assert 1 == sum("After check?" in text for text in texts)
