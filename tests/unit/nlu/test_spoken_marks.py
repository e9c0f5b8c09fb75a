"""Marks that dictation wrote as words."""

from __future__ import annotations

import pytest

from bot.nlu.words.normalise import normalise


def test_marks_that_were_spoken_part_a_message_as_marks_do() -> None:
    said = "my back hurts comma and i can't pee period since monday question mark"

    assert "my back hurts, and i can't pee. since monday?" == normalise(said)


@pytest.mark.parametrize(
    "text",
    [
        "my period is late",
        "heavy period and a sore back",
        "i'm bent like a question mark by evening",
        "i want no more pain full stop",
        "i put a comma there",
    ],
)
def test_words_that_name_a_mark_or_something_else_stay(text: str) -> None:
    assert text == normalise(text)
