"""A danger sign of a list already denied is taken up while a later question is on screen."""

from __future__ import annotations

import pytest

from bot.suitability.tiers import Answer
from tests.conversing import ADULT, Chat


@pytest.fixture
def past_the_nerves(chat: Chat) -> Chat:
    """A check in which the first list of danger signs was denied and the second one is on screen."""
    chat.checking(**ADULT)
    chat.says("no", "deny")
    assert "sudden" == chat.question
    return chat


@pytest.mark.parametrize(
    "text",
    [
        "no only the bowel one",
        "none of these, just the one about pee",
        "except the bladder one",
        "not these but the bladder one yes",
        "oh wait the bladder one was a yes",
        "hang on, bowels yes",
        "no, just the sex thing",
    ],
)
def test_a_sign_of_the_list_before_that_is_pointed_at_is_a_yes_to_it(past_the_nerves: Chat, text: str) -> None:
    past_the_nerves.says(text, "deny")

    assert Answer.YES.value == past_the_nerves.facts["nerve_sign"]


def test_so_is_one_of_the_list_before_that(past_the_nerves: Chat) -> None:
    past_the_nerves.says("no", "deny")

    past_the_nerves.says("no, only the bowel one", "deny")

    assert Answer.YES.value == past_the_nerves.facts["nerve_sign"]


@pytest.mark.parametrize("text", ["bladder", "the bowel one tho", "oh wait i forgot the numb feeling one"])
def test_a_sign_that_is_only_named_is_asked_about_in_simpler_words(past_the_nerves: Chat, text: str) -> None:
    past_the_nerves.says(text, "chitchat/thanks")

    assert "nerves" == past_the_nerves.question
    assert "nerve_sign" not in past_the_nerves.facts


def test_what_was_answered_since_is_not_asked_again(past_the_nerves: Chat) -> None:
    past_the_nerves.says("no", "deny")
    asked_last = past_the_nerves.question
    past_the_nerves.says("bladder", "chitchat/thanks")

    past_the_nerves.says("no", "deny")

    assert asked_last == past_the_nerves.question


@pytest.mark.parametrize("text", ["no, the bladder is fine", "no bladder trouble", "no", "is the bladder one bad?"])
def test_what_denies_or_asks_takes_up_nothing(past_the_nerves: Chat, text: str) -> None:
    past_the_nerves.says(text, "deny")

    assert "nerve_sign" not in past_the_nerves.facts or past_the_nerves.facts["nerve_sign"] == Answer.NO.value
    assert "nerves" != past_the_nerves.question


@pytest.mark.parametrize("text", ["what do you mean private parts", "whats a numb feeling?"])
def test_a_sign_denied_without_knowing_what_it_is_is_asked_in_simpler_words(past_the_nerves: Chat, text: str) -> None:
    past_the_nerves.says(text, "check_suitability")

    assert "nerves" == past_the_nerves.question


def test_the_word_for_a_sign_on_screen_brings_its_simpler_words_once(past_the_nerves: Chat) -> None:
    first = past_the_nerves.says("what do you mean by tearing pain", "check_suitability")
    second = past_the_nerves.says("what do you mean by tearing pain", "check_suitability")

    simpler = past_the_nerves.content.rules.question("sudden").simpler
    assert simpler in first[-1].text
    assert len(second) > 1
    assert "sudden" == past_the_nerves.question


def test_a_long_message_points_at_nothing(past_the_nerves: Chat) -> None:
    past_the_nerves.says("sorry oh " * 100 + "only the bladder one", "chitchat/sorry")

    assert "nerve_sign" not in past_the_nerves.facts or past_the_nerves.facts["nerve_sign"] == Answer.NO.value


def test_what_the_question_on_screen_lists_belongs_to_it_unless_the_words_look_back(chat: Chat) -> None:
    chat.checking(**ADULT)
    while chat.question != "checked":
        chat.says("no", "deny")
    looks_back = Chat(chat.content, chat.state)

    chat.says("the bladder one", "chitchat/thanks")
    looks_back.says("wait the bladder one was a yes", "affirm")

    assert "checked" == chat.question
    assert Answer.YES.value == looks_back.facts["nerve_sign"]
