"""Who takes no medicine has denied those, and nothing else that the question asks about."""

from __future__ import annotations

import pytest

from bot.conversation.suitability_check.no_medicine import takes_no_medicine
from tests.conversing import ADULT, Chat


def at(chat: Chat, question: str) -> Chat:
    """In the check, at a question."""
    chat.checking(**ADULT)
    while chat.question != question:
        chat.says("no", "deny")
    return chat


@pytest.mark.parametrize("text", ["no meds at all", "i don't take anything", "not on any medication", "no pills"])
def test_to_the_question_about_bleeding_it_denies_the_medicines_and_the_rest_is_asked(chat: Chat, text: str) -> None:
    replies = at(chat, "blood").says(text, "deny")

    assert "no" == chat.facts["anticoagulant"]
    assert "bleeding_disorder" not in chat.facts
    assert "blood" == chat.question
    assert "Plavix" not in replies[-1].text


def test_to_another_question_it_is_noted_and_answers_nothing(chat: Chat) -> None:
    at(chat, "bones").says("i don't take anything", "deny")

    assert ("bones", "no") == (chat.question, chat.facts["anticoagulant"])


def test_one_that_was_told_stays(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes").says("no meds at all", "deny")

    assert "yes" == chat.facts["anticoagulant"]


@pytest.mark.parametrize(
    "text", ["no meds help", "i dont take it", "no medicine has touched the pain", "i don't take warfarin", "nothing"]
)
def test_what_says_something_else_is_not_taken_for_it(text: str) -> None:
    assert not takes_no_medicine(text)
