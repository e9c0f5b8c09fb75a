"""Questions that the article answers, one or several in a message, and what is told beside them."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding


def test_a_question_is_answered_in_the_articles_own_words(chat: Chat) -> None:
    expected = " ".join(s.text for s in chat.content.topics["session_length"].first)

    (reply,) = chat.says("how long is it", "ask_session_length")

    assert (Kind.ANSWER, expected, "session_length") == (reply.kind, reply.text, reply.topic)


def test_two_questions_are_answered_in_order_with_one_consult_line(chat: Chat) -> None:
    (reply,) = chat.says("does it hurt and how long is it", "ask_needle_pain", "ask_session_length")

    assert ("needle_pain", "session_length") == reply.topics
    assert 1 == reply.as_text().count(reply.consult_first)


def test_what_the_article_leaves_open_is_said_where_it_was_asked(chat: Chat) -> None:
    cost, pain = "ask_not_in_article/cost", "ask_needle_pain"

    (first,) = chat.says("what does it cost and does it hurt", cost, pain)
    (last,) = chat.says("does it hurt and what does it cost", pain, cost)
    (between,) = chat.says("does it hurt, what does it cost and is it safe", pain, cost, "ask_is_it_safe")

    about = chat.content.gaps["cost"].about
    assert [0, 1, 1] == [
        next(place for place, paragraph in enumerate(reply.text.split("\n\n")) if about in paragraph)
        for reply in (first, last, between)
    ]
    assert ("needle_pain", "not_in_article", "is_it_safe") == between.topics


def test_a_sentence_that_answers_two_questions_is_said_once(chat: Chat) -> None:
    (reply,) = chat.says("what is it and what is qi", "ask_what_is_acupuncture", "ask_qi")

    ids = [source.id for source in reply.sources]
    assert len(ids) == len(set(ids))
    for sentence in chat.content.topics["qi"].first:
        assert 1 == reply.text.count(sentence.text)


def test_of_many_questions_at_once_the_first_four_are_answered(chat: Chat) -> None:
    labels = ("ask_qi", "ask_mobility", "ask_stress", "ask_is_it_safe", "ask_side_effects", "ask_needle_pain")

    (reply,) = chat.says("everything", *labels)

    assert ("qi", "mobility", "stress", "is_it_safe") == reply.topics


def test_an_answered_question_and_an_open_one_get_one_reply_with_one_consult_line(chat: Chat) -> None:
    (reply,) = chat.says("does it hurt and what does it cost", "ask_needle_pain", "ask_not_in_article/cost")

    assert (Kind.ANSWER, {"gaps": ["cost"]}) == (reply.kind, reply.record)
    assert all(sentence.text in reply.text for sentence in chat.content.topics["needle_pain"].first)
    assert chat.content.gaps["cost"].about in reply.text
    assert "Talk to a person" in [button.title for button in reply.buttons]


def test_how_to_ask_the_clinic_is_said_once_however_many_open_questions_there_are(chat: Chat) -> None:
    labels = ("ask_not_in_article/cost", "ask_needle_pain", "ask_not_in_article/hours")

    (reply,) = chat.says("cost, does it hurt, hours", *labels)

    assert 1 == reply.text.count(chat.content.clinic.contact)
    assert {"gaps": ["cost", "hours"]} == reply.record


def test_the_second_of_two_is_the_open_one_when_it_was_asked_second(chat: Chat) -> None:
    chat.says("does it hurt and what does it cost", "ask_needle_pain", "ask_not_in_article/cost")

    (reply,) = chat.says("the second one please")

    assert {"gaps": ["cost"]} == reply.record


def test_two_open_questions_get_one_reply_that_names_both_and_repeats_nothing(chat: Chat) -> None:
    (reply,) = chat.says("price, and where are you", "ask_not_in_article/cost", "ask_not_in_article/location")

    assert {"gaps": ["cost", "location"]} == reply.record
    for subject in ("cost", "location"):
        assert chat.content.gaps[subject].about in reply.text
    sentences = reply.text.split(". ")
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("text", ["just roughly, ten? twenty?", "a ballpark figure?", "surely you know"])
def test_a_gap_that_is_pressed_stays_the_same_gap(chat: Chat, text: str) -> None:
    chat.says("what does it cost", "ask_not_in_article/cost")
    (reply,) = chat.says(text, "ask_sessions_needed")

    assert {"gaps": ["cost"]} == reply.record


@pytest.mark.parametrize("text", ["https://example.org/a?b=c", "www.example.org"])
def test_an_address_alone_is_off_topic(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_not_in_article/booking")

    assert ("out_of_scope",) == reply.topics


def test_is_it_safe_asked_after_a_health_fact_offers_the_check(chat: Chat) -> None:
    chat.says("I am 34 weeks pregnant", "chitchat/user_pain", findings=(finding("pregnant"),))

    answer, offer = chat.says("is acupuncture ok", "ask_is_it_safe")

    assert ("is_it_safe",) == answer.topics
    assert "Yes, check it" == offer.buttons[0].title


def test_conditions_told_with_the_wish_for_the_check_are_no_question_of_their_own(chat: Chat) -> None:
    replies = chat.says(
        "diabetes and a bad disc, can I have it", "ask_not_in_article/other_conditions", "check_suitability"
    )

    assert [Kind.QUESTION] == [reply.kind for reply in replies]


@pytest.mark.parametrize("text", ["whats the point of it", "why would i want that", "why would anyone bother"])
def test_asking_what_it_is_good_for_is_no_question_about_the_chat(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "why_ask")

    assert "benefits_general" == reply.topic


def test_what_is_told_in_words_not_understood_is_taken_up_by_an_offer_of_the_check(chat: Chat) -> None:
    (reply,) = chat.says("the docs put a stent in, grmpf", findings=(finding("heart_condition"),))

    assert ["Yes, check it", "Not now"] == [button.title for button in reply.buttons]

    (reply,) = chat.says("yes")

    assert (Kind.QUESTION, "who") == (reply.kind, chat.question)


def test_how_many_of_them_there_are_is_asked_of_the_needles(chat: Chat) -> None:
    chat.says("do the needles hurt", "ask_needle_pain")
    (reply,) = chat.says("how many are there", "steer_check/how_many_left")

    assert ("needle_number_place",) == chat.state.gaps
    assert reply.record["gaps"] == ["needle_number_place"]
