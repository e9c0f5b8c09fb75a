"""In which language an answer is given."""

from __future__ import annotations

from tests.conversing import finding, understood


def test_a_few_words_are_known_by_the_danger_they_tell_and_a_sentence_by_its_own_words() -> None:
    told = (finding("anticoagulant", language="it"),)

    assert "it" == understood("anticoagulanti", findings=told).spoken
    assert "en" == understood("do you screen for anticoagulants before needling?", findings=told).spoken


def test_of_two_languages_in_the_same_letters_the_one_is_meant_that_the_danger_is_told_in() -> None:
    told = (finding("мене морозить", language="uk"),)

    assert "uk" == understood("мене морозить", findings=told, language="ru").spoken
    assert "ru" == understood("мене морозить", findings=(*told, finding("знобит", language="ru")), language="ru").spoken
