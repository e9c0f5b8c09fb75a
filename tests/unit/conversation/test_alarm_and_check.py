"""An alarm and the check: one that ends in it, one wished for after it, one that waits for the doctor."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import ADULT, Chat, alarmed, finding, said_by, to_the_end


@pytest.mark.parametrize(("text", "labels"), [("thank you", ["chitchat/thanks"]), ("no", []), ("asdf", [])])
def test_a_check_that_ends_in_an_alarm_leaves_the_same_behind(chat: Chat, text: str, labels: list[str]) -> None:
    (*_, result) = chat.checking(**ADULT).says("yes")
    assert Kind.EMERGENCY is result.kind

    (reply,) = chat.says(text, *labels)

    assert (Kind.CHITCHAT, ()) == (reply.kind, reply.buttons)
    assert "help" in reply.text


def test_a_corrected_answer_after_an_urgent_result_is_looked_at_again(chat: Chat) -> None:
    to_the_end(chat.checking(**ADULT, fever="yes"), "no")

    replies = chat.says("i made a mistake, no fever", "correct_answer", findings=(finding("fever", "absent"),))

    assert "no" == chat.facts["fever"]
    assert not any("get that help" in reply.text for reply in replies)


@pytest.mark.parametrize("label", ["go_back", "correct_answer", "remark/sorry"])
def test_a_yes_pressed_by_mistake_that_ended_the_check_in_an_alarm_is_asked_once_more(chat: Chat, label: str) -> None:
    (*_, result) = chat.checking(**ADULT).says("yes")
    assert Kind.EMERGENCY is result.kind

    (question,) = chat.says("I pressed the wrong button", label)

    assert Kind.QUESTION is question.kind
    (*_, again) = chat.says("yes")
    assert Kind.EMERGENCY is again.kind


def test_who_asks_for_the_check_after_an_alarm_is_told_each_time_that_it_waits(chat: Chat) -> None:
    alarmed(chat)

    (first,) = chat.says("so am i fine", "check_suitability")
    (second,) = chat.says("can i have it", "check_suitability")

    assert {first.text, second.text} <= set(said_by(chat, "alarm_before_check"))


def test_a_medicine_told_with_the_wish_for_a_check_is_noted_and_the_alarm_comes_first(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("I take warfarin, would it suit me", "check_suitability", findings=(finding("anticoagulant"),))

    assert Kind.CHITCHAT is reply.kind
    assert "get that help first" in reply.text
    assert "thins the blood" in reply.text or "blood thinner" in reply.text


def test_a_check_waits_for_the_doctor_also_when_something_was_asked_in_between(chat: Chat) -> None:
    alarmed(chat)
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says("would it suit me", "check_suitability")

    assert reply.text in said_by(chat, "alarm_before_check")


def test_the_check_begins_for_who_wishes_for_it_again_where_no_sign_was_told_in_words(chat: Chat) -> None:
    chat.says("something like danger", "red_flag/emergency", confidence=0.97)

    (first,) = chat.says("would it suit me", "check_suitability")
    (second,) = chat.says("I want the check", "check_suitability")

    assert first.text in said_by(chat, "alarm_before_check")
    assert Kind.QUESTION is second.kind


def test_a_result_without_an_alarm_still_sends_to_the_doctor_for_the_alarm_before(chat: Chat) -> None:
    chat.says("something like danger", "red_flag/emergency", confidence=0.97)
    chat.says("would it suit me", "check_suitability")
    chat.says("I want the check", "check_suitability")

    *_, result = to_the_end(chat, "no")

    assert result.text.startswith(said_by(chat, "alarm_before_result")[0])
