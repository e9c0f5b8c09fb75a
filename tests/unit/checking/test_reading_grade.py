"""The reading grade of our own words."""

from __future__ import annotations

import pytest

from bot.checking.reading_grade import Text, grade, syllables, too_hard


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1), ("needle", 2), ("needles", 2), ("watches", 2), ("wanted", 2), ("helped", 1), ("doctor", 2),
        ("healthcare", 2), ("diabetes", 3), ("radio", 3), ("medication", 4), ("area", 3), ("fluid", 2), ("HIV", 3),
        ("911", 1), ("long-term", 2), ("don't", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_spelling(word: str, count: int) -> None:
    assert count == syllables(word)


def test_short_plain_words_read_easily() -> None:
    assert grade("Call us if the pain gets bad. We are here to help you.") < 3


def test_long_words_in_a_long_sentence_read_hard() -> None:
    assert grade("Considerable physiological improvement necessitates interdisciplinary consultation.") > 12


def test_an_allowed_word_counts_as_an_easy_one_in_all_its_forms() -> None:
    text = "The {} can help you with that."

    easy = grade(text.format("word"))

    for form in ("acupuncturist", "Acupuncturists", "acupuncturist's"):
        assert easy == grade(text.format(form), ["acupuncturist"])


def test_a_few_words_are_too_short_to_tell() -> None:
    assert 0.0 == grade("Acupuncture considerations notwithstanding")


def test_a_hard_text_is_a_fault_with_its_place() -> None:
    text = Text(
        "data/x.yml", "k", "Considerable physiological improvement necessitates interdisciplinary consultation."
    )

    (fault,) = too_hard([text], ())

    assert ("data/x.yml", "k") == (fault.file, fault.key)
