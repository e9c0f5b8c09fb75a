"""What a message tells of years ago, and says to be over, is history; what is of now stays told."""

from __future__ import annotations

import pytest
from spacy.language import Language

from bot.safety.net import SafetyNet


def _present(net: SafetyNet, nlp: Language, text: str) -> set[str]:
    return {finding.fact for finding in net.hear(nlp(text)).findings if finding.status == "present"}


@pytest.mark.parametrize(
    "text",
    [
        "I had a bladder infection in spring that went to my kidneys, fever and all. That's long gone.",
        "I couldn't hold my water and had no feeling down below when I was a soldier. It's all in the past. All healed.",
        "When I was pregnant with my second I couldn't hold my bladder.",
        "She had blood clots in her leg when she was pregnant.",
        "My foot dropped in 2018, surgery, full strength since.",
        "Sitting through a three hour opera I could not feel my legs at the end, then walked it off.",
    ],
)
def test_what_is_said_to_be_long_over_is_history(net: SafetyNet, nlp: Language, text: str) -> None:
    signs = {
        "bladder_change",
        "fever",
        "saddle_numbness",
        "leg_clot_signs",
        "leg_weakness_severe",
        "pregnant",
        "both_legs",
    }
    assert not _present(net, nlp, text) & signs


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I couldn't pee this morning. That's long gone.", "bladder_change"),
        ("I can't feel my legs. It is over.", "both_legs"),
        ("I had a fever last night. All gone now, but my legs are numb.", "both_legs"),
        ("I had a fever and still have it. All over me.", "fever"),
        ("I'm pregnant and I can't pee.", "pregnant"),
        ("I was sitting and suddenly could not feel my legs, tried walking it off but no.", "both_legs"),
        ("Can't feel my backside since yesterday's long drive, a stretch does not bring it back.", "saddle_numbness"),
    ],
)
def test_what_is_of_now_stays_told(net: SafetyNet, nlp: Language, text: str, fact: str) -> None:
    assert fact in _present(net, nlp, text)


def test_what_was_feared_and_has_not_happened_is_only_supposed(net: SafetyNet, nlp: Language) -> None:
    text = "They told me that if I ever lose feeling in my groin I should go to the ER. None of that has happened."
    assert "saddle_numbness" not in _present(net, nlp, text)
