"""What is told for the sake of a question is one with it; what is named beside a question is asked about too."""

import pytest

from bot.conversation.understanding import Candidate
from bot.nlu.sentences.beside_a_case import one_with_what_it_is_for
from bot.nlu.sentences.clauses import Part
from bot.nlu.topics.predictions import Prediction

DISC, HELPS = "ask_condition_herniated_disc", "ask_benefits_general"
CHIROPRACTOR, TOGETHER = "ask_not_in_article/massage_chiropractic", "ask_complementary_therapies"


def read(text, label, start=0, *, asks):
    return Part(start, start + len(text), asks, text), Prediction((Candidate(label, 0.9),), 1.0, 0.9)


def labels(*rows):
    return [prediction.label for _, prediction in one_with_what_it_is_for(rows)]


@pytest.mark.parametrize(
    ("told", "told_label", "asked", "asked_label", "meant"),
    [
        ("bulging disc here.", DISC, "would it do anything", HELPS, DISC),
        ("seeing a chiropractor Fridays", CHIROPRACTOR, "ok to do both", TOGETHER, TOGETHER),
    ],
)
def test_what_is_told_for_a_question_is_one_with_it(told, told_label, asked, asked_label, meant):
    rows = read(told, told_label, asks=False), read(asked, asked_label, len(told) + 1, asks=True)

    assert [meant] == labels(*rows)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Two questions.
        (read("does it help a disc", DISC, asks=True), read("is it any good", HELPS, 20, asks=True)),
        # A question that needs nothing told.
        (read("bulging disc here.", DISC, asks=False), read("what are the benefits", HELPS, 20, asks=True)),
        # And one that is about something else.
        (read("bulging disc here.", DISC, asks=False), read("does it hurt", "ask_needle_pain", 20, asks=True)),
    ],
)
def test_what_stands_beside_a_question_that_is_not_for_it_is_answered_too(first, second):
    assert 2 == len(labels(first, second))
