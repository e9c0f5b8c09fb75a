"""Cuts a message where a patient might begin to ask or tell another thing; whether one does is decided elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from bot.nlu.sentences.clause_beginnings import opens_another
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.question_forms import (
    CONNECTIVES,
    JOINS,
    MEASURES,
    asks_on_a_condition,
    begin_alike,
    opens_as_question,
    says_that_it_asks,
    tells_what_was,
    without_if_so,
)

_OWN_CASE = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|my|mine|we|our|me|he|she|his|her|they)\b", re.IGNORECASE)
_OR = re.compile(r"or\s+", re.IGNORECASE)
_AND_WHETHER = re.compile(r"(?:(?:and|also|plus|then|&|n)[ ,]+)+(?:if|whether|that)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A stretch of a message.

    Attributes:
        start, end: Its place in the message, in characters.
        asks: Whether it is put as a question or a wish to know.
        tells: Whether it is a statement about somebody's own case.
        joined: Whether it is a statement and the question about it, which must not be cut again.
        question: Of those, the question by itself; "" elsewhere.
        read_as: What to classify; differs from the stretch where a shared beginning is understood ("the cost" in
            "what are the risks and the cost").
        sentence: Where the sentence begins that it is of, in characters.
        marked: Whether a mark, a connective or the form of a question parts it from the others; False for a reading
            that only the topics can confirm.
    """

    start: int
    end: int
    asks: bool
    read_as: str
    tells: bool = False
    joined: bool = False
    sentence: int = 0
    marked: bool = True
    question: str = ""


def clauses(doc: Doc, sentence: Part) -> list[Part]:
    """The parts of one sentence, cut before every clause that could be another question; one part if none."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    cuts: list[int] = []
    # What stands before a cut says nothing about whether the clause behind it is whole.
    for token in span or ():
        if token.i > span.start and opens_another(token, span):
            cuts.append(token.idx)
            span = doc[token.i : span.end]
    parts: list[Part] = []
    for start, end in zip([sentence.start, *cuts], [*cuts, sentence.end], strict=True):
        parts.extend(part_of(doc, start, end, asks=sentence.asks))
        # "I have tried pills | and creams" goes on telling.
        if (
            len(parts) > 1
            and parts[-2].tells
            and not parts[-1].asks
            and text_of(doc)[start:end].split()[0].lower() in JOINS
        ):
            parts[-1] = replace(parts[-1], tells=True)
        if len(parts) > 1:
            parts[-1] = asked_as_another(doc, parts[-2], parts[-1])
            if says_that_it_asks(parts[-2].read_as) and _AND_WHETHER.match(parts[-1].read_as):
                # "I'd like to know what it costs | and if it makes you tired"
                parts[-1] = replace(parts[-1], asks=True, tells=False)
        elif sentence.asks and parts and _OR.match(parts[0].read_as):
            parts[0] = replace(parts[0], asks=True, tells=False)
    return [replace(part, sentence=sentence.start) for part in parts]


def asked_as_another(doc: Doc, before: Part, part: Part) -> Part:
    """A part that begins with "or" as a question of its own, where it does not name the other answer to the one before.

    "could it spare me the operation, | or do I still need it" asks twice; "does it hurt, or is it …" once.
    """
    other = _OR.match(part.read_as)
    if not other or begin_alike(before.read_as, part.read_as):
        return part
    asks = opens_as_question(doc, part.start + other.end(), part.end)
    return replace(part, asks=True, tells=False) if asks else part


def part_of(doc: Doc, start: int, end: int, asks: bool = False) -> list[Part]:
    """The trimmed stretch, or nothing when it holds no word."""
    text = text_of(doc)[start:end]
    start += len(text) - len(text.lstrip(" ,.;:-"))
    stripped = text_of(doc)[start:end].rstrip()
    if not any(character.isalnum() for character in stripped):
        return []
    words = stripped.lower().split()
    if all(word.strip(",.:;-") in CONNECTIVES for word in words):
        return []
    asking = says_that_it_asks(stripped) or opens_as_question(doc, start, start + len(stripped))
    span = doc.char_span(start, start + len(stripped), alignment_mode="contract")
    asking = asking or (span is not None and asks_on_a_condition(span))
    if (on_condition := without_if_so(stripped)) != stripped:
        begin = start + len(stripped) - len(on_condition)
        if opens_as_question(doc, begin, start + len(stripped)) or on_condition.lower().split()[0] in MEASURES:
            return [Part(start, start + len(stripped), True, on_condition)]
    tells = not asking and (bool(_OWN_CASE.search(stripped)) or (span is not None and tells_what_was(span)))
    return [Part(start, start + len(stripped), asking or (asks and len(words) <= 3), stripped, tells)]
