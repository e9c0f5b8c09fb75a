"""Who asks of a danger sign in general, and then says that it is so, is asked about it."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding


def asking_of(chat: Chat, fact: str) -> Chat:
    chat.says("can it help with that", "ask_not_in_article/other", findings=(finding(fact, "hypothetical"),))
    return chat


@pytest.mark.parametrize(
    "text",
    [
        "yes, it started last week with the back pain",
        "it's only since yesterday",
        "I have that",
        "they've been like that since Friday",
        "because it came on this morning",
        "for two days now",
        "that's me",
        "it's new",
        "i've got it too",
        "like i did this morning, twice, for no reason",
    ],
)
def test_a_sign_asked_of_and_then_told_is_asked_about(chat: Chat, text: str) -> None:
    asking_of(chat, "bladder_change")

    (reply,) = chat.says(text, decision="refuse")

    assert Kind.QUESTION is reply.kind and chat.content.rules.facts["bladder_change"].asks in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "it's just a question",
        "no it isn't me",
        "it's been years",
        "I don't have that",
        "does it start to work this week?",
        "ok",
        "my friend has it",
        "it helped last week",
        "thanks, that's good",
        "i never did, no reason to",
    ],
)
def test_a_sign_asked_of_and_not_told_is_left_alone(chat: Chat, text: str) -> None:
    asking_of(chat, "bladder_change")

    replies = chat.says(text, decision="refuse")

    assert all("bladder" not in reply.text and "bathroom" not in reply.text for reply in replies)


def test_what_was_asked_of_before_the_last_message_is_not_taken_up(chat: Chat) -> None:
    asking_of(chat, "bladder_change").says("how long is a session", "ask_session_length")

    replies = chat.says("it started last week", decision="refuse")

    assert all("bathroom" not in reply.text for reply in replies)


def test_a_precaution_asked_of_needs_no_question(chat: Chat) -> None:
    asking_of(chat, "diabetes")

    replies = chat.says("i have that", decision="refuse")

    assert all(Kind.QUESTION is not reply.kind for reply in replies)


def test_a_press_of_a_button_forgets_what_was_asked_of(chat: Chat) -> None:
    asking_of(chat, "bladder_change")
    assert ("bladder_change",) == chat.state.supposed

    chat.hears(payload="/talk_to_person")

    assert () == chat.state.supposed
