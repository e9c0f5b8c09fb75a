"""What is asked right after a result: why, whether it is a yes, what now, on paper; and what was told of another."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, finished_with, said_by, to_the_end


def _told_of_a_thinner(chat: Chat) -> Chat:
    to_the_end(chat.checking(**ADULT, anticoagulant="yes"), "no")
    return chat


@pytest.mark.parametrize("label", ["remark/why", "why_ask"])
def test_why_tells_the_reasons_and_not_the_whole_result_again(chat: Chat, label: str) -> None:
    _told_of_a_thinner(chat)

    (reply,) = chat.says("on what grounds", label)

    assert Kind.CHITCHAT is reply.kind
    assert any(reply.text.startswith(words) for words in said_by(chat, "result_why"))
    assert 1 == reply.text.count("\n- ")


@pytest.mark.parametrize(
    "label", ["remark/verdict", "remark/yes_or_no", "remark/too_hard", "remark/doubt", "check_suitability"]
)
def test_a_result_without_concern_is_no_all_clear(chat: Chat, label: str) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("so im good to go?", label)

    assert reply.text in said_by(chat, "result_is_no_yes")


@pytest.mark.parametrize("label", ["remark/verdict", "check_suitability", "ask_is_it_safe"])
def test_a_result_with_a_reason_is_no_yes_yet(chat: Chat, label: str) -> None:
    _told_of_a_thinner(chat)

    (reply,) = chat.says("is it ok for me then", label)

    assert reply.text in said_by(chat, "result_ask_first")


def test_what_to_do_next_is_what_the_result_says(chat: Chat) -> None:
    _told_of_a_thinner(chat)

    (reply,) = chat.says("what now", "remark/now_what")

    assert any(reply.text.startswith(words) for words in said_by(chat, "result_next"))


def test_the_way_to_a_page_for_the_provider_is_told(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("can i have that on a sheet", "remark/on_paper")

    assert reply.text in said_by(chat, "result_on_paper")


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("what does it cost", "ask_not_in_article/cost", Kind.NOT_COVERED),
        ("can i have it twice a week", "ask_not_in_article/same_day_multiple", Kind.NOT_COVERED),
        ("why does it help", "ask_how_it_works", Kind.ANSWER),
        ("is it safe", "ask_is_it_safe", Kind.ANSWER),
        ("what about my wife", "check_suitability", Kind.QUESTION),
        ("what was my result", "check_suitability", Kind.OUTCOME),
    ],
)
def test_a_question_after_a_result_is_answered_as_anywhere(chat: Chat, text: str, label: str, kind: Kind) -> None:
    finished_with(chat, "no")

    reply, *_ = chat.says(text, label)

    assert kind is reply.kind


def test_a_verdict_in_unknown_words_is_one(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("so its a thumbs up?", "remark/verdict", decision="refuse", confidence=0.9)

    assert reply.text in said_by(chat, "result_is_no_yes")


def test_words_not_understood_are_no_word_about_the_result(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("purple monkey", "remark/verdict", decision="refuse", confidence=0.4)

    assert Kind.CLARIFY is reply.kind


def test_what_is_told_anew_after_a_result_is_judged(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("can i have it with epilepsy", "check_suitability", findings=(finding("epilepsy"),))

    assert (Kind.OUTCOME, "provider_first_with_caution") == (reply.kind, reply.tier)


def test_the_same_words_mean_something_else_where_no_result_was_told(chat: Chat) -> None:
    chat.says("how does it work", "ask_how_it_works")

    (reply,) = chat.says("can i have it then", "check_suitability")

    assert Kind.QUESTION is reply.kind


def test_glad_of_the_check_is_no_yes_to_its_first_question(chat: Chat) -> None:
    chat.state = chat.state.but(facts={**ADULT})
    chat.says("am i allowed", "check_suitability")
    assert "nerves" == chat.question

    chat.says("yes please start", "affirm")
    assert "nerves" == chat.question

    chat.says("yes please", "affirm")
    assert "" == chat.question


@pytest.mark.parametrize(
    ("text", "answer"),
    [("no understand", "unsure"), ("yes but ive had it for 10 years and the doctor knows", "unsure")],
)
def test_no_plain_answer_is_made_of_words_that_give_none(chat: Chat, text: str, answer: str) -> None:
    chat.checking(**ADULT)

    (question,) = chat.says(text, "ask_condition_chronic_pain")

    assert any(words in question.text for words in said_by(chat, "check_again"))


def test_could_be_pregnant_is_what_the_question_asks_for(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    chat.says("could be pregnant, 2 weeks late", findings=(finding("pregnant", "uncertain"),))

    assert "yes" == chat.facts["pregnant"]


@pytest.mark.parametrize("text", ["i fell 2 yrs ago, does that count", "would this count too"])
def test_who_wonders_if_something_counts_is_told_how_to_answer(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says(text, "ask_condition_recent_injury")

    assert said.text in said_by(chat, "check_counts")


@pytest.mark.parametrize(
    ("label", "key"), [("ask_consult_provider", "alarm_doctor"), ("ask_not_in_article/booking", "alarm_stands_today")]
)
def test_after_an_alarm_seeing_a_doctor_is_agreed_to_and_booking_is_not(chat: Chat, label: str, key: str) -> None:
    chat.says("i have a fever", findings=(finding("fever"),))

    (reply,) = chat.says("(about it)", label)

    assert reply.text in said_by(chat, key)


def test_an_alarm_stands_while_the_way_to_a_person_is_told(chat: Chat) -> None:
    chat.says("i have a fever", findings=(finding("fever"),))

    (contact,) = chat.says("can i talk to someone", "talk_to_person")
    (reply,) = chat.says("hm")

    assert Kind.CONTACT is contact.kind
    assert reply.text in said_by(chat, "alarm_if_wrong_today")


def test_who_may_wish_to_die_and_asks_for_a_person_is_told_of_the_crisis_line(chat: Chat) -> None:
    chat.says("i want to die", findings=(finding("suicidal"),))

    (reply,) = chat.says("can i talk to someone", "talk_to_person")

    assert reply.text in said_by(chat, "alarm_crisis")


def test_help_within_the_check_is_about_the_check(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says("what can i say", "help")

    assert said.text in said_by(chat, "check_help")


def test_asking_if_it_matters_who_it_is_for_says_nothing_of_who_it_is_for(chat: Chat) -> None:
    chat.checking()

    chat.says("does it matter if its for someone else?", "ask_who_can_benefit")

    assert ("who", {}) == (chat.question, dict(chat.facts))


@pytest.mark.parametrize("text", ["102", "she's 104"])
def test_a_hundred_is_an_adult(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="yes").says(text)

    assert "no" == chat.facts["minor"]


def test_naming_the_question_about_age_makes_nobody_young(chat: Chat) -> None:
    chat.checking(for_someone_else="yes")

    chat.says("what do you mean under 18, hes 45", "ask_not_in_article/children", findings=(finding("minor"),))

    assert ("nerves", "no") == (chat.question, chat.facts["minor"])


@pytest.mark.parametrize("text", ["should i call 911", "is this an emergency", "can it wait till monday"])
def test_whether_help_is_needed_now_is_answered_with_yes(chat: Chat, text: str) -> None:
    chat.says("i have a fever", findings=(finding("fever"),))

    (reply,) = chat.says(text, "out_of_scope")

    assert reply.text in said_by(chat, "alarm_stands_today")


@pytest.mark.parametrize("text", ["she says no", "I have none of these symptoms.", "he has none of them"])
def test_an_answer_given_for_another_or_in_a_sentence_is_one(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="yes", minor="no")

    chat.says(text, decision="refuse")

    assert "sudden" == chat.question


def test_what_a_doctor_says_is_no_answer_about_ones_health(chat: Chat) -> None:
    chat.checking(**ADULT)

    chat.says("my doctor says yes", decision="refuse")

    assert "nerves" == chat.question


def test_a_mere_what_is_told_the_question_again(chat: Chat) -> None:
    chat.checking(**ADULT)

    (question,) = chat.says("what?", "wrong_answer")

    assert (Kind.QUESTION, "nerves") == (question.kind, chat.question)
