"""Right after an alarm: that the sign is old, or that it was put wrongly, is heard; what is gone or new alarms as before."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Reply
from bot.conversation.wording.voice import Voice
from tests.conversing import Chat, finding

LEGS = ("both_legs", "leg_weakness_mild")
OLD = [
    "that is old, ive had it 10 years",
    "its been like that for years and my doctor knows",
    "years",
    "always been like that",
]
NOT_MEANT = ["they are not weak, i meant tired", "i meant tired not weak"]


def alarmed(chat: Chat, *facts: str, onset: str = "unknown") -> None:
    chat.says("something bad", findings=tuple(finding(fact, onset=onset) for fact in facts))


def is_said(chat: Chat, reply: Reply, key: str) -> bool:
    return reply.text in [Voice(chat.content, turn).phrase(key) for turn in range(3)]


@pytest.mark.parametrize("text", OLD)
def test_a_sign_that_is_told_to_be_old_alarms_no_longer(chat: Chat, text: str) -> None:
    alarmed(chat, *LEGS)

    (reply,) = chat.says(text, decision="refuse")

    assert is_said(chat, reply, "alarm_old")
    assert chat.state.alarm is None
    assert not set(LEGS) & set(chat.facts)


def test_an_urgent_sign_that_is_old_need_not_be_seen_today(chat: Chat) -> None:
    alarmed(chat, "leg_weakness_mild")

    (reply,) = chat.says("its been like that for years", decision="refuse")

    assert is_said(chat, reply, "alarm_old_today")


@pytest.mark.parametrize("text", NOT_MEANT)
def test_a_sign_that_was_not_meant_alarms_no_longer(chat: Chat, text: str) -> None:
    alarmed(chat, "both_legs")

    (reply,) = chat.says(text, decision="refuse")

    assert is_said(chat, reply, "alarm_put_right")
    assert ("no", None) == (chat.facts["both_legs"], chat.state.alarm)


def test_other_words_that_name_no_danger_take_back_what_only_sounded_like_it(chat: Chat) -> None:
    chat.says("it sounds bad", "red_flag/emergency", confidence=0.99)
    assert chat.state.alarm is not None

    (reply,) = chat.says("no i meant the chair at work is hard", decision="refuse")

    assert is_said(chat, reply, "alarm_put_right")


@pytest.mark.parametrize("text", ["that was a mistake", "i meant the chair made my legs numb", "the chair is hard"])
def test_what_sounded_like_danger_stands_where_no_other_words_are_meant(chat: Chat, text: str) -> None:
    chat.says("it sounds bad", "red_flag/emergency", confidence=0.99)

    chat.says(text, decision="refuse")

    assert chat.state.alarm is not None


def test_a_sign_that_was_told_by_mistake_and_is_denied_alarms_no_longer(chat: Chat) -> None:
    alarmed(chat, "chest_or_breath")

    (reply,) = chat.says("sorry i meant no chest pain", findings=(finding("chest_or_breath", "absent"),))

    assert is_said(chat, reply, "alarm_put_right")


def test_the_check_can_begin_once_an_alarm_is_taken_back(chat: Chat) -> None:
    alarmed(chat, *LEGS)
    chat.says("its been like that for years", decision="refuse")

    chat.says("can i have acupuncture", "check_suitability")

    assert chat.question


@pytest.mark.parametrize(
    "text",
    [
        "ive had back pain for years",
        "its been like that for years, never told a doctor",
        "years but it is worse lately",
        "has it been like that for years?",
    ],
)
def test_what_does_not_say_that_the_sign_is_old_and_known_leaves_the_alarm(chat: Chat, text: str) -> None:
    alarmed(chat, *LEGS)

    chat.says(text, decision="refuse")

    assert chat.state.alarm is not None


def test_what_was_told_to_be_new_is_not_old_afterwards(chat: Chat) -> None:
    alarmed(chat, *LEGS, onset="new")

    chat.says("its been like that for years", decision="refuse")

    assert chat.state.alarm is not None


def test_what_hurts_for_years_may_be_an_emergency_all_the_same(chat: Chat) -> None:
    alarmed(chat, "chest_or_breath")

    chat.says("its been like that for years", decision="refuse")

    assert chat.state.alarm is not None


@pytest.mark.parametrize("text", ["my chest does not hurt now", "no chest pain any more, my mistake", "it doesnt hurt"])
def test_what_has_gone_was_there(chat: Chat, text: str) -> None:
    alarmed(chat, "chest_or_breath")

    chat.says(text, findings=(finding("chest_or_breath", "absent"),))

    assert chat.state.alarm is not None


@pytest.mark.parametrize("text", ["i meant numb not weak", "theyre not weak i mean dead"])
def test_another_sign_instead_leaves_the_alarm(chat: Chat, text: str) -> None:
    alarmed(chat, "both_legs")

    chat.says(text, decision="refuse")

    assert chat.state.alarm is not None


def test_what_else_calls_for_care_leaves_the_alarm(chat: Chat) -> None:
    alarmed(chat, *LEGS)
    chat.state = chat.state.but(facts={**chat.state.facts, "fever": "yes"})

    chat.says("its been like that for years", decision="refuse")

    assert chat.state.alarm is not None


def test_a_wish_to_die_is_not_taken_back(chat: Chat) -> None:
    alarmed(chat, "suicidal")

    (reply,) = chat.says("that was a mistake, i meant the pain", findings=(finding("suicidal", "absent"),))

    assert chat.state.alarm is not None
    assert "988" in reply.text
