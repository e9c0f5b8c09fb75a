"""In which language an answer is given."""

from __future__ import annotations

from tests.conversing import finding, understood


def test_a_few_words_are_known_by_the_danger_they_tell_and_a_sentence_by_its_own_words() -> None:
    told = (finding("anticoagulant", language="it"),)

    assert "it" == understood("anticoagulanti", findings=told).spoken
    assert "en" == understood("do you screen for anticoagulants before needling?", findings=told).spoken
