"""Who lists danger signs and says to have none of them has told of none."""

from __future__ import annotations

import pytest
from spacy.language import Language

from bot.safety.net import SafetyNet

SIGNS = {"saddle_numbness", "bladder_change", "both_legs", "leg_weakness_severe", "fever"}


def _told(net: SafetyNet, nlp: Language, text: str) -> set[str]:
    return {f.fact for f in net.hear(nlp(text)).findings if f.status == "present"} & SIGNS


@pytest.mark.parametrize(
    "text",
    [
        "The red flags are numbness in the saddle area, weakness in both legs and fever. I don't have any of these myself.",
        "I know all about cauda equina, and I have none of it: my back is only stiff.",
        "Saddle numbness, leaking, foot drop: I have none of these, only a stiff back.",
        "I went through the checklist, leaking urine, numb groin, weak legs, none of which I have.",
        "The page lists loss of bladder control and numb legs. None of those apply to me. Can I come?",
    ],
)
def test_signs_that_are_named_and_then_disowned_are_not_told(net: SafetyNet, nlp: Language, text: str) -> None:
    assert not _told(net, nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Numb between the legs, cannot pee since Tuesday. I have none of that normally.",
        "Can't pee and my legs are numb. I had none of this yesterday.",
        "My wife is numb down there and wet herself. I have none of that.",
        "Hurts so bad, legs giving out. None of those.",
        "I wet myself. I have none of that on good days.",
        "My bladder has stopped working. The leaflet lists more, I have none of these.",
    ],
)
def test_signs_that_somebody_has_stay_told_whatever_is_disowned(net: SafetyNet, nlp: Language, text: str) -> None:
    assert _told(net, nlp, text)


def test_the_sentence_that_only_lists_them_counts_as_denied(net: SafetyNet, nlp: Language) -> None:
    text = "The leaflet names losing all feeling down there. I have none of that."
    assert (0, text.index(".")) in net.hear(nlp(text)).denied
