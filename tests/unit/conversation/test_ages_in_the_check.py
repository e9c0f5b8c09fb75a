"""An age or a stage of life, said in any words and also before the check, answers whether somebody is grown."""

from __future__ import annotations

import pytest

from bot.conversation.choices import START_CHECK
from bot.conversation.reply import Kind
from bot.conversation.suitability_check.person import told_of_the_person
from bot.suitability.tiers import Answer
from tests.conversing import Chat, finding

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


@pytest.mark.parametrize(
    "text",
    [
        "my husband is 6 foot 4 and 280 pounds, can he have it",
        "my dad is 5 years post stroke, can he come",
        "my mum is 4 hours away, can she come",
    ],
)
def test_a_number_that_counts_something_else_is_no_age_of_a_child(text: str) -> None:
    assert Answer.NO is told_of_the_person(text, {})[MINOR]


@pytest.mark.parametrize("text", ["i'm 5 foot 2", "she is 8 days out", "im 5 minutes away", "17 stone"])
def test_what_is_counted_in_units_answers_no_question_for_an_age(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no")

    chat.says(text, decision="refuse")

    assert "age" == chat.question
    assert MINOR not in chat.facts


@pytest.mark.parametrize("text", ["my son is 6 and his back hurts", "my kid is 5 ft 9 and 16 with back pain"])
def test_an_age_of_a_child_is_one_beside_what_else_is_counted(text: str) -> None:
    assert Answer.YES is told_of_the_person(text, {})[MINOR]


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
    _talks_of_something_else(chat)
    chat.hears(payload="check:start")
    assert "who" == chat.question

    chat.says(answer)

    assert ("nerves", "no") == (chat.question, chat.facts[MINOR])


@pytest.mark.parametrize("text", ["can I get it for the little one", "can I bring the twins"])
def test_the_writer_s_own_age_is_nobody_else_s(chat: Chat, text: str) -> None:
    chat.says("I'm 45 and my back is killing me", "chitchat/user_pain")

    chat.says(text, "check_suitability")

    assert chat.question in ("who", "age") and chat.facts.get(MINOR) != "no"


def test_a_kid_is_under_age_whatever_the_writer_s_age(chat: Chat) -> None:
    chat.says("I'm 45 and my back is killing me", "chitchat/user_pain")

    chat.says("can my kid have it", "check_suitability")

    assert "yes" == chat.facts[MINOR]


def test_a_kid_of_19_is_grown(chat: Chat) -> None:
    chat.says("my kid is 19, can he have it", "check_suitability")

    assert ("nerves", "no") == (chat.question, chat.facts[MINOR])


def test_the_child_that_is_not_born_yet_is_not_who_needs_care(chat: Chat) -> None:
    chat.says("I'm 20 weeks, is it safe for my child", "check_suitability", findings=(finding("pregnant"),))

    assert "age" == chat.question
    assert "no" == chat.facts["for_someone_else"]


@pytest.mark.parametrize(
    ("told", "for_another", "asked"),
    [
        ("I'm 45 and my back is killing me", "no", "nerves"),
        ("my mum is 72 and her back is killing her", "yes", "nerves"),
        ("would it be ok for my daughter with her bad back", "yes", "age"),
    ],
)
@pytest.mark.parametrize("typed", ["yes check it", ""])
def test_a_check_begun_right_after_it_was_told_who_is_in_pain_is_for_that_person(
    chat: Chat, told: str, for_another: str, asked: str, typed: str
) -> None:
    chat.says(told, "chitchat/user_pain")

    _begins(chat, typed)

    assert (asked, for_another) == (chat.question, chat.facts["for_someone_else"])


@pytest.mark.parametrize(
    "typed", ["check it for me", "i want the check", "check my son", "for someone else, a check", ""]
)
def test_a_check_for_another_or_begun_later_asks_for_whom_it_is(chat: Chat, typed: str) -> None:
    chat.says("my mum is 72 and her back is killing her", "chitchat/user_pain")
    if not typed:
        _talks_of_something_else(chat)

    _begins(chat, typed)

    assert "yes" != chat.facts.get("age_65_plus")


def test_a_yes_to_the_first_question_is_for_the_one_whose_age_was_told(chat: Chat) -> None:
    chat.says("my mum is 72 and her back is killing her", "chitchat/user_pain")
    _talks_of_something_else(chat)
    _begins(chat, "")

    chat.says("yes")

    assert ("nerves", "yes") == (chat.question, chat.facts["age_65_plus"])


def test_a_child_s_age_told_with_the_wish_is_not_asked_again(chat: Chat) -> None:
    chat.says("can my son have it hes 15", "check_suitability")

    assert ("yes", True) == (chat.facts[MINOR], chat.question != "age")


def test_who_asks_if_another_may_with_what_she_has_is_answered_and_offered_the_check(chat: Chat) -> None:
    text = "is it suitable for my mother, she has a slipped disc"

    answer, offer = chat.says(text, "ask_condition_herniated_disc")
    (again,) = chat.says("she's 71", "remark/tells_more")
    chat.says("yes")

    assert ("condition_herniated_disc",) == answer.topics
    assert [START_CHECK, START_CHECK] == [offer.buttons[0].payload, again.buttons[0].payload]
    assert ("nerves", "yes") == (chat.question, chat.facts["for_someone_else"])


def test_who_asks_if_it_helps_the_one_they_told_of_is_answered_and_offered_the_check(chat: Chat) -> None:
    chat.says("Hi, my father is 81, lives with us, and his back is bad", "ask_condition_chronic_pain", decision="offer")

    answer, offer = chat.says("do you think it would do him any good", "ask_benefits_general", decision="offer")
    chat.says("yes please check", "affirm")

    assert (("benefits_general",), START_CHECK) == (answer.topics, offer.buttons[0].payload)
    assert ("nerves", "yes") == (chat.question, chat.facts["age_65_plus"])


@pytest.mark.parametrize("typed", ["now me", "what about me", "ok and me then"])
def test_after_a_check_for_another_the_writer_asks_for_their_own(chat: Chat, typed: str) -> None:
    chat.says("check for my mom, she is 71", "check_suitability")
    chat.says("stop", "cancel")

    chat.says(typed, "remark/now_what")

    assert ("age", "no") == (chat.question, chat.facts["for_someone_else"])
    assert "yes" != chat.facts.get("age_65_plus")


@pytest.mark.parametrize("text", ["I'm also on blood pressure tablets", "I'm pregnant"])
def test_who_only_tells_something_is_offered_the_check_and_not_put_into_it(chat: Chat, text: str) -> None:
    (offer,) = chat.says(text, "check_suitability")

    assert (START_CHECK, None) == (offer.buttons[0].payload, chat.state.check)


def test_who_may_have_it_is_answered_from_the_article(chat: Chat) -> None:
    (reply,) = chat.says("who can have it?", "check_suitability")

    assert ("who_can_benefit",) == reply.topics


def test_a_danger_sign_told_of_the_one_spoken_of_before_is_asked_about_them(chat: Chat) -> None:
    chat.says("my partner threw out her back gardening", "ask_condition_muscle_strain", decision="offer")

    (question,) = chat.says("hardly any walking now", findings=(finding("leg_weakness_severe", "uncertain"),))

    assert "they are okay" in question.text or question.text.startswith("One thing first")


def _begins(chat: Chat, typed: str) -> None:
    if typed:
        chat.says(typed, "check_suitability")
    else:
        chat.hears(payload="check:start")


def _talks_of_something_else(chat: Chat) -> None:
    for _ in range(3):
        chat.says("does it hurt", "ask_needle_pain")


def test_the_age_of_another_told_before_counts_where_she_is_meant_again(chat: Chat) -> None:
    chat.says("my mum is 72 and has had it for years", "chitchat/acknowledge")

    chat.says("could she be checked", "check_suitability")

    assert ("nerves", "yes") == (chat.question, chat.facts[ELSE])
