"""A danger sign told in two messages: a part of the body in one, what it can not do any more in the next."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding


@pytest.mark.parametrize(
    ("named", "told", "fact"),
    [
        ("my foot", "cant lift it", "leg_weakness_severe"),
        ("wait my legs", "they dont move", "both_legs"),
        ("my bladder", "it wont empty", "bladder_change"),
        ("his legs", "they don't work anymore", "both_legs"),
        ("down there", "its all numb", "saddle_numbness"),
        ("my leg", "it keeps giving way", "leg_weakness_severe"),
        ("its my arm", "it's gone all heavy", "other_emergency"),
        ("down to the calf, right", "now the left as well since this morning", "both_legs"),
        ("my leg hurts", "the other one too", "both_legs"),
        ("pain down one leg", "both since yesterday", "both_legs"),
        ("i leak", "since the back pain started", "bladder_change"),
    ],
)
def test_what_a_part_named_before_can_not_do_is_asked_about(chat: Chat, named: str, told: str, fact: str) -> None:
    chat.says(named, decision="refuse")

    (reply,) = chat.says(told, decision="refuse")

    assert Kind.QUESTION is reply.kind and chat.content.rules.facts[fact].asks in reply.text


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("my foot", "it hurts"),
        ("my legs", "they went numb from sitting, fine now"),
        ("my suitcase", "cant lift it"),
        ("my back", "cant move it"),
        ("my arm", "it has been weak for years"),
        ("my foot", "can it be lifted?"),
        ("sciatica in my left leg", "right now i am at work"),
        ("my leg hurts", "the other one is fine now"),
        ("my leg hurts", "right, thanks"),
        ("both my legs hurt", "the left one too"),
        ("i leak", "for years, since the kids"),
    ],
)
def test_what_is_no_loss_or_of_no_such_part_is_left_alone(chat: Chat, named: str, told: str) -> None:
    chat.says(named, decision="refuse")

    replies = chat.says(told, decision="refuse")

    assert all(Kind.QUESTION is not reply.kind for reply in replies)


def test_a_part_named_two_messages_ago_is_not_taken_up(chat: Chat) -> None:
    chat.says("my foot", decision="refuse")
    chat.says("thanks", decision="refuse")

    replies = chat.says("cant lift it", decision="refuse")

    assert all(Kind.QUESTION is not reply.kind for reply in replies)


@pytest.mark.parametrize(
    "told",
    [
        "and there's blood",
        "im bleeding a bit",
        "some cramps too",
        "my waters broke",
        "my hands are swollen and i see spots",
        "my baby is not moving much today",
    ],
)
def test_a_danger_sign_in_few_words_alarms_where_a_pregnancy_was_told_before(chat: Chat, told: str) -> None:
    chat.says("im pregnant", findings=(finding("pregnant"),))

    (reply,) = chat.says(told, decision="refuse")

    assert (Kind.EMERGENCY, ("E14",)) == (reply.kind, reply.rules)


@pytest.mark.parametrize(
    "told",
    [
        "no bleeding",
        "my blood pressure is fine",
        "a nose bleed",
        "is bleeding normal?",
        "i see why",
        "no, i dont see spots",
    ],
)
def test_no_sign_of_a_pregnancy_is_read_where_none_is_told(chat: Chat, told: str) -> None:
    chat.says("im pregnant", findings=(finding("pregnant"),))

    replies = chat.says(told, decision="refuse")

    assert all(Kind.EMERGENCY is not reply.kind for reply in replies)


def test_blood_is_no_sign_of_a_pregnancy_that_nobody_told(chat: Chat) -> None:
    replies = chat.says("and there's blood", decision="refuse")

    assert all(Kind.EMERGENCY is not reply.kind for reply in replies)


def test_a_new_pain_after_a_cancer_told_before_is_urgent_in_any_words(chat: Chat) -> None:
    chat.says("i had breast cancer", findings=(finding("cancer_past"),))

    (reply,) = chat.says("its a new pain though", findings=(finding("new_or_worse_pain"),))

    assert ("urgent", ("U03",)) == (reply.tier, reply.rules)
