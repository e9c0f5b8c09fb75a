"""Words that a danger sign is told in and that mean another thing where they stand."""

from __future__ import annotations

import pytest
from spacy.language import Language

from bot.conversation.danger_signs.second_line import ASKS_AGAINST_THE_NET, sees
from bot.conversation.understanding import Danger, Understanding
from bot.safety.net import SafetyNet

SWEATS = "sweating like a pig after mowing, back a bit sore"
SCREEN = "my screen froze and blacked out while I was booking"


def _verdict(net: SafetyNet, nlp: Language, text: str, likeness: float, label: str = "red_flag/emergency") -> str:
    danger = Danger(label, likeness, 0, len(text))
    understanding = Understanding(text, "en", (), danger=danger).with_heard(net.hear(nlp(text)))
    return sees(understanding, {}, frozenset()).verdict


@pytest.mark.parametrize("text", [SWEATS, SCREEN])
def test_the_net_says_where_they_stand(net: SafetyNet, nlp: Language, text: str) -> None:
    heard = net.hear(nlp(text))

    assert heard.voided
    assert not [f for f in heard.findings if f.status in ("present", "uncertain")]


@pytest.mark.parametrize("text", [SWEATS, SCREEN])
def test_likeness_alone_asks_about_them_only_where_it_is_great(net: SafetyNet, nlp: Language, text: str) -> None:
    assert _verdict(net, nlp, text, ASKS_AGAINST_THE_NET - 0.2) == ""
    assert _verdict(net, nlp, text, ASKS_AGAINST_THE_NET + 0.05) != ""


def test_a_sentence_beside_them_is_judged_by_itself(net: SafetyNet, nlp: Language) -> None:
    told = "It has all gone quiet down there."
    text = f"{SWEATS}. {told}"
    danger = Danger("red_flag/emergency", 0.6, text.index(told), len(text))
    understanding = Understanding(text, "en", (), danger=danger).with_heard(net.hear(nlp(text)))

    assert sees(understanding, {}, frozenset()).verdict == "ask"


def test_they_take_nothing_from_an_urgent_sign(net: SafetyNet, nlp: Language) -> None:
    assert _verdict(net, nlp, SWEATS, 0.5, "red_flag/urgent") == "ask"


def test_they_take_nothing_from_a_possible_wish_to_die(net: SafetyNet, nlp: Language) -> None:
    assert _verdict(net, nlp, SWEATS, 0.5, "red_flag/crisis") == "ask"


STORY = "saw your window from the bus and my back has been bad since before the grandchildren so I thought why not"


def test_a_long_sentence_without_a_word_of_danger_is_asked_about_only_where_it_is_very_like_one(
    net: SafetyNet, nlp: Language
) -> None:
    assert _verdict(net, nlp, STORY, 0.7) == ""
    assert _verdict(net, nlp, STORY, 0.85) != ""


def test_a_short_one_and_one_with_such_a_word_are_asked_about_before(net: SafetyNet, nlp: Language) -> None:
    assert _verdict(net, nlp, "the paper could be sandpaper", 0.5) == "ask"
    assert _verdict(net, nlp, f"{STORY} with my legs", 0.7) == "ask"
    assert _verdict(net, nlp, STORY, 0.5, "red_flag/crisis") == "ask"
