"""Few words that go on with what was told just now are heard, whatever they sound like by themselves."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding, said_by


@pytest.mark.parametrize(
    ("text", "heard", "confidence", "decision"),
    [
        ("gymnastics", "out_of_scope", 0.85, "accept"),
        ("used to play rugby", "out_of_scope", 0.9, "accept"),
        ("better walking", "ask_mobility", 0.4, "offer"),
        ("seen everyone", "ask_who_can_benefit", 0.2, "refuse"),
    ],
)
def test_they_are_heard_after_a_pain_that_was_told(
    chat: Chat, text: str, heard: str, confidence: float, decision: str
) -> None:
    chat.says("my back hurts", "chitchat/user_pain")

    (reply,) = chat.says(text, heard, confidence=confidence, decision=decision)

    assert reply.text in said_by(chat, "with_you")


@pytest.mark.parametrize(("confidence", "kind"), [(0.7, Kind.CHITCHAT), (0.9, Kind.NOT_COVERED)])
def test_a_subject_that_is_left_open_is_told_where_they_may_be_a_tale(
    chat: Chat, confidence: float, kind: Kind
) -> None:
    chat.says("my back hurts", "chitchat/user_pain")

    (reply,) = chat.says(
        "down to the knee",
        "ask_not_in_article/other_conditions",
        others=("remark/tells_more",),
        confidence=confidence,
    )

    assert kind is reply.kind


@pytest.mark.parametrize("text", ["gymnastics?", "is gymnastics ok", "show me gymnastics"])
def test_a_question_or_a_request_tells_nothing(chat: Chat, text: str) -> None:
    chat.says("my back hurts", "chitchat/user_pain")

    (reply,) = chat.says(text, "out_of_scope")

    assert reply.text not in said_by(chat, "with_you")


def test_where_nothing_was_told_they_are_another_subject(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("gymnastics", "out_of_scope")

    assert ["out_of_scope"] == list(reply.topics)


@pytest.mark.parametrize("text", ["ibuprofen mostly", "two chiropractors", "heat helps a bit", "waiting for an mri"])
def test_what_is_done_or_was_tried_is_no_question_whether_one_may(chat: Chat, text: str) -> None:
    chat.says("my back hurts", "chitchat/user_pain")

    (reply,) = chat.says(text, "ask_not_in_article/medication_advice")

    assert Kind.CHITCHAT is reply.kind


def test_a_number_alone_goes_on_telling(chat: Chat) -> None:
    chat.says("my back hurts", "chitchat/user_pain")

    (heard,) = chat.says("62")

    assert heard.text in said_by(chat, "with_you")


def test_a_number_alone_is_the_age_of_the_child_that_was_told_of(chat: Chat) -> None:
    chat.says("my daughter's back hurts", "chitchat/user_pain")

    chat.says("17")

    assert "yes" == chat.state.person["minor"]


def test_who_asks_if_that_was_a_no_has_declined_nothing(chat: Chat) -> None:
    chat.says("I have a pacemaker", "check_suitability", findings=(finding("implanted_device"),))

    (reply,) = chat.says("so no?", "remark/yes_or_no")

    assert reply.text in said_by(chat, "yes_or_no")


@pytest.mark.parametrize("label", ["out_of_scope", "ask_not_in_article/other_conditions"])
def test_an_illness_that_matters_is_heard_though_the_message_is_hardly_understood(chat: Chat, label: str) -> None:
    *_, reply = chat.says("it's lupus", label, decision="offer", findings=(finding("immune_weak"),))

    assert reply.kind is Kind.QUESTION
    assert "check" == (chat.state.asked or {})["kind"]
