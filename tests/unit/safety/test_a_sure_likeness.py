"""What keeps the classifier from alarming alone, and what does not where it is sure and its likest example agrees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from bot.conversation.danger_signs.danger import Triage, triage
from bot.conversation.understanding import Danger, Understanding
from bot.project import PROJECT
from bot.safety.net import SafetyNet
from bot.suitability.loader import load
from bot.suitability.ruleset import RuleSet

EMERGENCY, URGENT, CRISIS = "red_flag/emergency", "red_flag/urgent", "red_flag/crisis"
FATHER = "my father who has prostate cancer can't get his legs over the side of the bed"
BONES = "osteoporosis, the lid came off the jar and my back went with a stab"
HALF_OPEN = "have to lean on my belly with both hands to get the pee out, I guess"


Seen = Callable[[str, str, float, float], Triage]


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The shipped rules."""
    return load(PROJECT / "data" / "suitability")


@pytest.fixture
def seen(net: SafetyNet, nlp: Language, rules: RuleSet) -> Seen:
    """Judges a text that is so like a kind of danger, and so much nearer to an example of it than to others."""

    def triaged(text: str, label: str, likeness: float, lead: float) -> Triage:
        danger = Danger(label, likeness, 0, len(text), lead=lead)
        return triage(rules, Understanding(text, "en", (), danger=danger).with_heard(net.hear(nlp(text))), {})

    return triaged


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (FATHER, EMERGENCY),
        ("mattress was drenched this morning and I hadn't drunk a thing", EMERGENCY),
        (BONES, URGENT),
        ("had surgery on my back in the spring, the wound leaks yellow stuff", URGENT),
    ],
)
def test_an_illness_or_habit_told_beside_a_sign_explains_none(seen: Seen, text: str, label: str) -> None:
    assert seen(text, label, 0.96, 0.1).alarms
    assert not seen(text, label, 0.85, 0.1).alarms
    assert not seen(text, label, 0.96, -0.06).alarms


def test_a_known_illness_beside_pain_that_is_not_new_stays_one(seen: Seen) -> None:
    assert not seen("I had cancer years ago, the pain is not new", EMERGENCY, 0.96, 0.1).alarms


def test_what_the_net_left_open_alarms_where_the_classifier_is_surer_still(seen: Seen) -> None:
    assert seen(HALF_OPEN, EMERGENCY, 0.96, 0.1).alarms
    assert seen(HALF_OPEN, EMERGENCY, 0.92, 0.1).asks


def test_a_possible_wish_to_die_alarms_where_it_is_by_far_likest_to_one(seen: Seen) -> None:
    text = "nothing matters now, bought the rope on saturday"

    assert seen(text, CRISIS, 0.34, 0.3).alarms
    assert seen(text, CRISIS, 0.34, 0.05).asks


def test_an_urgent_sign_that_is_likest_to_a_harmless_example_is_asked_about_unless_it_is_very_sure(seen: Seen) -> None:
    text = "it is about a four, worse after gardening, eases with heat"

    assert seen(text, URGENT, 0.95, -0.02).asks
    assert seen(text, URGENT, 0.975, -0.02).alarms
    assert seen(text, URGENT, 0.95, 0.02).alarms


def test_what_a_relative_takes_hushes_no_likely_emergency_of_theirs_and_an_illness_that_is_over_does(
    seen: Seen,
) -> None:
    gran = "my grandmother who takes warfarin slipped off the garden wall and keeps dropping off mid sentence"

    assert seen(gran, EMERGENCY, 0.55, 0.0).asks
    assert not seen("chest infection two years ago, now sore back from the sofa", EMERGENCY, 0.55, 0.0).asks


def test_a_possible_wish_to_die_is_told_beside_what_is_only_urgent(seen: Seen) -> None:
    text = "my brother has new back pain night after night, his cancer is back, and he has bought a rope"
    assert seen(text, CRISIS, 0.75, 0.02).certain
    assert not seen(text, CRISIS, 0.75, -0.02).certain
    assert not seen(text, EMERGENCY, 0.85, 0.02).certain


def test_a_sign_that_is_only_named_is_asked_about_unless_the_classifier_is_sure_of_an_emergency(seen: Seen) -> None:
    text = "huge pain between my shoulders, bp is 210"

    assert seen(text, EMERGENCY, 0.96, 0.1).alarms
    assert seen(text, EMERGENCY, 0.8, 0.1).asks
    assert seen(text, URGENT, 0.96, 0.1).asks
