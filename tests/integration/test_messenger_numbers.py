"""A number typed at a question is its choice where the messenger has printed it, and the person's own words elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation.reply import Button, Kind
from tests.integration.gateway_serving import a_reply, wait_until
from tests.integration.messenger_stubs.serving import Exchange, exchange

SHORT = (Button("Yes", "say:yes"), Button("No", "say:no"))
LONG = (Button("Pain all the time, worse at night, no rest helps", "pick:night"), Button("None of these", "say:no"))


@pytest.fixture(params=["sms", "whatsapp", "telegram", "facebook", "slack"])
def talk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exchange]:
    """Somebody on each messenger, and a gateway before a stub of Rasa."""
    with exchange(tmp_path, request.param) as running:
        yield running


def asked_with(talk: Exchange, buttons: tuple[Button, ...]) -> None:
    talk.rasa.answer = lambda body: [a_reply("Are any of these true?", kind=Kind.QUESTION, buttons=buttons)]
    talk.person.say("check")
    talk.person.wait_for(2)


def heard(talk: Exchange, text: str) -> tuple[str, str | None]:
    """What the dialogue is given for a message."""
    before = len(talk.rasa.asked)
    talk.person.say(text)
    wait_until(lambda: len(talk.rasa.asked) > before)
    return talk.rasa.asked[-1]["text"], talk.rasa.asked[-1].get("payload")


def test_a_number_is_a_choice_only_where_it_stands_before_it(talk: Exchange) -> None:
    asked_with(talk, SHORT)

    said, payload = heard(talk, "2")

    assert (("No", "say:no") if talk.person.name == "sms" else ("2", None)) == (said, payload)


def test_titles_too_long_for_a_button_are_chosen_by_their_numbers(talk: Exchange) -> None:
    # Slack's buttons are long enough.
    asked_with(talk, LONG)

    said, payload = heard(talk, "1")

    assert (("1", None) if talk.person.name == "slack" else (LONG[0].title, "pick:night")) == (said, payload)


@pytest.mark.parametrize("text", ["the second one", "1 and 2", "b", "7", "second"])
def test_what_is_no_number_of_one_choice_is_for_the_dialogue_to_read(tmp_path: Path, text: str) -> None:
    with exchange(tmp_path, "sms") as talk:
        asked_with(talk, SHORT)

        assert (text, None) == heard(talk, text)


def test_where_a_template_was_refused_the_number_printed_in_its_place_counts(tmp_path: Path) -> None:
    with exchange(tmp_path, "whatsapp") as talk:
        talk.platform.refuses_templates = True
        asked_with(talk, SHORT)

        assert ("No", "say:no") == heard(talk, "2")


def test_a_number_sent_before_the_next_question_is_read_answers_no_other(tmp_path: Path) -> None:
    with exchange(tmp_path, "sms") as talk:
        asked_with(talk, SHORT)
        talk.rasa.delay = 0.5
        talk.person.say("2")
        wait_until(lambda: len(talk.rasa.asked) == 2)

        talk.person.say("2")
        talk.person.wait_for(4)

        assert [("No", "say:no"), ("2", None)] == [(b["text"], b.get("payload")) for b in talk.rasa.asked[1:]]


def test_an_apology_between_leaves_the_question_where_it_was(tmp_path: Path) -> None:
    with exchange(tmp_path, "sms") as talk:
        asked_with(talk, SHORT)
        talk.rasa.status = 500
        talk.person.say("hello?")
        talk.person.wait_for(3)
        talk.rasa.status = 200

        assert ("No", "say:no") == heard(talk, "2")
