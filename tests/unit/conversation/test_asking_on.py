"""A few words that mean nothing without the answer before them are asked of that answer."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat

LIKE_IT = "asks_on"


def test_they_are_about_the_topic_answered_last(chat: Chat) -> None:
    chat.says("are the needles sore", "ask_needle_pain")

    first, again = (chat.says(text, LIKE_IT)[0] for text in ("even at the start", "and low down"))

    topic = chat.content.topics["needle_pain"]
    assert {source.id for source in first.sources} == {sentence.id for sentence in topic.more}
    assert again.topics == first.topics == ("needle_pain",)


def test_they_are_about_what_was_left_open_last(chat: Chat) -> None:
    chat.says("what is the price", "ask_not_in_article/cost")

    (reply,) = chat.says("roughly, like", LIKE_IT)

    assert reply.kind is Kind.NOT_COVERED
    assert chat.state.gaps == ("cost",)


def test_they_are_about_the_last_of_several_answers(chat: Chat) -> None:
    chat.says("how many, and does it hurt", "ask_sessions_needed", "ask_needle_pain")

    (reply,) = chat.says("only at first?", LIKE_IT)

    assert reply.topics == ("needle_pain",)


def test_where_nothing_was_answered_they_ask_for_nothing(chat: Chat) -> None:
    (reply,) = chat.says("even at the start", LIKE_IT)

    assert reply.sources == ()


def test_after_what_was_told_they_go_on_telling(chat: Chat) -> None:
    chat.says("are the needles sore", "ask_needle_pain")
    chat.says("my back is killing me", "chitchat/user_pain")

    (reply,) = chat.says("even at night", LIKE_IT)

    assert "needle_pain" not in reply.topics


def test_to_a_question_of_the_check_they_are_no_follow_up(chat: Chat) -> None:
    chat.says("are the needles sore", "ask_needle_pain")
    chat.checking(**ADULT)

    replies = chat.says("each time or just once", LIKE_IT)

    assert all("needle_pain" not in reply.topics for reply in replies)
    assert chat.state.check is not None


def test_after_did_you_mean_they_are_about_what_it_named_first(chat: Chat) -> None:
    chat.says("will this affect my runs", "ask_not_in_article/bathing_exercise_after", decision="offer", confidence=0.5)

    (reply,) = chat.says("even easy ones?", LIKE_IT)

    assert reply.kind is Kind.NOT_COVERED
    assert chat.state.gaps == ("bathing_exercise_after",)


def test_the_ways_in_that_everybody_is_offered_are_not_leant_on(chat: Chat) -> None:
    chat.says("blub")

    (reply,) = chat.says("even easy ones?", LIKE_IT)

    assert "what_is_acupuncture" != reply.topic
    assert reply.sources == ()


@pytest.mark.parametrize("case", ["every morning", "same week", "for the whole half hour"])
def test_a_case_of_what_was_answered_is_asked_of_that(case: str, chat: Chat) -> None:
    chat.says("should I stretch", "ask_exercise_or_stretching")

    (reply,) = chat.says(case, "remark/tells_more")

    assert reply.topics == ("exercise_or_stretching",)


@pytest.mark.parametrize("told", ["crane operator", "at my desk all day"])
def test_who_says_what_they_do_after_an_answer_tells_it(told: str, chat: Chat) -> None:
    chat.says("what causes back pain", "ask_causes_of_back_pain")

    (reply,) = chat.says(told, "remark/tells_more")

    assert reply.kind is Kind.CHITCHAT


def test_few_words_that_say_which_are_about_what_was_left_open(chat: Chat) -> None:
    chat.says("do you take insurance", "ask_not_in_article/insurance")

    (reply,) = chat.says("mine is kaiser", "ask_not_in_article/insurance", confidence=0.9)

    assert reply.kind is Kind.NOT_COVERED


def test_an_example_of_what_was_answered_is_no_wish_for_more(chat: Chat) -> None:
    (answer,) = chat.says("any side effects", "ask_side_effects")
    chat.says("tell me more", "more")

    (reply,) = chat.says("such as", "more")

    assert reply.topics == answer.topics


def test_a_place_in_an_answer_that_lists_means_what_stands_there(chat: Chat) -> None:
    chat.says("what are the benefits", "ask_benefits_general")

    (third,) = chat.says("wait, what was the third one", "wrong_answer")
    (other,) = chat.says("and number one", "wrong_answer")

    assert third.topics == ("stress",)
    assert other.topics != third.topics


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("is acupuncture ok for my son", Kind.QUESTION),
        ("can my niece have acupuncture", Kind.QUESTION),
        ("is acupuncture ok for my little son", Kind.NOT_COVERED),
        ("is acupuncture safe for my 9 year old daughter", Kind.NOT_COVERED),
    ],
)
def test_a_son_may_be_grown_and_the_check_asks_his_age_first(asked: str, kind: Kind, chat: Chat) -> None:
    reply, *_ = chat.says(asked, "ask_not_in_article/children")

    assert reply.kind is kind


@pytest.mark.parametrize("case", ["per hour?", "all in", "ish"])
def test_how_a_price_is_reckoned_is_asked_of_the_price(case: str, chat: Chat) -> None:
    chat.says("how much is it", "ask_not_in_article/cost")

    (reply,) = chat.says(case, "ask_session_length")

    assert reply.kind is Kind.NOT_COVERED
    assert chat.state.gaps == ("cost",)
