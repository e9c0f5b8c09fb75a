"""A "no" that goes on to name one thing that the check's question lists denies the rest, and not that."""

from __future__ import annotations

import pytest

from bot.suitability.tiers import Answer
from tests.conversing import Chat

_GROWN = {"for_someone_else": "no", "minor": "no"}


@pytest.mark.parametrize("text", ["no only the bladder", "nope just the numbness", "none of those except the bladder"])
def test_a_sign_named_after_a_no_is_a_yes_to_a_list_that_alarms(chat: Chat, text: str) -> None:
    chat.checking(**_GROWN)

    chat.says(text, "deny")

    assert Answer.YES.value == chat.facts["nerve_sign"]


def test_what_is_only_like_a_sign_of_such_a_list_is_asked_about_once_more(chat: Chat) -> None:
    chat.checking(**_GROWN)

    chat.says("no just weak after the flu", "deny")

    assert "nerves" == chat.question
    assert "nerve_sign" not in chat.facts


@pytest.mark.parametrize(
    "text", ["no just the pain", "no just my usual ache", "no just stiff", "no but my legs are fine"]
)
def test_what_no_list_names_leaves_the_no_as_it_is(chat: Chat, text: str) -> None:
    chat.checking(**_GROWN)

    chat.says(text, "deny")

    assert "sudden" == chat.question
