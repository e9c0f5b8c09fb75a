"""Two things asked with one beginning and a joint of their own: "for stiffness, and for swelling", "as well as"."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.question_forms import JOINS

# "help me relax as well as the pain"
_AS_WELL_AS = re.compile(r"\b(?:as well as|along with|on top of)\s+(?=\w)", re.IGNORECASE)


def as_well_as(doc: Doc, sentence: Part) -> tuple[Part, Part] | None:
    """Two readings of "would it help me relax as well as the pain": with what stands before it, and with what follows.

    What follows goes with the main verb; with the preposition where there is none ("good for pain as well as …").
    """
    found = _AS_WELL_AS.search(text_of(doc), sentence.start, sentence.end)
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    if not found or not span:
        return None
    asked, tail = text_of(doc)[sentence.start : found.start()].rstrip(), text_of(doc)[found.end() : sentence.end]
    before = [word for word in span if word.idx < found.start()]
    root = next((word.i for word in before if word.pos_ == "VERB" and word.i > span.start), None)
    led_by = next((word.i for word in before if word.pos_ == "ADP"), None) if root is None else root
    follows = doc.char_span(found.end(), sentence.end, alignment_mode="expand")
    if led_by is None or not follows or follows[0].pos_ in ("VERB", "AUX"):
        return None
    return (
        Part(sentence.start, sentence.start + len(asked), True, asked),
        Part(found.end(), sentence.end, True, f"{doc[span.start : led_by + 1].text} {tail}"),
    )


def with_their_preposition(doc: Doc, sentence: Part) -> list[Part]:
    """Two readings of "any good for stiffness, and for swelling", each with the beginning; empty where it is none."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    for joint in span or ():
        if joint.lower_ not in JOINS or joint.i + 2 >= span.end or joint.i == span.start:
            continue
        again = joint.nbor(1)
        first = next((word for word in doc[span.start + 1 : joint.i] if _same_preposition(word, again)), None)
        if first is None:
            continue
        head, tail = doc[span.start : first.i].text, doc[again.i : span.end].text
        named = text_of(doc)[sentence.start : joint.idx].rstrip(" ,")
        return [
            Part(sentence.start, sentence.start + len(named), True, named),
            Part(again.idx, sentence.end, True, f"{head} {tail}"),
        ]
    return []


def _same_preposition(word: Token, other: Token) -> bool:
    return word.lower_ == other.lower_ and word.pos_ == other.pos_ == "ADP"
