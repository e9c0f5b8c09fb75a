"""The three questions about pain after the check: scored, credited, dropped without a fuss."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.suitability.peg import ITEMS
from tests.conversing import Chat, finding, finished_with


def test_peg_adds_up_to_the_mean_and_names_its_source(chat: Chat) -> None:
    finished_with(chat, "no")
    first = chat.presses("Rate my pain (3 questions)")[0]

    second, third, end = (chat.says(score)[0] for score in ("7", "it is 4 out of 10", "10"))

    for item, reply in zip(ITEMS, (first, second, third), strict=True):
        assert item.text in reply.text
    assert "7 out of 10" in end.text
    assert end.notes[0].url


def test_peg_with_a_broken_mean_shows_one_decimal(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.answers("5", "5", "6")

    assert "5.3 out of 10" in reply.text


def test_zero_is_a_score(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.answers("0", "0", "0")

    assert "0 out of 10" in reply.text


def test_peg_is_dropped_for_a_question_and_the_question_answered(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.says("does it hurt", "ask_needle_pain")

    assert ("needle_pain", None) == (reply.topic, chat.state.asked)


def test_a_number_beyond_the_scale_is_not_taken_for_another(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    chat.says("15")

    assert [] == list((chat.state.asked or {"scores": []})["scores"])


def test_a_score_may_be_written_as_a_word(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.answers("five", "Seven.", "zero")

    assert "4 out of 10" in reply.text


def test_an_item_is_asked_again_once_when_no_score_was_read(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (again,) = chat.says("11")

    assert (Kind.QUESTION, True) == (again.kind, ITEMS[0].text in again.text)

    (dropped,) = chat.says("banana")

    assert (Kind.CLARIFY, None) == (dropped.kind, chat.state.asked)


def test_peg_is_stopped_when_asked_to(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.says("stop", "cancel")

    assert chat.content.phrases.wordings["peg_stopped"] == (reply.text,)
    assert chat.state.asked is None


def test_who_would_rather_not_score_their_pain_is_left_alone(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.says("i'd rather not say", "not_sure")

    assert chat.content.phrases.wordings["peg_stopped"] == (reply.text,)


def test_the_offer_is_taken_up_by_its_first_words(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("rate my pain", "ask_pain_relief")

    assert ITEMS[0].text in reply.text


def test_scores_come_with_words_around_them(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.answers("about a six", "out of 10 I'd say 8", "maybe seven, most days")

    assert "7 out of 10" in reply.text


@pytest.mark.parametrize("text", ["ok do the pain score", "can i rate my pain", "what is peg"])
def test_who_asks_for_the_scores_in_words_gets_them(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_pain_relief")

    assert reply.progress is not None
    assert "peg" == (chat.state.asked or {})["kind"]


def test_they_are_not_asked_of_who_was_sent_to_get_help(chat: Chat) -> None:
    chat.says("my legs went numb", findings=(finding("both_legs"),))

    chat.says("do the pain score", "ask_pain_relief")

    assert "peg" != (chat.state.asked or {}).get("kind")


@pytest.mark.parametrize(
    "text", ["what pain score do people get", "my pain score is 7", "does it lower the pain score"]
)
def test_who_speaks_of_scores_is_not_asked_for_theirs(chat: Chat, text: str) -> None:
    chat.says(text, "ask_pain_relief")

    assert "peg" != (chat.state.asked or {}).get("kind")
