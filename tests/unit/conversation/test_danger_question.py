"""The question about an unclear danger sign: what each answer leads to, and what happens when there is none."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind, Reply
from bot.suitability.tiers import Tier
from tests.conversing import Chat, finding, said_by

NUMB = finding("saddle_numbness")
MAYBE_NUMB = finding("saddle_numbness", "uncertain")


def asked_about_numbness(chat: Chat, *labels: str) -> tuple[Reply, ...]:
    """The one clarifying question."""
    return chat.says("maybe numb there", *labels, findings=(MAYBE_NUMB,))


@pytest.mark.parametrize("text", ["yes", "Yes I do", "yeah"])
def test_yes_to_the_danger_question_is_an_emergency(chat: Chat, text: str) -> None:
    asked_about_numbness(chat)

    (reply,) = chat.says(text)

    assert (Kind.EMERGENCY, "emergency") == (reply.kind, reply.tier)


def test_yes_to_the_danger_question_is_remembered_for_a_check_later(chat: Chat) -> None:
    asked_about_numbness(chat)

    chat.says("yes")

    assert "yes" == chat.facts["saddle_numbness"]


def test_no_to_the_danger_question_answers_what_was_asked_beside_it(chat: Chat) -> None:
    asked_about_numbness(chat, "ask_session_length")

    (reply,) = chat.says("no")

    assert "session_length" == reply.topic


def test_no_to_the_danger_question_with_nothing_beside_it_says_that_all_is_well(chat: Chat) -> None:
    asked_about_numbness(chat)

    (reply,) = chat.says("no")

    assert (Kind.CHITCHAT, "no") == (reply.kind, chat.facts["saddle_numbness"])


def test_no_to_the_question_about_suicide_still_names_the_crisis_line(chat: Chat) -> None:
    chat.says("i do not know if i want to be here", findings=(finding("suicidal", "uncertain"),))

    (reply,) = chat.says("no")

    assert "988" in reply.text


def test_not_sure_to_the_danger_question_is_urgent(chat: Chat) -> None:
    asked_about_numbness(chat)

    (reply,) = chat.says("not sure")

    assert (Kind.OUTCOME, "urgent") == (reply.kind, reply.tier)


def test_not_sure_about_suicide_is_a_crisis(chat: Chat) -> None:
    chat.says("i do not know if i want to be here", findings=(finding("suicidal", "uncertain"),))

    replies = chat.says("not sure") if chat.state.asked else ()

    assert not replies or "988" in replies[0].as_text().splitlines()[0]


def test_a_danger_question_put_again_says_why_and_still_where_to_get_help(chat: Chat) -> None:
    asked_about_numbness(chat)

    (again,) = chat.says("why do you ask", "why_ask")

    assert "911" in again.text
    assert chat.content.phrases.wordings["danger_why"][0] in again.text


def test_a_question_that_a_likeness_of_words_raised_is_let_go_when_ignored_twice_and_what_is_asked_is_answered(
    chat: Chat,
) -> None:
    chat.says("my back is bad since the forklift", "red_flag/emergency", confidence=0.6)
    assert chat.state.asked
    chat.says("would it help", "ask_is_it_safe")

    reminded, answered = chat.says("how long is a visit", "ask_session_length")

    assert "911" in reminded.text
    assert (Kind.ANSWER, "session_length", None) == (answered.kind, answered.topic, chat.state.asked)


def test_an_ok_to_a_question_that_a_likeness_of_words_raised_gets_one_reply(chat: Chat) -> None:
    chat.says("130 kilos", "red_flag/urgent", confidence=0.4)
    chat.says("can the needles still reach", "ask_not_in_article/needle_number_place")

    (left,) = chat.says("ok", "chitchat/acknowledge")

    assert left.text in said_by(chat, "danger_left_open")


def test_a_danger_question_ignored_once_is_put_again_and_ignored_twice_is_urgent(chat: Chat) -> None:
    asked_about_numbness(chat)

    first, second = chat.says("grmpf"), chat.says("grmpf")

    assert Kind.QUESTION is first[-1].kind
    assert (Kind.OUTCOME, Tier.URGENT.id) == (second[0].kind, second[0].tier)


@pytest.mark.parametrize(
    ("fact", "help_is_named"),
    [("saddle_numbness", "911"), ("urinary_infection_signs", "urgent care"), ("suicidal", "988")],
)
def test_who_asks_two_other_questions_over_a_danger_question_is_answered_and_reads_when_to_get_help(
    chat: Chat, fact: str, help_is_named: str
) -> None:
    chat.says("maybe", findings=(finding(fact, "uncertain"),))
    chat.says("would it help", "ask_is_it_safe")

    left, answered = chat.says("how long is a visit", "ask_session_length")

    assert help_is_named in left.text
    assert (None, "session_length", None) == (left.tier or None, answered.topic, chat.state.asked)
    assert fact not in chat.facts


def test_who_goes_on_telling_over_a_danger_question_gets_the_more_cautious_advice(chat: Chat) -> None:
    asked_about_numbness(chat)
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says("since the boxes", "ask_session_length")

    assert (Kind.OUTCOME, "urgent") == (reply.kind, reply.tier)


def test_who_asks_about_the_very_sign_over_a_danger_question_has_not_asked_for_something_else(chat: Chat) -> None:
    asked_about_numbness(chat)
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says(
        "is it safe if I am numb there?", "ask_is_it_safe", findings=(finding("saddle_numbness", "hypothetical"),)
    )

    assert (Kind.OUTCOME, "urgent") == (reply.kind, reply.tier)


def test_a_question_asked_over_the_danger_question_is_answered_and_the_danger_question_put_again(chat: Chat) -> None:
    asked_about_numbness(chat)

    replies = chat.says("how long is a visit", "ask_session_length")

    assert ["session_length", "red_flag"] == [reply.topic for reply in replies]


@pytest.mark.parametrize(
    ("fact", "first"), [("urinary_infection_signs", "urgent care today"), ("saddle_numbness", "call 911")]
)
def test_the_danger_question_says_how_soon_help_is_needed(chat: Chat, fact: str, first: str) -> None:
    (reply,) = chat.says("not sure what this is", findings=(finding(fact, "uncertain"),))

    assert first in reply.text.partition("If so, ")[2].partition(".")[0]
    assert "911" in reply.text


def test_yes_by_button_is_an_emergency(chat: Chat) -> None:
    asked_about_numbness(chat)

    (reply,) = chat.presses("Yes")

    assert Kind.EMERGENCY is reply.kind


def test_no_inside_the_check_goes_on_with_the_check(chat: Chat) -> None:
    chat.checking()
    asked = chat.question
    asked_about_numbness(chat)

    replies = chat.says("no")

    assert (Kind.QUESTION, asked) == (replies[-1].kind, chat.question)


@pytest.mark.parametrize("text", ["emotionally i mean", "just an expression", "not literally", "i was joking"])
def test_words_that_were_an_image_answer_the_question_with_no(chat: Chat, text: str) -> None:
    asked_about_numbness(chat)

    replies = chat.says(text)

    assert "no" == chat.facts["saddle_numbness"]
    assert all(reply.kind is not Kind.QUESTION for reply in replies)


def test_a_wish_to_die_is_no_image(chat: Chat) -> None:
    chat.says("dunno if i go on", findings=(finding("suicidal", "uncertain"),))

    (*_, reply) = chat.says("just an expression")

    assert Kind.QUESTION is reply.kind


def test_a_danger_sign_told_of_another_is_asked_about_of_them(chat: Chat) -> None:
    of_another = (finding("for_someone_else"), finding("fever", status="uncertain"))

    (asked,) = chat.says("my husband may have a fever", findings=of_another)
    *_, again = chat.says("for him")

    assert "they are okay" in asked.text
    assert "they are okay" in again.text


def told_of_dementia_and_maybe_confused(chat: Chat) -> tuple[Reply, ...]:
    """What ends the check by itself, in one message with what is asked about as a danger sign."""
    chat.checking(for_someone_else="yes", minor="no")
    while chat.question != "health":
        chat.says("no")
    return chat.says(
        "she is a bit confused these days with her dementia",
        findings=(finding("cannot_consent"), finding("sepsis_signs", "uncertain")),
    )


def test_the_result_of_a_check_waits_for_the_answer_to_a_danger_question(chat: Chat) -> None:
    (asked,) = told_of_dementia_and_maybe_confused(chat)

    *_, told = chat.says("no")

    assert (Kind.QUESTION, "red_flag") == (asked.kind, asked.topic)
    assert (Kind.OUTCOME, "not_suitable") == (told.kind, told.tier)


def test_a_yes_to_a_danger_question_that_came_with_the_end_of_the_check_is_an_emergency(chat: Chat) -> None:
    told_of_dementia_and_maybe_confused(chat)

    (reply,) = chat.says("yes")

    assert (Kind.EMERGENCY, "emergency") == (reply.kind, reply.tier)


@pytest.mark.parametrize("text", ["I'm okay though", "no he's fine now", "I feel fine now thanks"])
def test_who_says_to_be_well_has_denied_what_was_asked_about(chat: Chat, text: str) -> None:
    chat.says("I nearly passed out", findings=(finding("other_emergency", "uncertain"),))

    (reply,) = chat.says(text, "chitchat/acknowledge")

    assert reply.text in said_by(chat, "danger_cleared")


@pytest.mark.parametrize(
    ("text", "asks_again"),
    [
        ("it was checked at the hospital", False),
        ("had an x-ray, nothing broken", False),
        ("the doctor looked at it", False),
        ("it hurts when I lift", True),
    ],
)
def test_an_injury_that_somebody_has_checked_is_no_unchecked_one(chat: Chat, text: str, asks_again: bool) -> None:
    chat.says("I was in a crash last month", findings=(finding("unchecked_injury", "uncertain"),))

    replies = chat.says(text, "chitchat/acknowledge")

    assert asks_again is (chat.state.asked is not None and chat.state.asked["kind"] == "danger")
    assert asks_again or replies[0].text in said_by(chat, "danger_cleared")


def test_who_says_to_be_not_well_has_denied_nothing(chat: Chat) -> None:
    chat.says("I nearly passed out", findings=(finding("other_emergency", "uncertain"),))

    chat.says("I'm not fine", "chitchat/acknowledge")

    assert chat.state.asked is not None


@pytest.mark.parametrize(
    ("text", "asks_again"),
    [
        ("It's been checked, nothing broken", False),
        ("doctor looked at it and all was clear", False),
        ("I had an x-ray and it came back normal", False),
        ("it's been checked", True),
        ("nobody has checked it, nothing broken I think", True),
        ("nothing is broken", True),
    ],
)
def test_what_a_likeness_of_words_asked_about_is_answered_by_who_was_checked_and_found_well(
    chat: Chat, text: str, asks_again: bool
) -> None:
    chat.says("slipped on the ice and it still hurts", "red_flag/urgent", confidence=0.6)
    assert chat.state.asked is not None

    chat.says(text)

    assert asks_again == (chat.state.asked is not None)
