"""Hopelessness after a low mood is asked about, as a possible wish to die is."""

from __future__ import annotations

import pytest

from bot.conversation.danger_signs.low_mood import is_hopeless, tells_low_mood
from bot.conversation.reply import Kind
from tests.conversing import Chat

SUICIDAL = "suicidal"


def asks_of_a_wish_to_die(chat: Chat, text: str) -> bool:
    replies = chat.says(text, "ask_pain_relief")
    return replies[0].kind is Kind.QUESTION and chat.content.rules.facts[SUICIDAL].asks in replies[0].text


@pytest.mark.parametrize("low", ["I'm depressed", "I feel so low with this pain", "been crying all week, I'm broken"])
@pytest.mark.parametrize(
    "hopeless", ["what's the point", "why bother anymore", "there's no point in anything", "I give up"]
)
def test_hopelessness_after_a_low_mood_is_asked_about(chat: Chat, low: str, hopeless: str) -> None:
    chat.says(low, "chitchat/user_feeling")

    assert asks_of_a_wish_to_die(chat, hopeless)


def test_both_in_one_message_are_asked_about(chat: Chat) -> None:
    assert asks_of_a_wish_to_die(chat, "I'm so depressed. What's the point?")


@pytest.mark.parametrize(
    "text", ["what's the point of a first visit", "is there a point in booking two sessions", "how long"]
)
def test_a_question_about_the_visit_is_answered(chat: Chat, text: str) -> None:
    chat.says("I'm depressed", "chitchat/user_feeling")

    assert not asks_of_a_wish_to_die(chat, text)


@pytest.mark.parametrize("before", ["do you open on Sundays", "I'm not depressed"])
def test_without_a_low_mood_it_asks_for_the_benefits(chat: Chat, before: str) -> None:
    chat.says(before, "ask_pain_relief")

    assert not asks_of_a_wish_to_die(chat, "what's the point")


def test_a_low_mood_of_long_before_is_not_taken_up(chat: Chat) -> None:
    chat.says("I'm depressed", "chitchat/user_feeling")
    chat.says("do the needles hurt", "ask_pain_relief")

    assert not asks_of_a_wish_to_die(chat, "what's the point")


def test_since_when_a_low_mood_is_there_tells_of_no_wish_to_die(chat: Chat) -> None:
    chat.says("I'm depressed", "chitchat/user_feeling")

    assert not asks_of_a_wish_to_die(chat, "it started last week")


@pytest.mark.parametrize(
    "text", ["my back is low on the left", "the price is low", "she sat down", "it's a lonely road here"]
)
def test_what_only_sounds_low_is_no_low_mood(text: str) -> None:
    assert not tells_low_mood(text)


@pytest.mark.parametrize("text", ["what's the point of needles", "no point in paying twice", "why bother with cupping"])
def test_what_has_no_point_may_be_a_thing(text: str) -> None:
    assert not is_hopeless(text)
