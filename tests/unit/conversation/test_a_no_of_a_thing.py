"""A "no" that says of one thing that there is none of it clears no list of danger signs."""

from __future__ import annotations

import pytest

from tests.conversing import Chat, finding

_GROWN = {"for_someone_else": "no", "minor": "no"}


@pytest.mark.parametrize(
    "text",
    [
        "ok no electrics then, just needles",
        "no parking then",
        "no fun reading this list lol",
        "no doc ever told me that",
        "no one told me about this",
        "no problem",
        "no needles in the face please",
        "no english good sorry",
    ],
)
def test_a_no_to_something_else_leaves_the_signs_to_be_asked_again(chat: Chat, text: str) -> None:
    chat.checking(**_GROWN)

    chat.says(text, "deny")

    assert "nerves" == chat.question
    assert "bladder_change" not in chat.facts


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "no sir",
        "No, parking is fine with me",
        "no symptoms like that",
        "no changes down there",
        "no just the pain",
        "no i never had that",
        "no numbness or anything",
        "no way",
        "no lol",
        "no such thing",
        "no one of these",
    ],
)
def test_a_no_that_answers_denies_the_signs(chat: Chat, text: str) -> None:
    chat.checking(**_GROWN)

    chat.says(text, "deny")

    assert "sudden" == chat.question


@pytest.mark.parametrize(
    ("text", "fact"), [("no bladder trouble", "bladder_change"), ("ok no trouble pooping", "bowel_change")]
)
def test_one_sign_of_many_that_is_denied_leaves_the_others_open(chat: Chat, text: str, fact: str) -> None:
    chat.checking(**_GROWN)

    chat.says(text, "deny", findings=(finding(fact, "absent"),))

    assert ("nerves", "no") == (chat.question, chat.facts[fact])
    assert "saddle_numbness" not in chat.facts
