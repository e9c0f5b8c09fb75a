"""Who asks in English for another language gets its line: whom to call, and the provider first."""

from __future__ import annotations

import pytest

from bot.conversation.by_words.asks_for_a_language import language_asked_for
from tests.conversing import ADULT, Chat


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("can you answer in Spanish?", "es"),
        ("do you speak spanish", "es"),
        ("spanish please", "es"),
        ("i only speak vietnamese", "vi"),
        ("can we talk in mandarin pls", "zh"),
        ("in russian please", "ru"),
        ("do you speak punjabi or hindi", "pa"),
    ],
)
def test_it_is_answered_in_that_language(chat: Chat, text: str, language: str) -> None:
    (reply,) = chat.says(text, "ask_not_in_article/accessibility")

    assert chat.content.phrases.languages[language].sorry(chat.content.clinic) == reply.text


def test_one_that_has_no_line_gets_the_line_for_all_others(chat: Chat) -> None:
    (reply,) = chat.says("do you speak greek", "ask_not_in_article/accessibility")

    assert chat.content.phrases.languages["other"].sorry(chat.content.clinic) == reply.text


def test_in_the_check_its_question_follows(chat: Chat) -> None:
    chat.checking(**ADULT)

    replies = chat.says("can you do this in spanish", "ask_not_in_article/accessibility")

    assert chat.content.phrases.languages["es"].sorry(chat.content.clinic) == replies[0].text
    assert "nerves" == chat.question


@pytest.mark.parametrize(
    "text",
    [
        "is it chinese medicine",
        "chinese or japanese?",
        "do you do chinese acupuncture",
        "do you use japanese needles",
        "does anyone at the clinic speak spanish",
        "my mom only speaks spanish, can she come",
        "i had french food",
    ],
)
def test_what_asks_something_else_is_not_taken_for_it(text: str) -> None:
    assert "" == language_asked_for(text)
