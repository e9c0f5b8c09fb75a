"""An age or a stage of life, said in any words and also before the check, answers whether somebody is grown."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat

ELSE, MINOR = "for_someone_else", "minor"


@pytest.mark.parametrize(
    "text", ["born in 1958", "in my thirties", "retired long ago", "well past it", "fifty two", "1949"]
)
def test_whoever_says_otherwise_that_they_are_grown_is_not_asked_again(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no")

    chat.says(text, decision="refuse")

    assert ("nerves", "no") == (chat.question, chat.facts[MINOR])


@pytest.mark.parametrize(
    "text", ["nearly 18", "twelve", "I'm seventeen", "he has just turned 17", "not quite eighteen"]
)
def test_whoever_says_otherwise_that_they_are_a_child_is_one(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no")

    replies = chat.says(text, decision="refuse")

    assert ("yes", Kind.OUTCOME) == (chat.facts[MINOR], replies[-1].kind)


@pytest.mark.parametrize("text", ["i was born here", "older", "2008", "a mother", "school", "it started at 17"])
def test_what_tells_no_age_is_asked_again(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no")

    chat.says(text, decision="refuse")

    assert ("age", None) == (chat.question, chat.facts.get(MINOR))


def test_an_age_told_before_the_check_is_not_asked_again(chat: Chat) -> None:
    chat.says("hello, I'm 45 and my back is killing me", "chitchat/user_pain")

    chat.says("check me please", "check_suitability")

    assert "nerves" == chat.question


@pytest.mark.parametrize("answer", ["for me", "no"])
def test_an_age_told_before_counts_once_the_check_is_said_to_be_for_the_writer(chat: Chat, answer: str) -> None:
    chat.says("I'm 45 and my back is killing me", "chitchat/user_pain")
    chat.hears(payload="check:start")
    assert "who" == chat.question

    chat.says(answer)

    assert ("nerves", "no") == (chat.question, chat.facts[MINOR])


@pytest.mark.parametrize(
    "text", ["can my kid have it", "can I get it for the little one", "can I bring the twins", "check"]
)
def test_the_writer_s_own_age_is_nobody_else_s(chat: Chat, text: str) -> None:
    chat.says("I'm 45 and my back is killing me", "chitchat/user_pain")

    chat.says(text, "check_suitability")

    assert chat.question in ("who", "age") and chat.facts.get(MINOR) != "no"


def test_the_age_of_another_told_before_counts_where_she_is_meant_again(chat: Chat) -> None:
    chat.says("my mum is 72 and has had it for years", "chitchat/acknowledge")

    chat.says("could she be checked", "check_suitability")

    assert ("nerves", "yes") == (chat.question, chat.facts[ELSE])
