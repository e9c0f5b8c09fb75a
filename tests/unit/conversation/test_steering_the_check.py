"""What people say of the check itself while it asks: skip this one, that is all, go on, do it again, what is this word."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.suitability.interview_state import SOMEONE_ELSE
from tests.conversing import ADULT, Chat, finding, finished_with, said_by


@pytest.mark.parametrize(
    "text",
    ["skip", "can we skip that one", "pass", "I'd rather not say", "don't want to answer this", "that's personal"],
)
def test_a_question_passed_over_is_left_open_and_the_next_one_asked(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no", "no")
    assert "history" == chat.question

    said, question = chat.says(text, "steer_check/skip")

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


@pytest.mark.parametrize("text", ["what about me", "what are these", "i dont understand the question"])
def test_what_asks_for_no_word_is_not_told_that_words_are_not_explained(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    replies = {reply.text for reply in chat.says(text, decision="refuse")}

    assert not replies.intersection(said_by(chat, "check_word"))


@pytest.mark.parametrize("text", ["what is an aneurysm", "what mean aneurysm", "i dont know what aneurysm means"])
def test_asking_what_a_word_means_tells_of_nothing(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no", "no")

    said, _ = chat.says(text, "ask_not_in_article/diagnosis", findings=(finding("known_aneurysm"),))

    assert said.text in said_by(chat, "check_word")
    assert ("history", None) == (chat.question, chat.facts.get("known_aneurysm"))


def test_a_question_and_an_answer_in_one_message_are_both_heard(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, question = chat.says("who gets to read this? no to those", "privacy")

    assert said.text in said_by(chat, "privacy")
    assert (Kind.QUESTION, "sudden") == (question.kind, chat.question)


def test_a_check_asked_for_within_the_check_is_met_with_a_word(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says("I would like a suitability test", "check_suitability")

    assert (Kind.CLARIFY, "nerves") == (said.kind, chat.question)


@pytest.mark.parametrize("text", ["so can I have it or not?", "is it ok for me though", "am I suitable then"])
def test_who_asks_for_the_result_is_told_that_the_questions_come_first(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says(text, "check_suitability")

    assert (said.text in said_by(chat, "not_over"), "nerves") == (True, chat.question)


@pytest.mark.parametrize(
    "text", ["how many more questions", "is this the last one?", "are we nearly done", "how long will this take"]
)
def test_asking_how_many_are_left_stops_nothing(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, question = chat.says(text, "steer_check/how_many_left")

    assert question.progress
    assert str(question.progress.of - question.progress.step + 1) in said.text
    assert "nerves" == chat.question


def test_an_emergency_in_an_answer_stands_alone(chat: Chat) -> None:
    """Beside a question that was understood in the same words."""
    chat.checking(**ADULT)

    (reply,) = chat.says("yes to the tingling, no to the rest", "ask_sensation")

    assert Kind.EMERGENCY is reply.kind


@pytest.mark.parametrize("text", ["now do it for my wife", "can my wife have it too"])
def test_a_check_for_somebody_else_takes_nothing_from_the_one_before(chat: Chat, text: str) -> None:
    finished_with(chat, "no")

    chat.says(text, "check_suitability")

    assert ("nerves", {SOMEONE_ELSE: "yes", "minor": "no"}) == (chat.question, dict(chat.facts))


def test_a_check_for_oneself_takes_nothing_from_the_one_for_another(chat: Chat) -> None:
    chat.checking(**{SOMEONE_ELSE: "yes", "minor": "no", "pregnant": "yes"}).says("stop", "cancel")

    chat.says("what about me, could i have it too", "check_suitability")

    assert "pregnant" not in chat.facts


def test_a_check_is_of_one_person_at_a_time(chat: Chat) -> None:
    chat.checking(**{SOMEONE_ELSE: "yes", "minor": "no"})

    said, _ = chat.says("what about me, could i have it too", "check_suitability")

    assert said.text in said_by(chat, "check_one_person")
    assert ("nerves", "yes") == (chat.question, chat.facts[SOMEONE_ELSE])


def test_an_illness_named_in_answer_to_the_list_is_no_question_about_it(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "no", "yes")
    assert "infection_risk" == chat.question

    replies = chat.says("diabetes", "ask_not_in_article/other_conditions", findings=(finding("diabetes"),))

    assert [Kind.QUESTION] == [reply.kind for reply in replies]
    assert "yes" == chat.facts["diabetes"]


@pytest.mark.parametrize(
    "text", ["hmm let me think", "hang on", "one moment please", "I'll ask her", "let me check first"]
)
def test_whoever_needs_time_is_given_it(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says(text, decision="refuse")

    assert said.text in said_by(chat, "check_wait") and "nerves" == chat.question


def test_no_thanks_to_the_first_question_declines_the_check(chat: Chat) -> None:
    chat.hears(payload="check:start")

    chat.says("no thanks", "deny")

    assert "" == chat.question


def test_no_thanks_to_a_list_of_signs_denies_none_and_the_list_is_put_once_more(chat: Chat) -> None:
    chat.checking(**ADULT)
    chat.says("what", decision="refuse")

    chat.says("no thanks", "deny")
    asked_again = chat.question
    chat.says("no", "deny")

    assert ("nerves", "sudden") == (asked_again, chat.question)


def test_a_short_word_of_the_question_can_be_asked_for(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says("wait what does numb mean", decision="refuse")

    assert said.text in said_by(chat, "check_word")


@pytest.mark.parametrize("text", ["not that he's mentioned", "not that I've noticed", "not that she ever said"])
def test_not_that_anybody_said_is_a_no(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    chat.says(text, "wrong_answer")

    assert "sudden" == chat.question


@pytest.mark.parametrize("text", ["what happens now", "ok so what do i do next", "what now"])
def test_who_does_not_know_what_to_do_in_the_check_is_told(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, question = chat.says(text, "ask_session_what_happens")

    assert said.text in said_by(chat, "check_help")
    assert (Kind.QUESTION, "nerves") == (question.kind, chat.question)


def test_who_is_gone_for_a_moment_finds_the_question_where_it_was(chat: Chat) -> None:
    chat.checking(for_someone_else="no", minor="no")

    aside, question = chat.says("brb someone at the door", "ask_not_in_article/location")

    assert aside.text in said_by(chat, "check_wait") and question.text.startswith("Since this pain began")
