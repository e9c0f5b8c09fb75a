"""The second line behind the safety net: which sentence of a message the classifier itself takes for a danger sign.

The net knows words, the classifier knows likeness. A long message about a price may hold one sentence about numb legs,
so every sentence is read by itself, and the likeliest one counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
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
# A sentence of so many words that looks so much like a danger sign is read clause by clause too: several harmless ones
# together may look like anything. A clause has so many words.
_LONG, _LIKELY, _FEWEST_OF_A_CLAUSE = 14, 0.3, 3
_CRISIS = "red_flag/crisis"
_CLAUSE_ENDS = re.compile(
    r"[,;:.!?–-]+\s+|\s(?=(?:and|but|so|then|because|cos|or|while|when|which|who|that|since|after|if)\s)",
    re.IGNORECASE,
)


class Reader(Protocol):
    """What says what texts mean."""

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """What each text means."""


def danger_sentences(doc: Doc) -> list[str]:
    """The texts of a message that are read for danger, each once."""
    sentences = _sentences(doc)
    beside = (piece for text, (start, _) in sentences.items() for piece in _beside(text, start))
    return list(dict.fromkeys((*sentences, *beside)))


def likeliest_danger(doc: Doc, model: Reader) -> Danger | None:
    """The label (`red_flag/crisis`, …) and probability of the sentence most like a danger sign; None without text.

    The probability is that of all kinds of danger together; the label is the likeliest kind.
    """
    sentences = _sentences(doc)
    found: list[Danger] = []
    for (text, place), prediction in zip(sentences.items(), model.predict(list(sentences)), strict=True):
        if danger := _danger(prediction, place):
            pieces = _beside(text, place[0])
            read = zip(pieces.values(), model.predict(list(pieces)), strict=True)
            beside = tuple(told for where, meant in read if (told := _danger(meant, where)))
            found.append(replace(danger, beside=beside, in_clauses=_likest_clause(text, danger, model)))
    if not found:
        return None
    likeliest = max(found, key=lambda danger: danger.confidence)
    return replace(likeliest, elsewhere=tuple(danger for danger in found if danger is not likeliest))


def _likest_clause(text: str, danger: Danger, model: Reader) -> float:
    """How like a danger sign the likest clause of a long sentence is that is like one; 1 of any other."""
    if danger.label == _CRISIS or danger.confidence < _LIKELY or len(text.split()) < _LONG:
        return 1.0
    clauses = [part for part in _CLAUSE_ENDS.split(text) if len(part.split()) >= _FEWEST_OF_A_CLAUSE]
    if len(clauses) < 2:
        return 1.0
    read = (_danger(prediction, (0, 0)) for prediction in model.predict(clauses))
    return round(max((one.confidence for one in read if one), default=0.0), 4)


def _danger(prediction: Prediction, place: tuple[int, int]) -> Danger | None:
    """How like a danger sign the text at a place is; None where it is like none."""
    kinds = [c for c in prediction.candidates if c.label.startswith(RED_FLAG)]
    if not kinds:
        return None
    likeness = sum(c.confidence for c in kinds) * (1 - prediction.background)
    return Danger(kinds[0].label, likeness, *place, lead=round(prediction.danger_lead, 4))


def _sentences(doc: Doc) -> dict[str, tuple[int, int]]:
    """What is read for danger, and where it stands: the message if it is short, and its sentences."""
    found: dict[str, tuple[int, int]] = {}
    for start, end in _places(doc):
        found.setdefault(text_of(doc)[start:end], (start, end))
    return dict(islice(found.items(), MOST_SENTENCES))


def _beside(text: str, start: int) -> dict[str, tuple[int, int]]:
    """What a text that begins at `start` tells beside a question to the clinic, and where that stands."""
    places = (place for place in beside_what_is_asked(text) if len(text[slice(*place)].split()) >= _FEWEST_WORDS)
    return {text[first:last]: (start + first, start + last) for first, last in places}


def _places(doc: Doc) -> Iterator[tuple[int, int]]:
    words = sum(token.is_alpha for token in doc)
    if words <= _LONGEST_WHOLE:
        yield 0, len(text_of(doc))
    for sentence in doc.sents:
        if sum(token.is_alpha for token in sentence) >= _FEWEST_WORDS:
            text = sentence.text
            start = sentence.start_char + len(text) - len(text.lstrip())
            yield start, start + len(text.strip())
