"""What is said to an answer before the next question is no part of it: "oh ok. and me?"."""

from __future__ import annotations

import pytest

from bot.conversation.by_words.interjections import after_interjections, before_asides
from tests.conversing import Chat


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("oh ok. and me?", "and me?"),
        ("ok thanks can you explain", "can you explain"),
        ("lol ok and me", "and me"),
        ("I see, and after?", "and after?"),
        ("got it. thanks. and the price?", "and the price?"),
        ("wait, what was the third one", "what was the third one"),
        ("oh. my leg is numb", "my leg is numb"),
    ],
)
def test_a_message_begins_behind_it(text: str, rest: str) -> None:
    assert rest == text[after_interjections(text) :]


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks",
        "great. thanks!",
        "hm",
        "right?",
        "right side this time",
        "I see double",
        "ok with my pills?",
        "fine needles?",
        "good morning",
        "thanks for that, how long is it",
    ],
)
def test_where_it_is_all_or_words_of_the_question_nothing_is_left_out(text: str) -> None:
    assert 0 == after_interjections(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("and me lol", "and me"),
        ("how often tho?", "how often"),
        ("can you explain please", "can you explain"),
        ("like what then?", "like what"),
        ("what then", "what then"),
        ("no then", "no then"),
        ("please", "please"),
        ("no thanks", "no thanks"),
        ("I rested for a week and it was better then", "I rested for a week and it was better then"),
    ],
)
def test_a_few_words_end_before_what_is_only_said_behind_them(text: str, rest: str) -> None:
    assert rest == text[: before_asides(text)]


def test_a_follow_up_behind_it_is_followed_as_without_it(chat: Chat) -> None:
    chat.says("how long is a session", "ask_session_length")
    other = Chat()
    other.says("how long is a session", "ask_session_length")

    (plain,) = chat.says("is that safe", "ask_is_it_safe")
    (behind,) = other.says("oh ok. is that safe", "ask_is_it_safe")

    assert plain.topics == behind.topics


def test_an_answer_to_the_check_is_read_whole(chat: Chat) -> None:
    chat.checking()

    chat.says("oh no", "deny")

    assert "no" in chat.facts.values()
