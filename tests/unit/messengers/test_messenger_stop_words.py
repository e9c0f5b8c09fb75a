"""Whoever says in clear words that no message shall come means STOP; a question or a complaint is none."""

from __future__ import annotations

import pytest

from bot.gateway.messengers.controls import Control, control_of


@pytest.mark.parametrize(
    "text",
    [
        "Stop please",
        "please stop",
        "Stop texting me!",
        "stop sending me these messages",
        "quit messaging me",
        "don't text me again",
        "Don’t message me anymore",
        "no more texts please",
        "opt-out",
        "Unsubscribe me",
        "please take me off your list",
    ],
)
def test_a_clear_wish_for_no_more_messages_means_stop(text: str) -> None:
    assert control_of(text) is Control.STOP


@pytest.mark.parametrize(
    "text",
    [
        "can I stop my blood thinner",
        "please stop my pain",
        "it hurts when I stop",
        "don't text me the price, call me",
        "I can't stop bleeding",
        "does it stop the pain please",
    ],
)
def test_a_question_with_the_same_words_does_not(text: str) -> None:
    assert control_of(text) is None
