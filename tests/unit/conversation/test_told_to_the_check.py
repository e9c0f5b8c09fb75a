"""What is told before the check or beside its questions: it counts, is read back, and can be put right."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding, said_by


@pytest.mark.parametrize(
    "text", ["what happens if I say not sure", "and what if i press the wrong one?", "what do you do when I answer yes"]
)
def test_who_asks_what_an_answer_leads_to_is_told_and_asked_again(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)
    asked = chat.question
    heard, _ = chat.says(text)

    assert heard.text in said_by(chat, "check_if_answered")
    assert asked == chat.question


def test_what_was_told_before_is_not_asked_again(chat: Chat) -> None:
    chat.says("i am pregnant", "chitchat/user_feeling", findings=(finding("pregnant"),))

    chat.says("can i have it", "check_suitability")

    assert "yes" == chat.facts["pregnant"]
    asked = []
    for _ in range(60):
        if not chat.question:
            break
        asked.append(chat.says("no")[-1].text)
    assert not any("Pregnant, or could be" in text for text in asked)


def test_what_was_told_is_read_back_where_the_check_begins_and_what_was_denied_is_not(chat: Chat) -> None:
    facts = chat.content.rules.facts
    chat.says("no diabetes here", "chitchat/acknowledge", findings=(finding("diabetes", "absent"),))

    wish = "can i have it, pregnant and on eliquis"
    (begun,) = chat.says(wish, "check_suitability", findings=(finding("pregnant"), finding("anticoagulant")))

    assert f"{facts['pregnant'].called} and {facts['anticoagulant'].called}" in begun.text
    assert facts["diabetes"].called not in begun.text


def test_who_names_again_what_they_told_is_heard_before_the_question_comes_again(chat: Chat) -> None:
    chat.checking(**ADULT, diabetes="yes")
    while chat.question != "infection_risk":
        chat.says("no")

    heard, _ = chat.says("yes, diabetes", "affirm", findings=(finding("diabetes"),))

    assert chat.content.rules.facts["diabetes"].called in heard.text
    assert "infection_risk" == chat.question


def test_what_was_read_back_wrongly_can_be_put_right_at_once(chat: Chat) -> None:
    chat.says("am i ok, no blood thinners lol", "check_suitability", findings=(finding("anticoagulant"),))

    noted, question = chat.says("actually i don't take any", "deny", findings=(finding("anticoagulant", "absent"),))

    assert "no" == chat.facts["anticoagulant"]
    assert (Kind.CHITCHAT, Kind.QUESTION) == (noted.kind, question.kind)


def test_two_medicines_of_one_name_are_read_back_once(chat: Chat) -> None:
    (begun,) = chat.says(
        "am i ok on eliquis and plavix",
        "check_suitability",
        findings=(finding("anticoagulant"), finding("antiplatelet")),
    )

    assert 1 == begun.text.count(chat.content.rules.facts["anticoagulant"].called)


def test_what_is_told_where_it_is_unclear_whether_the_check_is_wished_for_offers_it(chat: Chat) -> None:
    told = (finding("cancer_now"),)

    (reply,) = chat.says("i have cancer, does it help", "check_suitability", decision="offer", findings=told)

    assert Kind.QUESTION is reply.kind
    assert chat.content.rules.facts["cancer_now"].called in reply.text


def test_a_health_fact_told_with_a_question_offers_the_check(chat: Chat) -> None:
    answered, offered = chat.says("i am pregnant, does it hurt", "ask_needle_pain", findings=(finding("pregnant"),))

    assert [Kind.ANSWER, Kind.QUESTION] == [answered.kind, offered.kind]
    assert answered.consult_first != offered.consult_first

    (reply,) = chat.says("yes please")

    assert (Kind.QUESTION, "suitability_personal") == (reply.kind, reply.topic)
    assert chat.question


def test_a_fact_told_in_place_of_an_answer_is_taken_as_the_answer(chat: Chat) -> None:
    chat.checking(**ADULT)
    while chat.question != "blood":
        chat.says("no")

    chat.says("i take eliquis", findings=(finding("anticoagulant"),))

    assert "yes" == chat.facts["anticoagulant"]


def test_what_is_told_beside_the_question_is_acknowledged(chat: Chat) -> None:
    chat.checking(**ADULT)

    noted, question = chat.says("i take warfarin", findings=(finding("anticoagulant"),))

    assert noted.text in said_by(chat, "check_noted_this", chat.content.rules.facts["anticoagulant"].called)
    assert Kind.QUESTION is question.kind


def test_what_is_long_over_is_heard_in_the_check_and_the_question_put_again(chat: Chat) -> None:
    chat.checking(**ADULT)

    heard, question = chat.says("I fell off my bike when I was 12", findings=(finding("major_trauma", "past"),))

    assert heard.text in said_by(chat, "told_in_check")
    assert Kind.QUESTION is question.kind


def test_what_counts_is_told_in_the_check(chat: Chat) -> None:
    chat.checking(**ADULT)

    heard, _ = chat.says("hang on, what counts as a bad accident")

    assert heard.text in said_by(chat, "check_counts")


@pytest.mark.parametrize(
    "text", ["yes, that's right", "correct", "that is right, thanks", "yep that's it", "all correct"]
)
def test_that_is_right_said_of_what_was_read_back_answers_no_question(chat: Chat, text: str) -> None:
    """Least of all a question about danger signs, where it would be a yes."""
    chat.checking(**ADULT).answers("no")
    assert "sudden" == chat.question
    chat.says("i take eliquis by the way", decision="refuse", findings=(finding("anticoagulant"),))

    good, question = chat.says(text, "affirm")

    assert good.text in said_by(chat, "check_confirmed") and (Kind.QUESTION, "sudden") == (question.kind, chat.question)


def test_that_is_right_said_of_what_the_check_begins_with_makes_nobody_a_child(chat: Chat) -> None:
    chat.says("can i have it on eliquis", "check_suitability", findings=(finding("anticoagulant"),))

    chat.says("yes that's right", "affirm")

    assert ("age", None) == (chat.question, chat.facts.get("minor"))


def test_that_is_right_where_nothing_was_read_back_is_a_yes(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no")

    (reply,) = chat.says("yes that's right", "affirm")

    assert Kind.EMERGENCY is reply.kind
