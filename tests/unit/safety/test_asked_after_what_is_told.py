"""What is told stays told, whatever is asked right behind it, with a mark between them or with none."""

from __future__ import annotations

import pytest

from tests.unit.safety.conftest import Scan

TOLD = {
    "I'm on eliquis": "anticoagulant",
    "I have a pacemaker": "implanted_device",
    "I'm 20 weeks pregnant": "pregnant",
    "I have diabetes": "diabetes",
    "my legs are numb": "both_legs",
    "I can't feel my bum": "saddle_numbness",
    "I have a fever and back pain": "fever",
    "I want to kill myself": "suicidal",
}
ASKED = (
    "would it be ok for me", "would acupuncture be ok", "would that be a problem", "is acupuncture fine for me",
    "is that ok", "would i be ok to come", "will I be fine", "does that matter or not", "hope thats not a problem",
    "thats not a problem is it", "dont know if its ok", "no idea if thats ok", "should I not come", "any issue with that",
    "nobody will say if its safe", "is it not allowed", "i dont like needles", "no rush", "otherwise healthy",
)  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("mark", [" ", ", ", ". "])
def test_nothing_that_is_asked_behind_it_denies_what_was_told(scan: Scan, asked: str, mark: str) -> None:
    for told, fact in TOLD.items():
        found = {finding.fact: finding.status for finding in scan(f"{told}{mark}{asked}")}

        assert "present" == found.get(fact), f"{told}{mark}{asked}"


@pytest.mark.parametrize("text", ["my bladder is fine, bowels are ok", "fever negative", "numbness in my feet is ok"])
def test_what_is_said_to_be_fine_is_still_denied(scan: Scan, text: str) -> None:
    assert "present" not in {finding.status for finding in scan(text)}
