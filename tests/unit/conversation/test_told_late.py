"""Something told once the check has gone on, in words that lead back to it: "wait, he did have a fall"."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, finished_with, said_by


@pytest.mark.parametrize("text", ["wait, he did have a fall", "oh hang on, there was a crash", "actually I had a fall"])
def test_what_the_question_on_screen_lists_is_a_doubt_of_it(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).says("no")
    assert "sudden" == chat.question

    (question,) = chat.says(text, "correct_answer", decision="offer")

    assert "sudden" == chat.question
    assert question.text.startswith(tuple(said_by(chat, "check_again")))


@pytest.mark.parametrize("text", ["oh wait, there was a fall", "sorry, forgot to say I had a fall"])
def test_what_the_question_before_lists_puts_that_one_again(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no", "no")
    assert "history" == chat.question

    (question,) = chat.says(text, decision="refuse")

    assert "sudden" == chat.question
    assert question.text.startswith(tuple(said_by(chat, "check_again")))


def test_what_neither_lists_is_told_how_to_change_an_answer(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "no")

    aside, question = chat.says("hold on, I did bump my elbow once", decision="refuse")

    assert aside.text in said_by(chat, "check_correct") and Kind.QUESTION is question.kind


def test_what_the_net_finds_is_noted_as_it_is(chat: Chat) -> None:
    chat.checking(**ADULT).says("no")

    chat.says("wait, she does take warfarin", findings=(finding("anticoagulant"),))

    assert ("sudden", "yes") == (chat.question, chat.facts["anticoagulant"])


@pytest.mark.parametrize("text", ["wait, is that a fall?", "hold on what do you mean by a fall", "wait no"])
def test_what_asks_or_answers_after_such_words_is_read_as_ever(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).says("no")

    replies = chat.says(text, decision="refuse")

    assert not replies[-1].text.startswith(tuple(said_by(chat, "check_again")))


def test_the_answer_before_that_should_have_been_a_yes_counts_as_one(chat: Chat) -> None:
    chat.checking(**ADULT).says("no")

    (reply,) = chat.says("sorry, I should have said yes to the last one", "correct_answer")

    assert "emergency" == reply.tier


@pytest.mark.parametrize("text", ["just tell me", "can't you just tell me already"])
def test_who_wants_it_at_once_is_told_that_the_questions_come_first(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    aside, question = chat.says(text, "remark/yes_or_no", decision="offer")

    assert aside.text in said_by(chat, "not_over")
    assert ("nerves", Kind.QUESTION) == (chat.question, question.kind)


@pytest.mark.parametrize(
    "text", ["yes check it", "yes please do the check", "ok start the check then", "yep lets", "ok go"]
)
def test_who_is_glad_of_the_check_just_begun_answers_none_of_its_questions(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    replies = chat.says(text, "check_suitability")

    assert ("nerves", Kind.QUESTION) == (chat.question, replies[-1].kind)


def test_an_age_told_late_in_the_check_is_kept(chat: Chat) -> None:
    chat.checking(**ADULT)

    aside, _ = chat.says("71", "out_of_scope")

    assert ("nerves", "yes") == (chat.question, chat.facts["age_65_plus"])
    assert aside.text in said_by(chat, "check_noted")


def test_a_stop_outside_the_check_is_no_pain_that_never_stops(chat: Chat) -> None:
    (reply,) = chat.says("never mind, stop", "cancel", findings=(finding("night_pain_constant"),), unlike_danger=True)

    assert reply.text in said_by(chat, "cancel_nothing")


@pytest.mark.parametrize(("text", "for_another"), [("redo it for my wife", "yes"), ("I want to do it again", "-")])
def test_after_a_result_once_more_is_the_check_anew(chat: Chat, text: str, for_another: str) -> None:
    finished_with(chat, "no")

    chat.says(text, "start_over", confidence=0.8)

    assert chat.question in ("who", "age", "nerves")
    assert for_another == chat.facts.get("for_someone_else", "-")


def test_after_a_result_starting_over_lets_go_of_the_answers(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("start over", "start_over")

    assert reply.text in said_by(chat, "start_over") and "" == chat.question


def test_a_question_put_in_other_words_is_not_said_to_be_so_twice(chat: Chat) -> None:
    chat.checking(for_someone_else="no", minor="no")
    chat.says("not sure", "not_sure")

    *_, question = chat.says("how long is a session", "ask_session_length")

    assert not question.text.startswith(tuple(said_by(chat, "check_again")))
    assert chat.content.rules.question(chat.question).simpler in question.text
