"""Who has told of an illness, an implant or a medicine asks what needles do to it, in few words and without its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, finding

HARM, MEDICINE = "harm_to_a_condition", "medication_advice"


@pytest.mark.parametrize(
    ("fact", "told", "asked", "sounds_like"),
    [
        ("pregnant", "I'm pregnant", "can the needles hurt the little one", "ask_needle_pain"),
        ("anticoagulant", "I take Eliquis", "will I bleed", "ask_side_effects"),
        ("cancer_past", "had breast cancer", "could it make it come back", "ask_long_term"),
        ("implanted_device", "I have a pacemaker", "would the needles mess with it", "out_of_scope"),
        ("epilepsy", "I have epilepsy", "or bring one on", "ask_not_in_article/other_conditions"),
    ],
)
def test_what_needles_do_to_what_was_told_is_for_the_provider(
    chat: Chat, fact: str, told: str, asked: str, sounds_like: str
) -> None:
    chat.says(told, "tell_something", decision="refuse", findings=(finding(fact),))

    reply, *_ = chat.says(asked, sounds_like)

    assert (Kind.NOT_COVERED, (HARM,)) == (reply.kind, chat.state.gaps)


def test_it_is_asked_of_another_too(chat: Chat) -> None:
    chat.says("my husband has a pacemaker", "tell", decision="refuse", findings=(finding("implanted_device"),))

    chat.says("would it interfere", "ask_side_effects")

    assert (HARM,) == chat.state.gaps


@pytest.mark.parametrize(
    "asked", ["should I stop it the day before", "do I have to come off it first?", "ok to skip it"]
)
def test_who_asks_whether_to_stop_what_they_take_is_told_not_to_do_so_alone(chat: Chat, asked: str) -> None:
    chat.says("I take Eliquis", "tell", decision="refuse", findings=(finding("anticoagulant"),))

    reply, *_ = chat.says(f"{asked}?", "ask_not_in_article/preparation")

    assert "Do not stop a medicine" in reply.text


def test_in_the_check_its_question_follows(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes")

    reply, question = chat.says("what would happen if I bled", "ask_side_effects")

    assert (Kind.NOT_COVERED, Kind.QUESTION) == (reply.kind, question.kind)


@pytest.mark.parametrize(
    ("asked", "label", "topic"),
    [
        ("does it help with pain after the baby comes", "ask_benefits_general", "benefits_general"),
        ("can I bring the baby with me", "ask_not_in_article/companion", "not_in_article"),
        ("how long is a session", "ask_session_length", "session_length"),
    ],
)
def test_what_asks_of_no_harm_is_answered_as_ever(chat: Chat, asked: str, label: str, topic: str) -> None:
    chat.says("I'm pregnant", "tell", decision="refuse", findings=(finding("pregnant"),))

    reply, *_ = chat.says(asked, label)

    assert topic == reply.topic
    assert HARM not in chat.state.gaps


def test_where_nothing_was_told_the_answer_is_of_people_in_general(chat: Chat) -> None:
    (reply,) = chat.says("will I bleed", "ask_side_effects")

    assert "side_effects" == reply.topic


def test_that_thin_bones_could_crack_is_feared_and_has_not_happened(chat: Chat) -> None:
    chat.says("I have osteoporosis", "tell", decision="refuse", findings=(finding("osteoporosis"),))

    reply, *_ = chat.says("could it crack a bone", "red_flag/urgent", confidence=0.5)

    assert Kind.NOT_COVERED == reply.kind


def test_a_baby_that_moves_less_is_asked_about_whoever_was_told_of(chat: Chat) -> None:
    chat.says("I'm pregnant", "tell", decision="refuse", findings=(finding("pregnant"),))

    reply, *_ = chat.says("does my baby moving less matter", "red_flag/urgent", confidence=0.5)

    assert Kind.NOT_COVERED != reply.kind


def test_words_that_tell_a_fear_ask_nothing_about_it(chat: Chat) -> None:
    """What follows them does: "I pass out at blood tests, is this like that"."""
    text = "i pass out at blood tests how bad is this"
    told = replace(finding("needle_fear"), start=text.index("pass"), end=text.index(" how"))

    reply, *_ = chat.says(text, "ask_needle_pain", findings=(told,))

    assert ("needle_pain",) == reply.topics
