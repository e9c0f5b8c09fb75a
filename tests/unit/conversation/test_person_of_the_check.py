"""For whom a check is: not asked again where the words say so, and heard in every question."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.suitability_check.person import told_of_the_person
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer
from tests.conversing import ADULT, Chat, finding


def test_who_tells_of_herself_with_her_age_is_asked_about_her_health_at_once(chat: Chat) -> None:
    chat.says("64, pacemaker, am I allowed", "check_suitability", findings=(finding("pacemaker"),))

    assert "nerves" == chat.question


def test_nobody_asks_whether_a_mother_is_under_eighteen(chat: Chat) -> None:
    (reply,) = chat.says("can my mam have it", "check_suitability")

    assert "nerves" == chat.question
    assert chat.content.rules.question("nerves").text_other in reply.text


def test_an_age_told_in_a_long_answer_to_for_whom_is_heard(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    chat.says("it is for my granny who is 88 and had her pacemaker fitted last year", findings=())

    assert "nerves" == chat.question


def test_who_says_not_a_kid_is_no_child(chat: Chat) -> None:
    chat.says("check", "check_suitability")
    chat.says("no")

    chat.says("not a kid")

    assert "nerves" == chat.question


def test_a_child_is_told_to_see_a_doctor_and_asked_no_more(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    (reply,) = chat.says("for my 9 year old son")

    assert (Kind.OUTCOME, "") == (reply.kind, chat.question)
    assert "yes" == chat.facts["minor"]


def test_for_another_adult_the_questions_speak_of_them(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    (reply,) = chat.says("it is for my mother")

    assert chat.content.rules.question("nerves").text_other in reply.text


def test_for_myself_goes_on_with_the_first_health_question(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    chat.says("for me")
    assert "age" == chat.question

    chat.says("yep, 45")

    assert "nerves" == chat.question


def test_naming_ones_child_in_the_middle_of_the_check_does_not_make_it_about_the_child(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")
    asked = chat.question

    chat.says("can my son come along", "ask_not_in_article/children")

    assert asked == chat.question


def test_who_asks_for_help_for_a_mother_does_not_ask_for_themselves() -> None:
    told = told_of_the_person("can you help me, my mum is 80, can she have it", {})

    assert Answer.NO is not told.get(SOMEONE_ELSE)


@pytest.mark.parametrize(
    ("text", "is_for_another"),
    [
        ("my daughter would drive me. can she come in?", False),
        ("my wife is driving me, can she sit in", False),
        ("my husband brings me, may he wait with me", False),
        ("my wife has a bad back too. can she come in?", True),
        ("my daughter drives a truck. can she have it?", True),
    ],
)
def test_whoever_only_comes_along_is_not_the_one_who_needs_care(text: str, is_for_another: bool) -> None:
    assert is_for_another == (told_of_the_person(text, {}).get(SOMEONE_ELSE) is Answer.YES)


def test_the_result_for_someone_else_says_who_is_meant(chat: Chat) -> None:
    (who,) = chat.content.phrases.wordings["outcome_for_other"]
    chat.checking(for_someone_else="yes", minor="no")
    while chat.question:
        (reply,) = chat.says("no")

    assert (Kind.OUTCOME, True) == (reply.kind, who in reply.text)


def test_the_check_can_turn_out_to_be_for_oneself(chat: Chat) -> None:
    chat.checking(for_someone_else="yes", minor="no")

    chat.says("i changed my mind, it's for me", "cancel")

    assert "no" == chat.facts["for_someone_else"]
    assert chat.question


@pytest.mark.parametrize("text", ["yes please check", "ok please do", "yes please check me"])
def test_glad_of_the_check_says_nothing_of_who_it_is_for(chat: Chat, text: str) -> None:
    chat.says("can i have the check", "check_suitability")

    chat.says(text, "affirm")

    assert ("who", {}) == (chat.question, dict(chat.facts))


@pytest.mark.parametrize("subject", ["family", "other"])
@pytest.mark.parametrize("text", ["she's diabetic", "my gran has diabetes", "gran's diabetic"])
def test_in_a_check_for_another_what_is_told_of_them_counts(chat: Chat, subject: str, text: str) -> None:
    """The net reads one message and takes a relative's illness for family history."""
    chat.checking(for_someone_else="yes", minor="no")

    chat.says(text, findings=(finding("diabetes", subject=subject),), unlike_danger=True)

    assert "yes" == chat.facts["diabetes"]


@pytest.mark.parametrize(
    ("whose", "text"),
    [
        ("yes", "her sister is diabetic"),
        ("yes", "his dog has diabetes"),
        ("no", "my gran has diabetes"),
        ("no", "she has it"),
    ],
)
def test_what_others_have_counts_for_nobody(chat: Chat, whose: str, text: str) -> None:
    chat.checking(for_someone_else=whose, minor="no")

    chat.says(text, findings=(finding("diabetes", subject="family"),), unlike_danger=True)

    assert "diabetes" not in chat.facts


def test_a_danger_sign_of_the_one_the_check_is_for_alarms_however_the_net_takes_it(chat: Chat) -> None:
    chat.checking(for_someone_else="yes", minor="no")

    (reply,) = chat.says("the lady cannot hold her pee", findings=(finding("bladder_change", subject="other"),))

    assert Kind.EMERGENCY is reply.kind


def test_who_asks_whether_they_sound_like_a_kid_is_no_kid(chat: Chat) -> None:
    chat.checking(for_someone_else="no")

    chat.says("do i sound like a kid", decision="refuse")

    assert "age" == chat.question


@pytest.mark.parametrize(
    "text",
    [
        "is acupuncture possible for my husband",
        "a friend of mine wants to know if she can get acupuncture",
        "my partner has been told to try acupuncture, ok for him?",
        "I look after a lady with back pain. Would she be able to have it?",
    ],
)
def test_who_asks_whether_somebody_else_may_have_it_gets_a_check_where_that_is_one_reading(
    chat: Chat, text: str
) -> None:
    (reply,) = chat.says(text, "ask_benefits_general", others=("check_suitability",), decision="offer", confidence=0.4)

    assert (Kind.QUESTION, "yes") == (reply.kind, chat.facts[SOMEONE_ELSE])


@pytest.mark.parametrize("text", ["my wife loves it, can I have it for a week", "how it works for my mum"])
def test_what_is_asked_of_somebody_else_in_other_words_is_asked_back(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_benefits_general", others=("check_suitability",), decision="offer", confidence=0.4)

    assert Kind.CLARIFY is reply.kind


@pytest.mark.parametrize("text", ["can you check whether I'm suitable", "check if it would suit me please"])
def test_who_asks_if_they_themselves_may_is_not_asked_for_whom_it_is(chat: Chat, text: str) -> None:
    chat.says(text, "check_suitability")

    assert "no" == chat.facts["for_someone_else"]
