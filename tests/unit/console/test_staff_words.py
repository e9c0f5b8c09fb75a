"""What the code calls by an id, the console calls by a word of the clinic."""

from __future__ import annotations

from bot.console.staff_words import words
from bot.suitability.tiers import Tier


def test_no_result_is_shown_as_an_id():
    shown = [words(tier.id) for tier in Tier]

    assert not [name for name in shown if "_" in name]
    assert "generally suitable, consult first" in shown


def test_labels_of_the_understanding_are_named_for_what_patients_do():
    labels = ("red_flag", "suitability_personal", "chitchat", "not_in_article", "out_of_scope")

    assert ["danger sign", "the check", "small talk", "not in the article", "about something else"] == [
        words(label) for label in labels
    ]


def test_what_says_enough_by_itself_loses_its_underscores_alone():
    assert ("needle pain", "") == (words("needle_pain"), words(None))
