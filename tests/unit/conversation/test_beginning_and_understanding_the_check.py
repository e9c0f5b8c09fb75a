"""The check wished for in a word, and its questions when they are not understood."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, said_by


@pytest.mark.parametrize("text", ["start", "ok start", "lets begin", "im ready", "ok let's get started then"])
def test_who_wants_to_start_after_an_answer_is_asked_the_first_question(chat: Chat, text: str) -> None:
    chat.says("does cupping help", "ask_not_in_article/other_treatments")

    chat.says(text, "start_over")

    assert "who" == chat.question


def test_a_chat_that_opens_with_start_is_greeted(chat: Chat) -> None:
    (reply,) = chat.says("start", "start_over")

    assert reply.text in said_by(chat, "greet")


@pytest.mark.parametrize("text", ["start over", "begin again", "lets start from scratch"])
def test_who_wants_to_start_over_is_not_asked_the_check(chat: Chat, text: str) -> None:
    chat.says("does cupping help", "ask_not_in_article/other_treatments")

    (reply,) = chat.says(text, "start_over")

    assert reply.text in said_by(chat, "start_over")


@pytest.mark.parametrize(
    "text", ["what do you mean by that", "what does that even mean", "i dont get it", "can you explain", "what is that"]
)
def test_a_question_that_is_not_understood_is_put_in_simpler_words_and_then_waits(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)
    first = chat.question

    chat.says(text, "not_sure")
    assert first == chat.question

    said, question = chat.says(text, "not_sure")

    assert said.text in said_by(chat, "simpler_in_check")
    assert (Kind.QUESTION, first) == (question.kind, chat.question)
    assert not {"unsure"} & set(chat.facts.values())


@pytest.mark.parametrize("text", ["i dont know what i took", "what does it cost", "i cant get up", "i dont get dizzy"])
def test_words_that_only_begin_so_are_read_for_themselves(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    replies = chat.says(text, decision="refuse")

    assert not {reply.text for reply in replies} & set(said_by(chat, "simpler_in_check"))
