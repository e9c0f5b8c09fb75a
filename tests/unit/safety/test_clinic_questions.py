"""Who asks what the clinic treats tells of nobody, however like a danger sign the words sound."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from bot.conversation.danger_signs.danger import Triage, triage
from bot.conversation.understanding import Danger, Understanding
from bot.project import PROJECT
from bot.safety.clinic_questions import asked_of_the_clinic, beside_what_is_asked, names_a_sign
from bot.safety.net import SafetyNet
from bot.suitability.loader import load

EMERGENCY = "red_flag/emergency"
Judge = Callable[..., Triage]


@pytest.fixture
def judged(net: SafetyNet, nlp: Language) -> Judge:
    """What is made of a text that is very like an emergency to the classifier, and of a part of it that is less so."""
    rules = load(PROJECT / "data" / "suitability")

    def judge(text: str, part: str = "", of_part: float = 0.0, whole: float = 0.97) -> Triage:
        start = text.index(part)
        beside = (Danger(EMERGENCY, of_part, start, start + len(part), lead=0.1),) if part else ()
        danger = Danger(EMERGENCY, whole, 0, len(text), lead=0.1, beside=beside)
        return triage(rules, Understanding(text, "en", (), danger=danger).with_heard(net.hear(nlp(text))), {})

    return judge


@pytest.mark.parametrize(
    "text", ["do you treat both legs", "Do they do both legs?", "could you work on the whole spine"]
)
def test_what_the_clinic_does_is_asked(judged: Judge, text: str) -> None:
    assert asked_of_the_clinic(text)
    assert not beside_what_is_asked(text)
    assert not judged(text).alarms
    assert not judged(text).asks


@pytest.mark.parametrize(
    "text",
    [
        "can you help with my legs, they went dead",
        "do you see people whose foot began to drag on Tuesday",
        "do you treat someone who can't feel his legs",
        "will you see her today",
    ],
)
def test_who_tells_of_somebody_asks_for_more(judged: Judge, text: str) -> None:
    assert not asked_of_the_clinic(text)
    assert judged(text).alarms or judged(text).asks


@pytest.mark.parametrize(
    "text", ["do you treat foot drop?", "can you needle numbness?", "do you treat legs that give way"]
)
def test_a_danger_sign_in_it_is_asked_about_all_the_same(judged: Judge, text: str) -> None:
    assert names_a_sign(text)
    assert judged(text).asks
    assert not judged(text).alarms


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("my back went out this morning, do you treat both legs", "my back went out this morning"),
        ("do you treat both legs, my back went out this morning", "my back went out this morning"),
        ("my back's out do you do both legs", "my back's out"),
        ("lifted a box and can you treat both legs", "lifted a box"),
    ],
)
def test_what_is_told_beside_the_question_is_judged_by_itself(judged: Judge, text: str, beside: str) -> None:
    start, end = beside_what_is_asked(text)[0]

    assert beside == text[start:end]
    assert not judged(text, beside, 0.05).alarms
    assert not judged(text, beside, 0.05).asks
    assert judged(text, beside, 0.97).alarms
    assert not judged(text, beside, 0.97, whole=0.2).alarms


@pytest.mark.parametrize(
    "text",
    [
        "my legs went numb this morning, do you treat both legs",
        "my legs are numb do you treat legs",
        "can't pee since lunch, do you treat both legs",
        "do you treat both legs, they packed in this morning",
        "both packed in this morning, do you treat legs",
        "do you treat numb legs and I need help today",
    ],
)
def test_a_sign_told_beside_the_question_is_one(judged: Judge, text: str) -> None:
    assert judged(text).alarms


@pytest.mark.parametrize(
    "text", ["went numb this morning, do you treat both legs", "my back went out, do you treat numb legs"]
)
def test_a_sign_that_may_be_meant_by_the_question_is_not_passed_over(judged: Judge, text: str) -> None:
    assert judged(text).alarms or judged(text).asks
