"""Who asks if it helps in pregnancy is told whom to ask first, with what the article says of back pain."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding, said_by

_TEXTS = [
    ("is acupuncture good for pregnancy back pain", "ask_benefits_general"),
    ("can it help back pain during pregnancy", "chitchat/user_pain"),
    ("is it good for back pain when youre expecting", "ask_who_can_benefit"),
]


@pytest.mark.parametrize(("text", "label"), _TEXTS)
def test_the_midwife_comes_first_and_the_check_is_offered(chat: Chat, text: str, label: str) -> None:
    answer, offer = chat.says(text, label)

    assert ("benefits_general",) == answer.topics
    assert offer.text in said_by(chat, "check_offered_pregnancy")


def test_who_tells_of_their_own_pregnancy_is_read_back(chat: Chat) -> None:
    _, offer = chat.says(
        "im pregnant and my back hurts, would it help", "ask_benefits_general", findings=(finding("pregnant"),)
    )

    assert offer.text in said_by(chat, "also_noted", chat.content.rules.facts["pregnant"].called)


def test_a_yes_to_the_offer_begins_the_check(chat: Chat) -> None:
    chat.says(*_TEXTS[0])

    chat.says("yes", "affirm")

    assert chat.question


def test_whether_pregnant_women_are_seen_is_no_question_of_children(chat: Chat) -> None:
    chat.says("do you see pregnant women", "ask_not_in_article/children")

    assert ("harm_to_a_condition",) == chat.state.gaps


@pytest.mark.parametrize("text", ["does it help back pain after pregnancy", "im not pregnant, does it help"])
def test_a_pregnancy_that_is_over_is_none(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_benefits_general")

    assert Kind.ANSWER is reply.kind
