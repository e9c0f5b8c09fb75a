"""A danger sign told in two messages: a part of the body in one, what it can not do any more in the next."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat


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
