"""From a parsed message to what was understood of it; all that the Rasa component does, without Rasa."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Doc

from bot.conversation.understanding import Segment, Understanding, intent_of
from bot.nlu.sentences.danger_sentences import danger_sentences, likeliest_danger
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.parts_to_read import PartsToRead, parts_to_read
from bot.nlu.sentences.segmentation import segments
from bot.nlu.sentences.segmentation_settings import SegmentationSettings
from bot.nlu.topics.predictions import Prediction
from bot.nlu.topics.scored_texts import ScoredTexts
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_model import TopicModel
from bot.nlu.words.language import ENGLISH, Languages

FALLBACK_INTENT = "nlu_fallback"


class Parse(Protocol):
    """A text and its parse, which may still be under way; `bot.nlu.spacy_parser.Parsing` is one."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def doc(self) -> Doc:
        """The parse; waited for."""

    @property
    def milliseconds(self) -> float:
        """How long it took."""


@dataclass(frozen=True)
class Parsed:
    """A parse that is there already."""

    doc: Doc
    milliseconds: float = 0.0

    @property
    def text(self) -> str:
        """What was parsed."""
        return text_of(self.doc)


@dataclass(frozen=True)
class _ToRead:
    """What of one message is read, which follows from its parse.

    Attributes:
        language: It is written in.
        parts: None where it is not English: its topics are guesses from names and loan words then, good enough for
            staff to see, not to answer from.
        sentences: What is read for danger.
    """

    language: str
    parts: PartsToRead | None
    sentences: list[str]

    @classmethod
    def of(cls, doc: Doc, languages: Languages) -> _ToRead:
        language = languages.identify(text_of(doc))
        return cls(language, parts_to_read(doc) if language == ENGLISH else None, danger_sentences(doc))

    def texts(self, doc: Doc) -> list[str]:
        """All at once: the model goes through its examples once for all texts."""
        return [*(self.parts.texts if self.parts else [text_of(doc)]), *self.sentences]


class Reading:
    """What the parts of one message mean, each read once; gone with the message."""

    def __init__(self, model: TopicModel, scored: ScoredTexts) -> None:
        """Read with a model, and with what was scored already."""
        self._model, self._scored = model, scored
        self._found: dict[str, Prediction] = {}

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """As `TopicModel.predict`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._found]
        self._found.update(zip(new, self._model.predict(new, self._scored, self._scored.correct), strict=True))
        return [self._found[text] for text in texts]


def understand_together(
    parses: Sequence[Parse],
    model: TopicModel,
    languages: Languages,
    thresholds: Thresholds,
    settings: SegmentationSettings,
) -> list[Understanding]:
    """Each of several messages as `understand` does, in less time: what each is read for anyhow is looked up at once.

    Args:
        parses: Of the normalised texts.
        model: Says what a part means.
        languages: Tells which language it is in.
        thresholds: Accept, offer or refuse.
        settings: When to split.
    """
    began = time.perf_counter()
    scored = ScoredTexts(model)
    found = [_ToRead.of(parse.doc, languages) if parse.text.strip() else None for parse in parses]
    scored.look_up(one.texts(parse.doc) for parse, one in zip(parses, found, strict=True) if one)
    share = (time.perf_counter() - began) / len(parses)
    return [
        understand(parse, model, languages, thresholds, settings, scored, share, one)
        for parse, one in zip(parses, found, strict=True)
    ]


def understand(
    parse: Parse,
    model: TopicModel,
    languages: Languages,
    thresholds: Thresholds,
    settings: SegmentationSettings,
    scored: ScoredTexts | None = None,
    spent: float = 0.0,
    to_read: _ToRead | None = None,
) -> Understanding:
    """Language and segments of a message; the safety net adds its findings afterwards.

    Args:
        parse: Of the normalised text, which may be empty.
        model: Says what a part means.
        languages: Tells which language it is in.
        thresholds: Accept, offer or refuse.
        settings: When to split.
        scored: What was looked up before, if anything was.
        spent: Seconds which that took for this message.
        to_read: What of the message was looked up.
    """
    if not parse.text.strip():
        return Understanding(parse.text, ENGLISH, (Segment(parse.text, 0, len(parse.text), (), 0.0, "refuse"),))
    began = time.perf_counter()
    if scored is None:
        scored = ScoredTexts(model)
        # This needs no parse.
        scored.encode(parse.text)
    reading = Reading(model, scored)
    spent += time.perf_counter() - began
    doc = parse.doc
    began = time.perf_counter()
    to_read = to_read or _ToRead.of(doc, languages)
    language, parts, sentences = to_read.language, to_read.parts, to_read.sentences

    def classify(texts: Sequence[str]) -> list[Prediction]:
        # With what is read for danger.
        return reading.predict([*texts, *sentences])[: len(texts)]

    if parts is not None:
        found = segments(doc, classify, thresholds, settings, parts)
    else:
        prediction = classify([text_of(doc)])[0]
        found = (Segment(text_of(doc), 0, len(text_of(doc)), prediction.candidates, prediction.known, "refuse"),)
    danger = likeliest_danger(doc, reading)
    spent = round((spent + time.perf_counter() - began) * 1000, 2)
    return Understanding(
        text_of(doc), language, found, danger=danger, timings=(("parse", parse.milliseconds), ("topics", spent))
    )


def top_intent(understanding: Understanding) -> tuple[str, float]:
    """Rasa's intent for a message: of its first segment, or the fallback when that one was not accepted."""
    first = understanding.segments[0]
    if first.decision != "accept" or not first.candidates:
        return FALLBACK_INTENT, round(1 - first.known, 4)
    best = first.candidates[0]
    return intent_of(best.label), best.confidence


def intent_ranking(understanding: Understanding) -> list[dict]:
    """Rasa's ranking: the intents of the first segment's candidates, each once, best first."""
    total: dict[str, float] = {}
    name, confidence = top_intent(understanding)
    if name == FALLBACK_INTENT:
        total[name] = confidence
    for candidate in understanding.segments[0].candidates:
        intent = intent_of(candidate.label)
        total[intent] = max(total.get(intent, 0.0), candidate.confidence)
    return [{"name": intent, "confidence": confidence} for intent, confidence in total.items()]
