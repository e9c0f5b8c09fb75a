"""Answers of the check in whole sentences: what tells is no question, what is over denies, who needs care is heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, finished_with, understood

ASKS_OF_INJURY = "ask_condition_recent_injury"


def kinds(chat: Chat, text: str, *labels: str, **understood: object) -> list[Kind]:
    """The kinds of what is said to a message."""
    return [reply.kind for reply in chat.says(text, *labels, **understood)]  # type: ignore[arg-type]


def test_what_tells_of_oneself_in_the_check_is_not_answered_as_a_question(chat: Chat) -> None:
    chat.checking(**ADULT)

    assert [Kind.CHITCHAT, Kind.QUESTION] == kinds(chat, "I was in a car crash once", ASKS_OF_INJURY)


@pytest.mark.parametrize("text", ["does it help after a crash", "needle pain", "I am worried about the needles"])
def test_what_asks_in_the_check_is_answered_whether_a_sentence_or_two_words(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    assert [Kind.ANSWER, Kind.QUESTION] == kinds(chat, text, "ask_needle_pain")


def test_a_medicine_named_in_answer_is_noted_and_no_question_about_medicines(chat: Chat) -> None:
    chat.checking(**ADULT)

    said = kinds(
        chat, "the aspirin, 81 mg", "ask_not_in_article/medication_advice", findings=(finding("nsaid_or_aspirin"),)
    )

    assert Kind.NOT_COVERED not in said
    assert "yes" == chat.facts["nsaid_or_aspirin"]


@pytest.mark.parametrize(
    "text", ["a car crash in 2010 but nothing since", "he fell years ago, nothing like that lately"]
)
def test_what_is_said_to_be_over_denies_the_list(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers("no")

    chat.says(text, ASKS_OF_INJURY, findings=(finding("major_trauma", "past"),))

    assert ("history", "no") == (chat.question, chat.facts["major_trauma"])


def test_what_is_told_as_being_so_is_not_over_whatever_follows(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    chat.says("breast cancer in 2010 but nothing since", findings=(finding("cancer_past"),))

    assert "yes" == chat.facts["cancer_past"]


def test_a_second_question_beside_the_wish_for_a_check_is_answered_first(chat: Chat) -> None:
    understood = kinds(chat, "is it ok with my pills, do i stop them", "check_suitability", "ask_session_length")

    assert [Kind.ANSWER, Kind.QUESTION] == understood


@pytest.mark.parametrize("text", ["contraindications?", "who should not have it", "when is it not advised"])
def test_who_asks_about_nobody_is_offered_the_check(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "check_suitability")

    assert (Kind.QUESTION, "", ("suitability_personal",)) == (reply.kind, chat.question, reply.topics)
    chat.says("yes")
    assert "who" == chat.question


@pytest.mark.parametrize("text", ["contraindications for someone like me", "should my dad not have it"])
def test_who_asks_about_a_person_is_checked(chat: Chat, text: str) -> None:
    chat.says(text, "check_suitability")

    assert chat.question


@pytest.mark.parametrize("text", ["38, male", "f 44", "61 years young"])
def test_age_and_sex_are_an_answer_where_the_check_asks_of_the_person(chat: Chat, text: str) -> None:
    chat.checking(for_someone_else="no")

    said = kinds(chat, text, "red_flag/urgent", confidence=0.6, decision="offer")

    assert ([Kind.QUESTION], "no", "nerves") == (said, chat.facts["minor"], chat.question)


def test_who_stopped_a_medicine_long_ago_is_judged_anew_after_the_result(chat: Chat) -> None:
    chat.checking(**ADULT, antiplatelet="yes")
    while chat.question:
        chat.says("no")

    (reply,) = chat.says("actually i came off plavix years ago", findings=(finding("antiplatelet", "past"),))

    assert ("generally_suitable_consult_first", "no") == (reply.tier, chat.facts["antiplatelet"])


def test_that_a_medicine_was_taken_long_ago_takes_nothing_back_that_was_not_told(chat: Chat) -> None:
    finished_with(chat, "no")
    before = dict(chat.facts)

    chat.says("i used to take plavix years ago", findings=(finding("antiplatelet", "past"),))

    assert before == dict(chat.facts)


def test_a_danger_sign_that_was_told_is_not_taken_back_so(chat: Chat) -> None:
    chat.checking(**ADULT)
    chat.says("i have a fever", findings=(finding("fever"),))

    chat.says("actually no fever any more", findings=(finding("fever", "absent"),))

    assert "yes" == chat.facts["fever"]


def test_worse_pain_told_where_it_is_asked_is_judged_at_once(chat: Chat) -> None:
    """Though the classifier sees a sore back in it, and no danger."""
    chat.checking(**ADULT, known_aneurysm="yes")
    while chat.question != "pain_course":
        chat.says("no")

    (reply,) = chat.says(
        "it got much worse this week",
        "chitchat/user_pain",
        findings=(finding("new_or_worse_pain"),),
        unlike_danger=True,
    )

    assert (Kind.EMERGENCY, "emergency") == (reply.kind, reply.tier)


def test_a_denial_of_danger_signs_takes_back_no_worse_pain_that_raised_them(chat: Chat) -> None:
    chat.says("I have diabetes", "check_suitability", findings=(finding("diabetes"),))
    chat.says("stop", "cancel")
    chat.says("it got worse", "chitchat/user_pain", findings=(finding("new_or_worse_pain"),), unlike_danger=True)

    chat.says("no")

    assert "yes" == chat.facts["new_or_worse_pain"]


def test_an_answer_after_a_word_of_thanks_is_one(chat: Chat) -> None:
    chat.checking(**ADULT)

    chat.says("fair enough. no", "chitchat/acknowledge")

    assert "sudden" == chat.question


def test_an_age_beside_the_wish_for_a_check_asks_nothing(chat: Chat) -> None:
    understanding = understood(
        "suitable for me? 34, female", "check_suitability", "ask_not_in_article/practitioner_choice"
    )
    parts = (
        replace(understanding.segments[0], text="suitable for me?"),
        replace(understanding.segments[1], text="34, female"),
    )

    replies = chat.hears(replace(understanding, segments=parts))

    assert ([Kind.QUESTION], "nerves") == ([reply.kind for reply in replies], chat.question)


def test_who_says_of_another_how_old_they_are_says_for_whom_the_check_is(chat: Chat) -> None:
    chat.checking()

    chat.says("no he's 19", "remark/tells_more")

    assert ("nerves", "yes", "no") == (chat.question, chat.facts["for_someone_else"], chat.facts["minor"])


def test_what_a_neighbor_asks_through_somebody_is_about_the_neighbor(chat: Chat) -> None:
    chat.says("my neighbor asked me to find out if she can have it, she is 60", "check_suitability")

    assert ("nerves", "yes") == (chat.question, chat.facts["for_someone_else"])


@pytest.mark.parametrize(("text", "question"), [("16", ""), ("actually I'm 19", "who")])
def test_an_age_told_after_a_result_for_a_minor_is_heard(chat: Chat, text: str, question: str) -> None:
    chat.checking(for_someone_else="no")
    chat.says("im a teenager", "remark/tells_more", findings=(finding("minor"),))

    *_, last = chat.says(text, "ask_not_in_article/children")

    assert question == chat.question
    assert last.kind is (Kind.QUESTION if question else Kind.OUTCOME)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("not exactly normal, no", "deny"),
        ("none of it feels right down below", "deny"),
        ("no more control than a toddler", "ask_not_in_article/children"),
        ("none of this is how it was", "red_flag/emergency"),
    ],
)
def test_a_no_that_says_something_is_wrong_denies_no_list(chat: Chat, text: str, label: str) -> None:
    chat.checking(**ADULT)

    chat.hears(replace(understood(text, label), danger=None))

    assert ("nerves", None) == (chat.question, chat.facts.get("bladder_change"))


def test_signs_denied_one_by_one_are_denied_though_they_look_like_danger(chat: Chat) -> None:
    chat.checking(**ADULT)
    denied = (finding("saddle_numbness", "absent"), finding("bladder_change", "absent"))

    chat.hears(
        replace(understood("no numbness, no bladder trouble", "red_flag/emergency", findings=denied), danger=None)
    )

    assert "sudden" == chat.question
