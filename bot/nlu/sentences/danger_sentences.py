"""The second line behind the safety net: which sentence of a message the classifier itself takes for a danger sign.

The net knows words, the classifier knows likeness. A long message about a price may hold one sentence about numb legs,
so every sentence is read by itself, and the likeliest one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from spacy.tokens import Doc

from bot.conversation.understanding import Danger
from bot.nlu.sentences.message_text import text_of
from bot.nlu.topics.predictions import Prediction
from bot.safety.clinic_questions import beside_what_is_asked

RED_FLAG = "red_flag"
MOST_SENTENCES = 30
_FEWEST_WORDS = 2
# A message of more words is a story: read whole, one sentence drowns in it.
_LONGEST_WHOLE = 40


class Reader(Protocol):
    """What says what texts mean."""

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """What each text means."""


def danger_sentences(doc: Doc) -> list[str]:
    """The texts of a message that are read for danger, each once."""
    return list(dict.fromkeys(text_of(doc)[start:end] for start, end in _places(doc)))[:MOST_SENTENCES]


def likeliest_danger(doc: Doc, model: Reader) -> Danger | None:
    """The label (`red_flag/crisis`, …) and probability of the sentence most like a danger sign; None without text.

    The probability is that of all kinds of danger together; the label is the likeliest kind.
    """
    places: dict[str, tuple[int, int]] = {}
    for start, end in _places(doc):
        places.setdefault(text_of(doc)[start:end], (start, end))
    texts = list(places)[:MOST_SENTENCES]
    found: list[Danger] = []
    for text, prediction in zip(texts, model.predict(texts), strict=True):
        kinds = [c for c in prediction.candidates if c.label.startswith(RED_FLAG)]
        if kinds:
            danger = sum(c.confidence for c in kinds) * (1 - prediction.background)
            found.append(Danger(kinds[0].label, danger, *places[text], lead=round(prediction.danger_lead, 4)))
    if not found:
        return None
    likeliest = max(found, key=lambda danger: danger.confidence)
    return replace(likeliest, elsewhere=tuple(danger for danger in found if danger is not likeliest))


def _places(doc: Doc) -> Iterator[tuple[int, int]]:
    """The message if it is short, its sentences, and in each what is told beside a question to the clinic."""
    text = text_of(doc)
    for start, end in _whole_and_sentences(doc):
        yield start, end
        for first, last in beside_what_is_asked(text[start:end]):
            if sum(map(str.isalpha, text[start + first : start + last].split())) >= _FEWEST_WORDS:
                yield start + first, start + last


def _whole_and_sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    words = sum(token.is_alpha for token in doc)
    if words <= _LONGEST_WHOLE:
        yield 0, len(text_of(doc))
    for sentence in doc.sents:
        if sum(token.is_alpha for token in sentence) >= _FEWEST_WORDS:
            text = sentence.text
            start = sentence.start_char + len(text) - len(text.lstrip())
            yield start, start + len(text.strip())
