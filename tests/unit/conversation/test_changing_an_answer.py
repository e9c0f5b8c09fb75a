"""An answer of the check is taken back or corrected: what was said before counts no more, what follows from it neither."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, said_by, to_the_end


def test_back_asks_the_question_before(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question
    chat.says("no")

    chat.presses("Back")

    assert asked == chat.question


def test_back_at_the_first_question_asks_it_again(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    aside, reply = chat.says("go back", "go_back")

    assert aside.text in said_by(chat, "check_no_back")
    assert (Kind.QUESTION, asked) == (reply.kind, chat.question)


def test_an_answer_that_was_taken_back_counts_no_more(chat: Chat) -> None:
    chat.checking(**ADULT).answers(*["no"] * 2)
    assert "history" == chat.question
    chat.says("yes")
    chat.presses("Cancer in the past")
    assert "yes" == chat.facts["cancer_past"]

    chat.says("go back", "go_back")
    chat.says("go back", "go_back")
    chat.says("no")

    assert "no" == chat.facts["cancer_past"]


def test_an_answer_to_a_question_that_falls_away_counts_no_more(chat: Chat) -> None:
    """Band pain is asked because of cancer: with the cancer taken back, its answer goes too."""
    chat.checking(**ADULT).answers(*["no"] * 2)
    chat.says("yes")
    chat.presses("Cancer in the past")
    chat.says("no")
    while chat.question == "history":
        chat.says("no")
    assert "band_pain" == chat.question
    chat.says("no")
    assert "band_pain" in chat.facts

    for _ in range(5):
        chat.says("go back", "go_back")

    assert "band_pain" not in chat.facts


def test_a_correction_replaces_what_was_said(chat: Chat) -> None:
    chat.checking(**ADULT, pregnant="yes")

    chat.says("i made a mistake, i am not pregnant", "correct_answer", findings=(finding("pregnant", "absent"),))

    assert "no" == chat.facts["pregnant"]


@pytest.mark.parametrize(
    "text", ["correct that, she is 16", "Correction: she's 16", "wait, correct my answer, she is 16"]
)
def test_taking_an_answer_back_is_no_yes_to_the_question_on_screen(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="yes", minor="no").answers("no")
    asked = chat.question

    chat.says(text, "out_of_scope")
    assert asked == chat.question

    chat.says(text, "out_of_scope", findings=(finding("minor"),))
    assert ("", "yes") == (chat.question, chat.facts["minor"])


def test_right_leg_is_no_yes(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    replies = chat.says("right leg mostly", "out_of_scope")

    assert asked == chat.question
    assert Kind.EMERGENCY not in [reply.kind for reply in replies]


def test_a_denial_that_is_no_correction_does_not_lower_concern(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes")

    chat.says("no thinners", findings=(finding("anticoagulant", "absent"),))

    assert "yes" == chat.facts["anticoagulant"]


def test_a_correction_after_the_result_counts_in_the_next_check(chat: Chat) -> None:
    chat.checking(**ADULT, pregnant="yes", pregnancy_danger="no")
    to_the_end(chat, "no")

    chat.says("i made a mistake, i am not pregnant", "correct_answer", findings=(finding("pregnant", "absent"),))

    assert "no" == chat.facts["pregnant"]


def test_no_before_a_correction_answers_nothing(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes")
    asked = chat.question

    chat.says("sorry no, i meant she has stopped it", "correct_answer", findings=(finding("anticoagulant", "absent"),))

    assert (asked, "no") == (chat.question, chat.facts["anticoagulant"])


@pytest.mark.parametrize(
    ("text", "answer"), [("no wait yes", "yes"), ("yes, sorry, no", "no"), ("no i mean i dont", "no")]
)
def test_of_two_answers_in_one_message_the_last_counts(chat: Chat, text: str, answer: str) -> None:
    chat.checking().says(text)

    assert answer == chat.facts["for_someone_else"]


@pytest.mark.parametrize("text", ["12", "he's 9", "she is 16 yrs", "18 months old"])
def test_a_childs_age_alone_is_an_answer_where_the_age_is_asked(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="yes")
    assert "age" == chat.question

    chat.says(text)

    assert "yes" == chat.facts["minor"]


@pytest.mark.parametrize("text", ["actually scratch that", "can i change my last answer", "oops wrong button"])
def test_taking_the_last_answer_back_without_another_goes_back(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)
    asked = chat.question
    chat.says("no")

    chat.says(text, "correct_answer")

    assert asked == chat.question


@pytest.mark.parametrize("text", ["what was the question again", "sorry what was that"])
def test_the_question_is_said_again_to_whoever_asks_for_it(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).says("no")
    asked = chat.question

    (reply,) = chat.says(text, "go_back")

    assert (Kind.QUESTION, asked) == (reply.kind, chat.question)


def test_a_check_that_is_for_somebody_else_after_all_begins_anew(chat: Chat) -> None:
    chat.checking(for_someone_else="yes", minor="no", anticoagulant="yes").says("no")

    chat.says("wait no i meant me", decision="refuse")

    assert ("age", {"for_someone_else": "no"}) == (chat.question, dict(chat.facts))


@pytest.mark.parametrize("text", ["yes over 18", "44", "she's 31 yrs old", "yes she's an adult", "grown man"])
def test_an_age_is_no_answer_to_a_question_about_danger(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="yes", minor="no")
    asked = chat.question

    noted, question = chat.says(text, "affirm")

    assert (asked, Kind.CHITCHAT, Kind.QUESTION) == (chat.question, noted.kind, question.kind)


def test_a_check_that_is_over_and_was_for_somebody_else_begins_anew(chat: Chat) -> None:
    chat.checking(for_someone_else="yes").says("yes")
    chat.says("yes")
    assert "" == chat.question
    chat.says("oh wait its for me actually, 40", decision="refuse")

    assert ("no", "no") == (chat.facts["for_someone_else"], chat.facts["minor"])
    assert "nerves" == chat.question


def test_what_was_read_back_is_denied_where_something_else_is_asked(chat: Chat) -> None:
    """The check has said "a blood thinner" and asks for an age: the denial is of the medicine."""
    chat.says("i take eliquis, can i have it", "check_suitability", findings=(finding("anticoagulant"),))

    chat.says("no, I don't take a blood thinner", "deny", findings=(finding("anticoagulant", "absent"),))

    assert "no" == chat.facts["anticoagulant"]


def test_what_was_never_said_is_not_noted_again(chat: Chat) -> None:
    chat.says("i take eliquis, can i have it", "check_suitability", findings=(finding("anticoagulant"),))

    chat.says("I never said I take eliquis", findings=(finding("anticoagulant"),))

    assert "no" == chat.facts["anticoagulant"]
