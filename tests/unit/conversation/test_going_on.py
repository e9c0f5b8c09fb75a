"""Few words after something that the article leaves open, or after all that it says."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, said_by


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("morning if possible", "chitchat/greet"),
        ("what about the same day", "ask_not_in_article/hours"),
        ("how do i do it then", "ask_session_what_happens"),
        ("so can you arrange that for me", "ask_benefits_general"),
    ],
)
def test_few_words_without_a_subject_go_on_about_what_was_left_open(chat: Chat, text: str, heard: str) -> None:
    chat.says("can i book for tuesday", "ask_not_in_article/booking")

    (reply,) = chat.says(text, heard)

    assert (Kind.NOT_COVERED, ("booking",)) == (reply.kind, chat.state.gaps)


@pytest.mark.parametrize(
    ("text", "heard", "topic"),
    [
        ("where is it", "ask_not_in_article/location", "location"),
        ("how much is it", "ask_not_in_article/cost", "cost"),
        ("are you open that day", "ask_not_in_article/hours", "hours"),
    ],
)
def test_a_question_of_its_own_after_it_is_answered_as_such(chat: Chat, text: str, heard: str, topic: str) -> None:
    chat.says("can i book for tuesday", "ask_not_in_article/booking")

    chat.says(text, heard)

    assert (topic,) == chat.state.gaps


@pytest.mark.parametrize("text", ["ok thanks for that", "no not that"])
def test_small_talk_after_it_stays_small_talk(chat: Chat, text: str) -> None:
    chat.says("can i book for tuesday", "ask_not_in_article/booking")

    (reply,) = chat.says(text, "chitchat/thanks")

    assert Kind.CHITCHAT is reply.kind


def test_who_asks_what_else_is_told_that_this_was_all_and_not_the_same_once_more(chat: Chat) -> None:
    chat.says("side effects?", "ask_side_effects")

    (reply,) = chat.says("what else", "more")

    assert reply.text in said_by(chat, "more_nothing")
