"""Who asks what would come of something else has not told it."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, finished_with

_SUPPOSED = [
    "what if i was pregnant, would that change it",
    "what would you say if i was pregnant",
    "if i were pregnant would the result be different",
]


@pytest.mark.parametrize("text", _SUPPOSED)
def test_in_the_check_nothing_is_noted_and_its_question_stays(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    chat.says(text, "check_suitability", findings=(finding("pregnant"),))

    assert "pregnant" not in chat.facts
    assert asked == chat.question


@pytest.mark.parametrize("text", _SUPPOSED)
def test_after_a_result_no_new_check_begins(chat: Chat, text: str) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says(text, "check_suitability", findings=(finding("pregnant"),))

    assert chat.state.check is None
    assert chat.facts.get("pregnant") != "yes"
    assert reply.text in chat.content.phrases.wordings["check_if_told"]


@pytest.mark.parametrize(
    "text", ["im pregnant, would that change it", "i was pregnant when it began, is that a problem"]
)
def test_what_may_well_be_so_is_noted(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    chat.says(text, "check_suitability", findings=(finding("pregnant"),))

    assert "yes" == chat.facts["pregnant"]


def test_a_danger_sign_is_heard_though_it_is_supposed(chat: Chat) -> None:
    chat.checking(**ADULT)

    replies = chat.says("what would you say if i had numbness between my legs", findings=(finding("saddle_numbness"),))

    assert "emergency" == replies[0].tier


def test_before_any_check_it_is_for_the_provider_and_nothing_is_noted(chat: Chat) -> None:
    (reply,) = chat.says(_SUPPOSED[0], "check_suitability", findings=(finding("pregnant"),))

    assert ("harm_to_a_condition",) == chat.state.gaps
    assert Kind.NOT_COVERED is reply.kind
    assert "pregnant" not in chat.facts
