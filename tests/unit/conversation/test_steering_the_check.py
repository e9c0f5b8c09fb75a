"""What people say of the check itself while it asks: skip this one, that is all, go on, do it again, what is this word."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.suitability.interview import SOMEONE_ELSE
from tests.conversing import ADULT, Chat, finding, finished_with, said_by


@pytest.mark.parametrize(
    "text",
    ["skip", "can we skip that one", "pass", "I'd rather not say", "don't want to answer this", "that's personal"],
)
def test_a_question_passed_over_is_left_open_and_the_next_one_asked(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no", "no")
    assert "history" == chat.question

    said, question = chat.says(text, "cancel")

    assert said.text in said_by(chat, "check_skipped")
    assert (Kind.QUESTION, "unsure") == (question.kind, chat.facts["known_aneurysm"])
    assert "history" != chat.question


def test_passing_over_every_question_ends_in_no_all_clear(chat: Chat) -> None:
    chat.checking(**ADULT)

    for _ in range(60):
        if not chat.question:
            break
        replies = chat.says("skip", "cancel")

    assert Kind.OUTCOME is replies[-1].kind
    assert "generally_suitable_consult_first" != replies[-1].tier


def test_words_that_only_hold_a_word_for_skipping_answer_for_themselves(chat: Chat) -> None:
    chat.checking(**ADULT)

    chat.says("my heart skips sometimes", decision="refuse")

    assert "nerves" == chat.question


@pytest.mark.parametrize("text", ["that's all", "no that's it", "nothing else thanks"])
def test_who_says_that_is_all_has_no_other_one(chat: Chat, text: str) -> None:
    chat.checking(**ADULT, anticoagulant="yes").answers(*["no"] * 6)
    assert "blood" == chat.question

    chat.says(text, "affirm")

    assert ("heart_devices", "no") == (chat.question, chat.facts["bleeding_disorder"])


def test_that_is_it_may_point_at_the_list_and_is_no_answer_to_it(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, question = chat.says("thats it", "affirm")

    assert (Kind.CLARIFY, Kind.QUESTION) == (said.kind, question.kind)
    assert "nerves" == chat.question


@pytest.mark.parametrize("text", ["ok lets carry on", "ugh fine", "yes go on", "back to the check please", "ok"])
def test_wishing_to_go_on_answers_no_question_about_health(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says(text, "more")

    assert said.text in said_by(chat, "check_goes_on")
    assert "nerves" == chat.question


@pytest.mark.parametrize("text", ["start the check again", "can i redo the questions", "check me again", "new check"])
def test_a_check_done_again_asks_everything_anew(chat: Chat, text: str) -> None:
    finished_with(chat, "no")

    chat.says(text, "start_over")

    assert ("who", {}) == (chat.question, dict(chat.facts))


def test_asking_for_the_result_tells_it_once_more(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("what did the check say again", "check_suitability")

    assert (Kind.OUTCOME, "") == (reply.kind, chat.question)


@pytest.mark.parametrize("text", ["what is an aneurysm", "what mean aneurysm", "i dont know what aneurysm means"])
def test_asking_what_a_word_means_tells_of_nothing(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no", "no")

    said, _ = chat.says(text, "ask_not_in_article/diagnosis", findings=(finding("known_aneurysm"),))

    assert said.text in said_by(chat, "check_word")
    assert ("history", None) == (chat.question, chat.facts.get("known_aneurysm"))


@pytest.mark.parametrize(
    ("text", "fact"),
    [("sorry I meant yes", "yes"), ("oops, hit no by mistake, meant yes", "yes"), ("i meant no", "no")],
)
def test_the_answer_before_is_replaced_by_what_was_meant(chat: Chat, text: str, fact: str) -> None:
    chat.checking().answers("yes" if fact == "no" else "no")
    assert "age" == chat.question

    chat.says(text, "correct_answer")

    assert ("age", fact) == (chat.question, chat.facts[SOMEONE_ELSE])


@pytest.mark.parametrize("text", ["sorry pressed wrong, I meant no", "oops wrong button", "i hit yes by accident"])
def test_an_alarm_that_a_slip_brought_up_is_followed_by_its_question(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).says("yes")

    (reply,) = chat.says(text, "correct_answer")

    assert (Kind.QUESTION, "nerves") == (reply.kind, chat.question)


def test_a_correction_of_nothing_leaves_an_alarm_standing(chat: Chat) -> None:
    chat.checking(**ADULT).says("yes")

    (reply,) = chat.says("no wait it is not that bad", "correct_answer")

    assert reply.text in said_by(chat, "alarm_if_wrong")


def test_a_question_and_an_answer_in_one_message_are_both_heard(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, question = chat.says("who gets to read this? no to those", "privacy")

    assert said.text in said_by(chat, "privacy")
    assert (Kind.QUESTION, "sudden") == (question.kind, chat.question)


def test_a_check_asked_for_within_the_check_is_met_with_a_word(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says("my immune system is fine", "check_suitability")

    assert (Kind.CLARIFY, "nerves") == (said.kind, chat.question)
