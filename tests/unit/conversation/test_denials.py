"""What a message says is not so, or is over, or is another person's, is no reason for a danger question."""

from __future__ import annotations

import pytest

from bot.conversation.denials import says_it_is_not
from bot.conversation.understanding import Finding, Understanding


def _said(text: str, *findings: tuple[str, str, str]) -> Understanding:
    """A message in which the net read each phrase with a status and a subject."""
    found = tuple(
        Finding(
            "saddle_numbness", status, subject, "unknown", phrase, text.index(phrase), text.index(phrase) + len(phrase)
        )
        for phrase, status, subject in findings
    )
    return Understanding(text, "en", (), found)


@pytest.mark.parametrize(
    "text",
    [
        "no numbness, just a stiff back. how long is a visit",
        "stiff back and no numbness",
        "Is acupuncture ok? I have no numbness.",
    ],
)
def test_a_plain_denial_leaves_nothing_to_ask(text: str) -> None:
    assert says_it_is_not(_said(text, ("numbness", "absent", "patient")), (), past_too=False)


@pytest.mark.parametrize(
    "text",
    [
        "no numbness but something is wrong",
        "no numbness, my willy is asleep",
        "no numbness and I pee without noticing",
        "no numbness until this morning",
        "no numbness. " + "and so on " * 20,
    ],
)
def test_a_denial_with_something_left_over_is_still_asked_about(text: str) -> None:
    assert not says_it_is_not(_said(text, ("numbness", "absent", "patient")), (), past_too=False)


def test_what_another_person_had_leaves_nothing_to_ask() -> None:
    text = "a colleague went numb there, scary, what are your hours"

    assert says_it_is_not(_said(text, ("numb", "present", "other")), (), past_too=False)


def test_what_is_over_is_asked_about_where_it_would_have_been_an_emergency() -> None:
    over = _said("I was numb there last year", ("numb", "past", "patient"))

    assert says_it_is_not(over, (), past_too=True)
    assert not says_it_is_not(over, (), past_too=False)


def test_one_sign_affirmed_beside_one_denied_is_asked_about() -> None:
    text = "numb on the left, no numbness on the right"

    assert not says_it_is_not(
        _said(text, ("numb", "uncertain", "patient"), ("numbness", "absent", "patient")), (), past_too=False
    )


def test_a_sign_told_with_a_no_of_its_own_is_no_denial() -> None:
    said = _said("pee no come out since yesterday", ("pee no come out", "absent", "patient"))

    assert not says_it_is_not(said, (), past_too=False)
