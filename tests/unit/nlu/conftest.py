"""What the tests of the understanding share; the encoder is built once a run, as set-up does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.topics.topic_model import TopicModel
from bot.nlu.topics.topic_training import train
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph
from bot.nlu.vectors.spacy_pipeline import load_pipeline
from bot.nlu.words.language import Languages

PROJECT = Path(__file__).parents[3]
EXAMPLES = {
    "cost": ["how much does it cost", "what is the price", "what do you charge", "is it expensive", "fees please"],
    "pain": ["does it hurt", "are the needles painful", "i am scared of the needles", "is it painful", "will it sting"],
    "length": [
        "how long is a session",
        "how many minutes does a visit take",
        "session length",
        "how long will i lie there",
    ],
    "sciatica": [
        "does it help sciatica",
        "can it help my sciatic nerve",
        "pain down my leg from sciatica",
        "sciatica?",
    ],
    "greet": ["hello", "hi there", "good morning", "hey"],
}


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The shipped encoder."""
    return SentenceEncoder(cached_graph(PROJECT / "models" / "encoder"))


@pytest.fixture(scope="session")
def model(encoder: SentenceEncoder) -> TopicModel:
    """A small classifier of five topics."""
    texts = [text for examples in EXAMPLES.values() for text in examples]
    labels = [label for label, examples in EXAMPLES.items() for _ in examples]
    return train(texts, labels, encoder, encoder.tokenizer.is_word)


@pytest.fixture(scope="session")
def languages() -> Languages:
    """The shipped words."""
    return Languages.read(PROJECT / "data" / "languages.yml")


@pytest.fixture(scope="session")
def pipeline():
    """The shipped parser; what it is asked for leaves nothing behind in it."""
    return load_pipeline()
