"""Right after an alarm: it stands, whatever the patient says, and every question is still answered."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding


def alarmed(chat: Chat, fact: str = "saddle_numbness") -> None:
    """Bring the chat to where the patient has just been told to get care."""
    chat.says("something bad", findings=(finding(fact),))


@pytest.mark.parametrize("text", ["no it went away", "no", "its just asleep", "asdf"])
def test_an_alarm_taken_back_is_neither_repeated_nor_withdrawn(chat: Chat, text: str) -> None:
    alarmed(chat)

    (reply,) = chat.says(text)

    assert (Kind.CHITCHAT, "chitchat", ()) == (reply.kind, reply.topic, reply.buttons)
    assert chat.content.phrases.wordings["alarm_if_wrong"][0] == reply.text


def test_thanks_after_an_alarm_sends_to_help_once_more(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("thank you", "chitchat/thanks")

    assert "911" in reply.text


@pytest.mark.parametrize("text", ["ok", "no", "thanks"])
def test_after_a_wish_to_die_the_crisis_line_is_named_again(chat: Chat, text: str) -> None:
    alarmed(chat, "suicidal")

    (reply,) = chat.says(text, *(["chitchat/thanks"] if text == "thanks" else []))

    assert "988" in reply.text


def test_a_question_after_an_alarm_is_answered(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("how long is a visit", "ask_session_length")

    assert (Kind.ANSWER, "session_length") == (reply.kind, reply.topic)


def test_what_follows_an_alarm_is_said_once(chat: Chat) -> None:
    alarmed(chat)
    chat.says("ok")
    chat.says("how long is a visit", "ask_session_length")

    (reply,) = chat.says("thank you", "chitchat/thanks")

    assert "911" not in reply.text


def test_a_danger_told_again_after_an_alarm_alarms_again(chat: Chat) -> None:
    alarmed(chat)

    (reply,) = chat.says("and now chest pain", findings=(finding("chest_or_breath"),))

    assert Kind.EMERGENCY is reply.kind
