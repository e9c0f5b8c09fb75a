"""Spelling is mended towards our words, and only when nothing else can be meant."""

import pytest

from bot.nlu.words.spelling import SpellingCorrector

SPELLER = SpellingCorrector(
    {"acupuncture": 90, "sciatica": 40, "session": 50, "hurt": 20, "insurance": 9, "brushing": 9, "bruise": 9},
    {"session", "fly", "hunt"}.__contains__,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acupunture for siatica?", "acupuncture for sciatica?"),
        ("per sesion", "per session"),
        ("insurence", "insurance"),
        ("akupunkture", "acupuncture"),
        ("sesssion insruance", "session insurance"),
        ("acupuncturesession", "acupuncture session"),
        ("acu puncture", "acupuncture"),
        ("accu puncture", "acupuncture"),
        ("insrnc for a sssn", "insurance for a session"),
    ],
)
def test_a_misspelt_word_of_ours_is_mended(text, expected):
    assert expected == SPELLER.correct(text)


@pytest.mark.parametrize("drug", ["tamron", "warfarin", "eliquis", "xarelto", "plavix", "gabapentin"])
def test_a_named_drug_is_not_corrected_to_another_word(drug):
    assert drug == SPELLER.correct(drug)


@pytest.mark.parametrize("text", ["hunt", "fly", "ht", "C5-C6", "L4/5"])
def test_a_common_word_or_a_short_one_stays(text):
    assert text == SPELLER.correct(text)


def test_a_word_seen_once_that_is_no_english_is_not_ours():
    assert {"hurt": 2} == SpellingCorrector.count(["hurt", "hurt hrut"], {"hurt"}.__contains__)


@pytest.mark.parametrize("form", ["bruising", "bruised", "sessions", "hunting"])
def test_a_form_of_a_known_word_is_no_misspelling(form):
    assert form == SPELLER.correct(form)
