"""Two "no" together, or one that is of something else, take nothing back; one by itself does."""

from __future__ import annotations

import pytest
from spacy.language import Language

from bot.safety.net import SafetyNet


def _statuses(net: SafetyNet, nlp: Language, text: str, fact: str) -> set[str]:
    return {finding.status for finding in net.hear(nlp(text)).findings if finding.fact == fact}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("never a minute without the pain, lying down makes no difference", "night_pain_constant"),
        ("not a night without waking from the pain for six weeks", "night_pain_constant"),
        ("no hour without pain, day or night", "night_pain_constant"),
        ("she never goes a day without shivering and fever", "fever"),
        ("osteoporosis, sneezed, and now I can't straighten without stabbing pain", "minor_injury_pain"),
        ("I can't cough without wetting myself since the back went", "bladder_change"),
        ("there's not one night that I don't sweat through the sheets", "fever"),
        ("Viagra does nothing anymore, gone the very day my disc went", "sexual_change"),
        ("her trousers are wet every time I come in and she didn't notice", "bladder_change"),
    ],
)
def test_two_noes_or_one_of_something_else_leave_a_sign_told(
    net: SafetyNet, nlp: Language, text: str, fact: str
) -> None:
    assert "present" in _statuses(net, nlp, text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I can walk without my leg giving way", "leg_weakness_severe"),
        ("I have no numbness and can walk without my leg giving way", "leg_weakness_severe"),
        ("I don't sweat at night, no fever, not a day", "fever"),
        ("my doctor found nothing wrong with my bladder", "bladder_change"),
        ("I can't sit long, but it is without fever", "fever"),
    ],
)
def test_one_no_denies(net: SafetyNet, nlp: Language, text: str, fact: str) -> None:
    assert "present" not in _statuses(net, nlp, text, fact)
