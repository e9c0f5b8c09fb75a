"""Who asks what the clinic treats tells of nobody, however like a danger sign the words sound."""

from __future__ import annotations

import pytest

from bot.conversation.danger_signs.asked_of_the_clinic import asks_what_the_clinic_does, names_a_sign


@pytest.mark.parametrize(
    "text", ["do you treat both legs", "Do they do both legs?", "could you work on the whole spine"]
)
def test_what_the_clinic_does_is_asked(text: str) -> None:
    assert asks_what_the_clinic_does(text)
    assert not names_a_sign(text)


@pytest.mark.parametrize(
    "text",
    [
        "can you help with my legs, they went dead",
        "do you see people whose foot began to drag on Tuesday",
        "do you treat someone who can't feel his legs",
        "my legs are numb, do you treat that",
        "will you see her today",
    ],
)
def test_who_tells_of_somebody_asks_for_more(text: str) -> None:
    assert not asks_what_the_clinic_does(text)


@pytest.mark.parametrize(
    "text", ["do you treat foot drop?", "can you needle numbness?", "do you treat loss of bladder control"]
)
def test_a_danger_sign_in_it_is_asked_about_all_the_same(text: str) -> None:
    assert asks_what_the_clinic_does(text)
    assert names_a_sign(text)
