"""What a label is called is one more example where there are few, and never anything else."""

import numpy as np
import pytest

from bot.nlu.topics.label_names import NAMED_BELOW, with_names, words_of
from bot.nlu.topics.topic_training import train


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("ask_not_in_article/cost", "ask not in article cost"),
        ("ExchangeRate", "exchange rate"),
        ("100_NIGHT_TRIAL_OFFER", "night trial offer"),
        ("what-size", "what size"),
        ("42", ""),
        ("L1", ""),
    ],
)
def test_a_label_is_read_as_words(label, words):
    assert words == words_of(label)


def test_only_labels_of_few_examples_are_taught_by_name():
    texts = [*(f"price {number}" for number in range(NAMED_BELOW)), "where", "weather", "7"]
    classes = np.array([*[0] * NAMED_BELOW, 1, 2, 3])

    found, numbers, is_name = with_names(texts, ["cost", "find_us", "out_of_scope", "x1"], classes, ("out_of_scope",))

    assert ["find us"] == [text for text, named in zip(found, is_name, strict=True) if named]
    assert texts == [text for text, named in zip(found, is_name, strict=True) if not named]
    assert sorted(numbers) == numbers.tolist()
    assert 2 == (numbers == 1).sum()


def test_a_name_says_what_an_example_does_not(encoder):
    texts = ["how much is it", "what do you charge", "is there a spot", "where do I leave my things"]
    questions = ["where is the parking lot", "can I park outside"]

    opaque, telling = (
        train(texts, ["a1", "a1", label, label], encoder, encoder.tokenizer.is_word).predict(questions)
        for label in ("b2", "car_parking")
    )

    assert all(named.confidence > bare.confidence for bare, named in zip(opaque, telling, strict=True))
