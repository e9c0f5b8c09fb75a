"""Who only says that a question comes is asked for it, and who says more exactly what was meant tells nothing."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.suitability.tiers import Answer
from tests.conversing import Chat, said_by


@pytest.mark.parametrize(
    "text", ["can I ask you something?", "I have a quick question", "one more question please", "may I just ask"]
)
def test_a_question_that_is_to_come_is_waited_for(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_consult_provider", decision="offer", confidence=0.2)

    assert reply.text in said_by(chat, "greet")


def test_after_an_answer_nobody_is_greeted_again(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("can I ask you something else?", "out_of_scope", decision="offer", confidence=0.3)
    (other,) = chat.says("can I ask you something?", "out_of_scope", decision="offer", confidence=0.3)

    assert other.text in said_by(chat, "acknowledge")
    assert reply.kind is not Kind.ANSWER


@pytest.mark.parametrize(
    "text",
    ["Good morning, can I ask about my mother?", "I have a question about my dad's back", "a question for my son"],
)
def test_a_question_about_somebody_is_of_them(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "chitchat/user_pain")

    assert reply.text in said_by(chat, "for_another")


def test_what_is_asked_in_the_same_breath_is_answered(chat: Chat) -> None:
    (reply,) = chat.says("can I ask about the price", "ask_not_in_article/cost")

    assert reply.kind is Kind.NOT_COVERED


def test_to_mean_ones_own_back_is_no_complaint(chat: Chat) -> None:
    chat.says("is the morning better", "ask_not_in_article/other")

    (reply,) = chat.says("I mean for my back", "chitchat/user_pain")

    assert reply.kind is Kind.NOT_COVERED


def test_who_will_ask_a_doctor_is_told_that_this_is_right(chat: Chat) -> None:
    (reply,) = chat.says("ok I'll tell him to ask his doctor", "ask_consult_provider", decision="offer", confidence=0.4)

    assert reply.topics == ("consult_provider",)


def test_somebody_else_who_does_not_know_is_not_the_chat(chat: Chat) -> None:
    chat.state = chat.state.but(person={"for_someone_else": Answer.YES.value})

    (reply,) = chat.says("she's not sure about it either", "remark/you_do_not_know")

    assert reply.text not in said_by(chat, "dont_know")


@pytest.mark.parametrize(
    "text", ["That matches what I've read.", "yeah that's what I thought", "exactly what my mom said"]
)
def test_who_says_that_they_knew_it_asks_nothing(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says(text, "remark/heard_otherwise", decision="offer", confidence=0.4)

    assert reply.text in said_by(chat, "acknowledge")


@pytest.mark.parametrize("text", ["my doc says no", "my doctor said not to", "the doctor thinks it's a bad idea"])
def test_a_doctor_who_says_no_has_given_no_leave(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "remark/asked_doctor")

    assert reply.topics == ("consult_provider",)


def test_a_question_that_may_sound_lonely_is_not_met_with_a_helpline(chat: Chat) -> None:
    (reply,) = chat.says("should I listen to him", "remark/lonely", confidence=0.5)

    assert reply.text not in said_by(chat, "listening")
