"""What is one thing to whoever says it stays together, though "and" or "or" joins two words."""

import pytest

from bot.nlu.sentences.one_notion import is_one_thing, joins_a_pair, weighs
from bot.nlu.vectors.spacy_pipeline import load_pipeline


@pytest.fixture(scope="module")
def parse():
    return load_pipeline()


def _joint(doc):
    return next(token for token in doc if token.lower_ == "and")


@pytest.mark.parametrize(
    "text",
    ["is it just wear and tear", "I feel pins and needles", "any dos and don'ts", "I have had it for years and years"],
)
def test_two_words_that_are_one_notion_are_a_pair(parse, text):
    assert joins_a_pair(_joint(parse(text)))


@pytest.mark.parametrize("text", ["what do they do and do they hurt", "the cost and the time", "pain and swelling"])
def test_other_words_are_none(parse, text):
    assert not joins_a_pair(_joint(parse(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("are the needles thin and bendy", True),
        ("am I too old and stiff for this", True),
        ("is it normal to be tired and a little woozy after", True),
        ("does it make you sleepy and slow", True),
        ("is it safe and does it hurt", False),
        ("is it safe and is it quick", False),
        ("is it good for stiffness and pain", False),
    ],
)
def test_what_one_thing_may_be_in_two_words_is_one_question(parse, text, expected):
    assert expected is is_one_thing(_joint(parse(text)))


def test_what_one_is_told_apart_from_belongs_to_it(parse):
    assert is_one_thing(_joint(parse("what is the difference between acupuncture and acupressure")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is it more for muscles or for nerves", True),
        ("is it safer than pills", True),
        ("does it help sciatica or only plain aches", True),
        ("do you do cupping or moxa", False),
        ("can I have more of it, and is it safe or risky", False),
    ],
)
def test_weighing_is_told_from_asking_of_each(text, expected):
    assert expected is weighs(text)
