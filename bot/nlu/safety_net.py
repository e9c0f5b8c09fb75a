"""Rasa component: reads every message for danger signs and health facts, whatever it asks about."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message

from bot.conversation.check_state import known
from bot.conversation.danger_signs.danger import triage
from bot.conversation.danger_signs.danger_replies import RED_FLAG
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.nlu.intent_classifier import KernelIntentClassifier
from bot.nlu.message_keys import PARSING, UNDERSTANDING
from bot.nlu.spacy_parser import SpacyParser
from bot.project import PROJECT
from bot.safety.net import SafetyNet
from bot.suitability.loader import load as load_rules

DATA = PROJECT / "data"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SafetyNetDetector(GraphComponent):
    """Adds the net's findings to what was understood, and puts `red_flag` before any other intent when they alarm.

    The patterns and rules are read from `data/` when the model is loaded, not from the archive: a danger phrase that a
    clinician adds works at the next start, without training.
    """

    def __init__(self, net: SafetyNet) -> None:
        self._net = net
        self._rules = load_rules(DATA / "suitability")

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyNetDetector:
        """Build it from the shipped patterns."""
        return cls(SafetyNet(DATA / "safety"))

    @classmethod
    def required_components(cls) -> list[type]:
        """The parse, and what was understood, come from these."""
        return [SpacyParser, KernelIntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """It has no options."""
        return {}

    def process_training_data(self, training_data: Any) -> Any:
        """Training needs nothing from it."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that was understood."""
        for message in messages:
            if (data := message.get(UNDERSTANDING)) is not None:
                self._read(message, Understanding.from_dict(data))
        return messages

    def _read(self, message: Message, understanding: Understanding) -> None:
        started = time.perf_counter()
        heard = self._net.hear(message.get(PARSING).doc)
        milliseconds = round((time.perf_counter() - started) * 1000, 2)
        timings = (*understanding.timings, ("safety_net", milliseconds))
        understanding = replace(understanding.with_heard(heard), timings=timings)
        message.set(UNDERSTANDING, understanding.to_dict(), add_to_output=True)
        judged = triage(self._rules, understanding, known(self._rules, State()))
        if judged.alarms or judged.asks:
            message.set(INTENT, {"name": RED_FLAG, "confidence": 1.0}, add_to_output=True)
