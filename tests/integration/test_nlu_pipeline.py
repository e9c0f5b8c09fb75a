"""The two components inside Rasa: trained, packed, loaded and asked, on a few examples of our own."""

from __future__ import annotations

import asyncio
import tarfile
from pathlib import Path

import pytest

from bot import without_tensorflow
from bot.conversation.understanding import Understanding
from bot.nlu.message_keys import PARSING

PROJECT = Path(__file__).parents[2]
CONFIG = """
recipe: default.v1
language: en
assistant_id: test
pipeline:
  - name: bot.nlu.spacy_parser.SpacyParser
  - name: bot.nlu.intent_classifier.KernelIntentClassifier
    encoder_folder: {encoder}
policies: []
"""
EXAMPLES = """
version: "3.1"
nlu:
  - intent: ask_needle_pain
    examples: |
      - does it hurt
      - are the needles painful
      - is it painful
      - will it sting
  - intent: ask_session_length
    examples: |
      - how long is a session
      - how many minutes does a visit take
      - session length
  - intent: ask_not_in_article
    metadata:
      subject: cost
    examples: |
      - how much does it cost
      - what do you charge
      - what does a visit cost
      - is it expensive
  - intent: ask_not_in_article
    metadata:
      subject: hours
    examples: |
      - when are you open
      - opening hours
      - are you open on sunday
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """A trained model."""
    without_tensorflow.install()
    from rasa.model_training import train_nlu

    folder = tmp_path_factory.mktemp("project")
    (folder / "config.yml").write_text(CONFIG.format(encoder=PROJECT / "models" / "encoder"))
    (folder / "nlu.yml").write_text(EXAMPLES)
    return Path(train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "models")))


@pytest.fixture(scope="module")
def agent(archive):
    """The loaded model."""
    from rasa.core.agent import Agent

    return Agent.load(str(archive))


@pytest.fixture(scope="module")
def ask(agent):
    """Asks the loaded model."""
    return lambda text: asyncio.run(agent.parse_message(text))


def test_rasa_gets_the_intent_and_the_dialogue_the_subject(ask):
    answer = ask("what does it cost please")
    understood = Understanding.from_dict(answer["understanding"])

    assert "ask_not_in_article" == answer["intent"]["name"]
    assert "ask_not_in_article/cost" == understood.segments[0].candidates[0].label
    assert {"parse", "topics"} == {name for name, _ in understood.timings}


def test_two_questions_are_two_segments(ask):
    understood = Understanding.from_dict(ask("does it hurt, and how long is a session?")["understanding"])

    labels = [segment.candidates[0].label for segment in understood.segments]
    assert ["ask_needle_pain", "ask_session_length"] == labels


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "cuánto cuesta una sesión", "zxcv qwer"])
def test_what_cannot_be_understood_falls_back(ask, text):
    assert "nlu_fallback" == ask(text)["intent"]["name"]


def test_a_payload_is_left_to_rasa(ask):
    assert "ask_session_length" == ask("/ask_session_length")["intent"]["name"]


def test_messages_read_together_are_read_as_each_alone(agent, ask):
    from rasa.core.channels.channel import UserMessage

    from bot.rasa_server.reading import read

    texts = ["does it hurt, and how long is a session?", "", "hw mcuh is a sesion", "/ask_session_length"]

    async def together():
        return await asyncio.gather(*(read(agent, UserMessage(text)) for text in texts))

    def without_times(parsed):
        understood = {**parsed.get("understanding", {}), "timings": ()}
        return {**parsed, "understanding": understood, "message_id": None, "metadata": {}}

    assert list(map(without_times, map(ask, texts))) == list(map(without_times, asyncio.run(together())))


def test_the_parse_stays_inside(ask):
    assert {PARSING}.isdisjoint(ask("does it hurt"))


def test_the_archive_holds_no_pickle(archive):
    with tarfile.open(archive) as packed:
        names = packed.getnames()

    assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib"))]
    assert any(name.endswith("encoder.onnx") for name in names)
