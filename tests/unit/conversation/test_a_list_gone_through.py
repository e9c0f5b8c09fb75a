"""A list of the check gone through in one message, read by what is said of each thing and not as a whole."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, Finding

HEALTHY_TO = {"nerves": 0, "sudden": 1, "history": 2, "infection_risk": 3, "bones": 4, "signs": 5, "heart_devices": 7}


def asked(chat: Chat, question: str) -> Chat:
    """The check of an adult who has said no to everything before a question."""
    chat.checking(**ADULT).answers(*["no"] * HEALTHY_TO[question])
    assert question == chat.question
    return chat


def found(text: str, words: str, fact: str, status: str = "present") -> Finding:
    start = text.index(words)
    return Finding(fact, status, "patient", "new", words, start, start + len(words))


@pytest.mark.parametrize(
    ("question", "text", "then"),
    [
        ("nerves", "pee fine, poop fine, no numbness, sex normal, legs ok", "sudden"),
        ("nerves", "bladder and bowels are normal, sex is normal, legs feel normal, no numbness anywhere", "sudden"),
        ("nerves", "bladder fine, the rest no", "sudden"),
        ("sudden", "chest is fine, never fainted, no bleeding, no crash, no tearing", "history"),
        ("history", "baby: no. cancer: no. aneurysm: no", "infection_risk"),
        ("signs", "fever no, weight stable, sleeping fine, no rash", "blood"),
        ("heart_devices", "heart is strong, lungs are good, no bits of metal", "health"),
    ],
)
def test_who_denies_each_thing_has_denied_the_list(chat: Chat, question: str, text: str, then: str) -> None:
    asked(chat, question).says(text, "red_flag/emergency", decision="refuse")

    assert then == chat.question


@pytest.mark.parametrize(
    "text",
    ["bladder fine, legs fine", "pee no, poop no, legs weak", "bladder no control, legs fine", "pee: can't. sex: ok"],
)
def test_of_signs_that_alarm_at_once_none_is_denied_by_what_is_said_of_others(chat: Chat, text: str) -> None:
    asked(chat, "nerves").says(text, "remark/no_symptoms", decision="refuse")

    assert "nerves" == chat.question


def test_the_name_of_a_sign_that_is_denied_is_like_no_danger(chat: Chat) -> None:
    text = "accident: no, tearing: no, chest: fine, bleeding: no"

    asked(chat, "sudden").says(
        text,
        "red_flag/emergency",
        findings=(found(text, "tearing: no, chest", "aortic_signs"),),
        confidence=0.97,
    )

    assert ("sudden", "no") == (chat.question, chat.facts["aortic_signs"])


def test_a_sign_that_is_said_to_be_so_among_others_alarms(chat: Chat) -> None:
    replies = asked(chat, "nerves").says("bladder fine, bowels fine, numbness yes", "remark/no_symptoms")

    assert Kind.EMERGENCY is replies[-1].kind


def test_a_loss_told_by_its_name_is_left_as_the_net_reads_it(chat: Chat) -> None:
    text = "no pee all day, legs ok, bowels ok"

    replies = asked(chat, "nerves").says(text, "deny", findings=(found(text, "no pee", "bladder_change"),))

    assert Kind.EMERGENCY is replies[-1].kind


def test_the_one_thing_that_is_so_is_noted(chat: Chat) -> None:
    asked(chat, "bones").says("osteoporosis no, fall no, lifting yes", "red_flag/urgent", decision="refuse")

    assert "yes" == chat.facts["minor_injury_pain"]


def test_a_doubt_of_one_thing_puts_the_question_in_simpler_words(chat: Chat) -> None:
    text = "don't know about the aneurysm, the rest no"

    replies = asked(chat, "history").says(
        text,
        "red_flag/emergency",
        findings=(found(text, "aneurysm", "known_aneurysm"),),
        confidence=0.95,
    )

    assert "history" == chat.question and "Has a doctor ever used the word" in replies[-1].text
