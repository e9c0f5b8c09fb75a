"""What a message says is not so, or is over, or is another person's, is no reason for a danger question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from bot.safety.finding import Finding, Heard
from bot.safety.net import SafetyNet
from bot.safety.reading import Reading

Said = Callable[..., Reading]


@pytest.fixture
def said(nlp: Language, net: SafetyNet) -> Said:
    """Reads a message in which each phrase has a status and a subject, with what the net hears denied."""

    def read(text: str, *findings: tuple[str, str, str]) -> Reading:
        found = tuple(
            Finding("saddle_numbness", status, subject, "unknown", phrase, start, start + len(phrase))
            for phrase, status, subject in findings
            for start in (text.index(phrase),)
        )
        return Reading(Heard(text, found, net.hear(nlp(text)).denied))

    return read


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
def test_a_plain_denial_leaves_nothing_to_ask(said: Said, text: str) -> None:
    assert said(text, ("numbness", "absent", "patient")).says_it_is_not(past_too=False)


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
def test_a_denial_with_something_left_over_is_still_asked_about(said: Said, text: str) -> None:
    assert not said(text, ("numbness", "absent", "patient")).says_it_is_not(past_too=False)


def test_words_that_deny_leave_nothing_to_ask_only_beside_what_is_ordinary(said: Said) -> None:
    assert said("zero numbness and zero weakness, back is stiff. how much is it").says_it_is_not(past_too=False)
    assert not said("zero numbness and zero weakness, it just trickles").says_it_is_not(past_too=False)


def test_what_another_person_had_leaves_nothing_to_ask(said: Said) -> None:
    text = "a colleague went numb there, scary, what are your hours"

    assert said(text, ("numb", "present", "other")).says_it_is_not(past_too=False)


def test_what_is_over_is_asked_about_where_it_would_have_been_an_emergency(said: Said) -> None:
    over = said("I was numb there last year", ("numb", "past", "patient"))

    assert over.says_it_is_not(past_too=True)
    assert not over.says_it_is_not(past_too=False)


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
def test_what_is_long_over_leaves_nothing_to_ask_unless_it_has_come_back(said: Said, text: str, is_over: bool) -> None:
    reading = said(text, ("numb there", "past", "patient"))

    assert is_over == reading.says_it_is_not(past_too=False)


def test_one_sign_affirmed_beside_one_denied_is_asked_about(said: Said) -> None:
    text = "numb on the left, no numbness on the right"

    reading = said(text, ("numb", "uncertain", "patient"), ("numbness", "absent", "patient"))

    assert not reading.says_it_is_not(past_too=False)


def test_a_sign_told_with_a_no_of_its_own_is_no_denial(said: Said) -> None:
    reading = said("pee no come out since yesterday", ("pee no come out", "absent", "patient"))

    assert not reading.says_it_is_not(past_too=False)


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("I don't feel the stream anymore", False),
        ("I don't notice the water running anymore", False),
        ("I don't feel the pain anymore", True),
        ("I don't notice any tingling anymore", True),
    ],
)
def test_who_does_not_feel_a_thing_any_more_denies_nothing(
    net: SafetyNet, nlp: Language, text: str, is_denied: bool
) -> None:
    assert bool(net.hear(nlp(text)).denied) is is_denied
