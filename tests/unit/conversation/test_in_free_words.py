"""Answers to the check in free words that hold no yes or no, and what only sounds like danger where it is asked of."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding


@pytest.mark.parametrize("label", ["remark/no_symptoms", "deny"])
def test_who_says_that_all_is_well_has_denied(chat: Chat, label: str) -> None:
    chat.checking(**ADULT).says("everything works as it should down there", label)

    assert "sudden" == chat.question


def test_who_says_only_that_it_is_all_has_denied_nothing(chat: Chat) -> None:
    chat.checking(**ADULT).says("that would be all", "steer_check/no_more")

    assert "nerves" == chat.question


def test_all_is_well_beside_something_told_denies_nothing(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "no")

    chat.says("healthy as a horse, just on chemo", "remark/no_symptoms", findings=(finding("chemo_or_radiation"),))

    assert ("infection_risk", "yes") == (chat.question, chat.facts["chemo_or_radiation"])


@pytest.mark.parametrize(
    ("noes", "text", "fact"),
    [
        (4, "I pulled it lifting a box", "minor_injury_pain"),
        (4, "just twisted funny at golf", "minor_injury_pain"),
        (8, "needles make me queasy", "needle_fear"),
        (9, "it goes down to my calf", "leg_pain_stable"),
        (9, "never bothered a doctor with it", "pain_unchecked"),
        (9, "haven't been, no insurance", "pain_unchecked"),
    ],
)
def test_what_a_question_lists_is_noted_in_words_of_its_own(chat: Chat, noes: int, text: str, fact: str) -> None:
    chat.checking(**ADULT).answers(*["no"] * noes)

    chat.says(text, "ask_consult_provider", decision="refuse")

    assert "yes" == chat.facts[fact]


@pytest.mark.parametrize("text", ["I never lift, no lifting here", "my mother twisted hers"])
def test_what_is_denied_or_of_another_is_not(chat: Chat, text: str) -> None:
    chat.checking(**ADULT).answers(*["no"] * 4)

    chat.says(text, "chitchat/user_pain", decision="refuse")

    assert "yes" != chat.facts.get("minor_injury_pain")


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("the same old ache for thirty years", "signs"),
        ("no worse than it was", "signs"),
        ("thirty years, but worse since May", "pain_course"),
    ],
)
def test_a_pain_that_is_the_same_as_ever_is_neither_new_nor_worse(chat: Chat, text: str, then: str) -> None:
    chat.checking(**ADULT, diabetes="yes").answers(*["no"] * 5)
    assert "pain_course" == chat.question

    chat.says(text, "chitchat/user_pain", decision="offer")

    assert then == chat.question


def test_an_operation_told_to_who_asks_of_one_is_noted(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "no")

    chat.says(
        "I had a cortisone shot", decision="refuse", findings=(finding("recent_surgery_or_injection", "uncertain"),)
    )

    assert "yes" == chat.facts["recent_surgery_or_injection"]


def test_words_like_danger_are_asked_about_by_the_list_on_screen(chat: Chat) -> None:
    chat.checking(**ADULT)
    text = "used to have a numb toe, it went away"

    replies = chat.says(text, "red_flag/urgent", decision="refuse", confidence=0.8)

    assert (Kind.QUESTION, "nerves") == (replies[-1].kind, chat.question)
    assert chat.state.asked is None


def test_a_no_beside_words_like_danger_is_no_plain_no(chat: Chat) -> None:
    """The list of danger signs is put once more, in simpler words."""
    text = "no symptoms other than dead toes on both feet"

    chat.checking(**ADULT).says(text, "red_flag/emergency", decision="refuse", confidence=0.4)

    assert "nerves" == chat.question and "saddle_numbness" not in chat.facts


def test_what_is_only_like_an_urgent_sign_is_left_to_the_list_of_them(chat: Chat) -> None:
    chat.checking(**ADULT).answers(*["no"] * 4)

    chat.says("no falls, it just appeared", "red_flag/urgent", decision="refuse", confidence=0.5)
    assert ("signs", None) == (chat.question, chat.state.asked)

    chat.says("no", "deny")
    chat.says("I come out in a rash at times", "red_flag/urgent", decision="refuse", confidence=0.5)
    assert "danger" == (chat.state.asked or {}).get("kind")


@pytest.mark.parametrize(
    ("text", "then"),
    [("nothing dramatic, just age", "signs"), ("nothing broken, I was sore after a tumble", "bones")],
)
def test_who_says_nothing_and_tells_nothing_has_denied(chat: Chat, text: str, then: str) -> None:
    chat.checking(**ADULT).answers(*["no"] * 4)

    chat.says(text, "ask_results_how_soon", decision="refuse")

    assert then == chat.question


def test_words_like_despair_that_ask_for_somebody_else_are_of_the_check(chat: Chat) -> None:
    chat.checking(**ADULT).says("no")
    text = "sorry can we do it for my husband"

    chat.says(
        text,
        "red_flag/crisis",
        decision="offer",
        findings=(finding("for_someone_else"),),
        confidence=0.5,
        lead=-0.08,
    )

    assert ("age", "yes") == (chat.question, chat.facts["for_someone_else"]) or "nerves" == chat.question


def test_despair_beside_such_words_is_asked_about(chat: Chat) -> None:
    chat.checking(**ADULT).says("no")
    text = "do it for my husband, I won't be around much longer"

    chat.says(
        text,
        "red_flag/crisis",
        decision="offer",
        confidence=0.5,
        lead=-0.02,
    )

    assert "danger" == (chat.state.asked or {}).get("kind")


def test_do_it_again_begins_the_check_anew(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    chat.says("I made a mess of this, do it again then", "correct_answer", decision="offer")

    assert chat.question in ("who", "age", "nerves") and "history" != chat.question


def test_a_question_behind_a_no_is_answered(chat: Chat) -> None:
    chat.checking(**ADULT)

    replies = chat.says("no. are the needles sterile?", "ask_needles_sterile")

    assert ("needles_sterile", "sudden") == (replies[0].topic, chat.question)
