"""How the check goes on for the one who is asked: it is announced, a choice is heard, a way on follows its end."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, finished_with, said_by, shipped


def said(key: str) -> tuple[str, ...]:
    """The wordings of a phrase."""
    return shipped().phrases.wordings[key]


def is_announced(text: str) -> bool:
    """Whether a question begins with the words that announce the check."""
    return text.startswith(said("check_begins"))


def test_the_first_question_says_that_a_check_begins_and_can_be_stopped() -> None:
    (first,) = Chat().says("is it safe with blood thinners", "check_suitability")

    assert is_announced(first.text)


@pytest.mark.parametrize("again", ["why do you ask", "grmpf"])
def test_the_check_is_announced_once(again: str) -> None:
    chat = Chat().checking()

    *_, asked_again = chat.says(again, *(["why_ask"] if again.startswith("why") else []))
    second = chat.says("no")[-1]

    assert Kind.QUESTION == asked_again.kind
    assert not is_announced(asked_again.text)
    assert not is_announced(second.text)


def test_a_check_begun_again_is_announced_again() -> None:
    chat = Chat().checking()
    chat.says("stop", "cancel")

    (first,) = chat.says("check me", "check_suitability")

    assert is_announced(first.text)


def test_after_a_choice_the_list_asks_for_another_one() -> None:
    chat = Chat().checking(**ADULT)
    chat.answers("no", "no")
    which = chat.says("yes")[-1]

    another = chat.presses("Cancer in the past")[-1]

    assert another.text != which.text
    assert another.text in said("check_another")


def test_whoever_stops_the_check_is_shown_a_way_on() -> None:
    chat = Chat().checking()

    (stopped,) = chat.says("stop", "cancel")

    assert "check:start" in [button.payload for button in stopped.buttons]


def test_an_age_given_as_a_number_counts_in_every_question() -> None:
    chat = Chat().checking(for_someone_else="no")
    assert "age" == chat.question

    chat.says("72")

    assert ("no", "yes") == (chat.facts["minor"], chat.facts["age_65_plus"])
    chat.answers("no", "no", "no", "no", "no")
    assert "yes" == chat.facts["age_65_plus"]


def test_a_correction_after_the_result_is_looked_at_again_at_once() -> None:
    chat = finished_with(Chat(), "no")
    first = chat.says("I forgot, I take Eliquis", "check_suitability", findings=(finding("anticoagulant"),))[-1]
    assert Kind.OUTCOME == first.kind

    (again,) = chat.says("sorry, I do not", "correct_answer", findings=(finding("anticoagulant", "absent"),))

    assert Kind.OUTCOME == again.kind
    assert first.tier != again.tier


def test_a_correction_without_a_check_offers_one() -> None:
    chat = Chat(state=Chat().state.but(facts={"pregnant": "yes"}))

    (noted,) = chat.says("correction, i am not pregnant", "correct_answer", findings=(finding("pregnant", "absent"),))

    assert "no" == chat.facts["pregnant"]
    assert ["check:start"] == [button.payload for button in noted.buttons]


def test_a_yes_that_names_one_of_the_listed_is_not_asked_which_it_was() -> None:
    chat = Chat().checking(for_someone_else="no", minor="no")
    while chat.question != "blood":
        chat.says("no")

    replies = chat.says("yes, aspirin daily", findings=(finding("nsaid_or_aspirin"),))

    assert "yes" == chat.facts["nsaid_or_aspirin"]
    assert not any(reply.text.startswith("Which one") for reply in replies)


def test_a_yes_that_names_what_the_question_does_not_list_is_no_yes_to_it() -> None:
    chat = Chat().checking(**ADULT)
    chat.answers("no")
    emergency_signs = chat.says("why do you ask", "why_ask")[-1]

    noted, asked_again = chat.says("yes cancer", findings=(finding("cancer_now"),))

    assert noted.text in said_by(chat, "check_noted_this", chat.content.rules.facts["cancer_now"].called)
    assert emergency_signs.text == asked_again.text


def test_a_bare_no_in_another_language_answers_the_check() -> None:
    chat = Chat().checking(**ADULT)

    (second,) = chat.says("nada", language="es")

    assert (Kind.QUESTION, 2) == (second.kind, second.progress.step if second.progress else 0)
