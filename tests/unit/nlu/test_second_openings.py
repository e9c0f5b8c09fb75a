"""A second question is looked for without any mark where its words open one, and nowhere else."""

import pytest

from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.second_openings import second_openings


def halves(text, pipeline):
    doc = pipeline(text)
    return [tuple(half.read_as for half in pair) for pair in second_openings(doc, Part(0, len(text), True, text))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("how long is it", "is it safe"),
        ("does insurance cover it", "how many sessions do people need"),
        ("are the needles sterile", "who puts them in"),
        ("what should i wear", "what happens in the session"),
        ("opening times", "are the needles new each time"),
        ("good for inflammation", "good for stress"),
        ("any risk of bruising", "any risk of dirty needles"),
        ("any side effects", "any aftercare"),
        ("what is this acupuncture", "is it dangerous"),
    ],
)
def test_a_second_question_is_looked_for(first, second, pipeline):
    assert (first, second) in halves(f"{first} {second}", pipeline)


@pytest.mark.parametrize(
    "text",
    [
        "how many needles do you use",
        "what side effects does it have",
        "what time do you shut",
        "i know how long is it",
        "can you tell me how does it work",
        "if it hurts can i stop",
        "my back hurts when i bend",
        "is a session like half an hour",
        "does it matter what i wear",
        "for how long is a session",
    ],
)
def test_one_question_is_not_cut(text, pipeline):
    assert halves(text, pipeline) == []
