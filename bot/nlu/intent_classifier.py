"""Rasa component: the project's own intent classifier; see `topic_model` for how it decides."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from bot.conversation.understanding import Understanding
from bot.nlu.message_keys import PARSING, UNDERSTANDING
from bot.nlu.sentences.segmentation_settings import SegmentationSettings
from bot.nlu.topics import topic_storage
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_model import BACKGROUND, TopicModel
from bot.nlu.topics.topic_storage import ENCODER
from bot.nlu.topics.topic_training import TrainingSettings, train
from bot.nlu.topics.vector_store import StoredVectors
from bot.nlu.understand import Parse, intent_ranking, top_intent, understand, understand_together
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph, graph_name_hash
from bot.nlu.vectors.encoder_weights import WrongEncoderWeights, sha256_of
from bot.nlu.words.language import Languages
from bot.nlu.words.plain_words import PLAIN_WORDS, PlainWords
from bot.project import PROJECT

PROOF = "encoder.json"


def label_of(example: Message) -> str:
    """What an example is trained as: its intent, or `intent/subject` where its block in data/nlu names a subject.

    Rasa's own way, retrieval intents, wants a response for each subject in the domain; ours are no responses.
    """
    subject = ((example.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("subject")
    return f"{example.get(INTENT)}/{subject}" if subject else example.get(INTENT)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class KernelIntentClassifier(GraphComponent):
    """Sets `intent`, `intent_ranking` and `understanding`; needs `SpacyParser` before it."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: TopicModel | None = None
    ) -> None:
        """Classify with a model, or be ready to train one."""
        self._config, self._model_storage, self._resource = config, model_storage, resource
        labels = model.labels if model else ()
        self._thresholds = Thresholds.configured(config).for_labels(labels, config["own_out_of_scope"])
        self._segmentation = SegmentationSettings(
            split_confidence=config["split_confidence"],
            gap_confidence=config["gap_confidence"],
            split_known=config["split_known"],
            telling_confidence=config["telling_confidence"],
            overruled_by=config["overruled_by"],
            whole_until=config["whole_until"],
            story_labels=tuple(config["story_labels"]),
            side_labels=tuple(config["side_labels"]),
        )
        # Read from `data/` and not from the archive: a word that is added works at the next start, without training.
        self._languages = Languages.read(PROJECT / "data" / "languages.yml")
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """The parser must run before."""
        from bot.nlu.spacy_parser import SpacyParser

        return [SpacyParser]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The calibrated defaults; docs/understanding.md says how they were found."""
        thresholds, segmentation, training = Thresholds(), SegmentationSettings(), TrainingSettings()
        return {
            "encoder_folder": "models/encoder",
            "ridge": training.ridge,
            "balance": training.balance,
            "left_out_share": training.left_out_share,
            "own_out_of_scope": training.own_out_of_scope,
            "background": BACKGROUND,
            "least_refused": training.least_refused,
            "refuse_below": thresholds.refuse_below,
            "accept_known": thresholds.accept_known,
            "accept_confidence": thresholds.accept_confidence,
            "refuse_below_beside_own": thresholds.refuse_below_beside_own,
            "split_confidence": segmentation.split_confidence,
            "gap_confidence": segmentation.gap_confidence,
            "split_known": segmentation.split_known,
            "telling_confidence": segmentation.telling_confidence,
            "overruled_by": segmentation.overruled_by,
            "whole_until": segmentation.whole_until,
            "story_labels": list(segmentation.story_labels),
            "side_labels": list(segmentation.side_labels),
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["onnxruntime", "scipy", "spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Train again when the encoder or the code of the understanding changed, not only the data."""
        digest = hashlib.sha256(graph_name_hash().encode())
        for path in sorted(Path(__file__).parent.rglob("*.py")):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KernelIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the examples' full labels (`intent/subject`) and put all that is needed into the archive.

        Raises:
            UnusableExamples: when fewer than two labels have an example.
            WrongEncoderWeights: when the encoder's weights are missing or not the published ones.
        """
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        graph = cached_graph(Path(self._config["encoder_folder"]))
        encoder = SentenceEncoder(graph)
        stored = StoredVectors(encoder, graph.with_suffix(".npz"))
        self._model = train(
            [example.get(TEXT) for example in examples],
            [label_of(example) for example in examples],
            stored,
            encoder.tokenizer.is_word,
            TrainingSettings(
                self._config["ridge"],
                self._config["balance"],
                self._config["left_out_share"],
                self._config["own_out_of_scope"],
                self._config["background"],
                self._config["least_refused"],
            ),
        )
        stored.keep()
        self._model.encoder = encoder
        with self._model_storage.write_to(self._resource) as folder:
            topic_storage.save(self._model, folder)
            shutil.copyfile(graph, folder / ENCODER)
            (folder / PROOF).write_text(json.dumps({"sha256": sha256_of(graph)}), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> KernelIntentClassifier:
        """Read the trained classifier from the archive.

        Raises:
            WrongEncoderWeights: when the archive's encoder is not the one it was trained with.
        """
        with model_storage.read_from(resource) as folder:
            expected = json.loads((folder / PROOF).read_text(encoding="utf-8"))["sha256"]
            if sha256_of(folder / ENCODER) != expected:
                raise WrongEncoderWeights(f"{folder / ENCODER} was changed after training: run `bot train` again.")
            encoder = SentenceEncoder(folder / ENCODER)
            plain = PlainWords.read(PLAIN_WORDS)
            model = topic_storage.load(folder, encoder, encoder.tokenizer.is_word, plain)
        # One question is too little work to share out: a second thread only spins (a third of the time, measured).
        threadpool_limits(limits=1, user_api="blas")
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Understand each message.

        Raises:
            RuntimeError: when it was neither trained nor loaded.
        """
        if self._model is None:
            raise RuntimeError("the intent classifier is not trained: run `bot train`")
        parses = [message.get(PARSING) for message in messages]
        for message, found in zip(messages, self._understand(parses, self._model), strict=True):
            name, confidence = top_intent(found)
            message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
            message.set("intent_ranking", intent_ranking(found), add_to_output=True)
            message.set(UNDERSTANDING, found.to_dict(), add_to_output=True)
        return messages

    def _understand(self, parses: Sequence[Parse], model: TopicModel) -> list[Understanding]:
        if len(parses) > 1:
            return understand_together(parses, model, self._languages, self._thresholds, self._segmentation)
        # One alone is encoded while it is still being parsed.
        return [understand(parse, model, self._languages, self._thresholds, self._segmentation) for parse in parses]
