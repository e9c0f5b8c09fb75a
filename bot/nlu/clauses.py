"""Cuts a message where a patient might begin to ask or tell another thing; whether one does is decided elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

_QUESTION_WORDS = frozenset("what how when where why who which whose whats hows wheres whos wat wht hw".split())
_OPENING_VERBS = frozenset(
    """is are do does did can could will would should shall has have am was were may might isnt arent dont doesnt cant
    wont""".split()
)
_CONNECTIVES = frozenset("and also plus but then so & n nd".split())
# What joins two things of equal weight; the others also stand inside a clause ("does it also help").
_JOINS = frozenset("and plus & nd".split())
_RELATIVE = frozenset("who which whose whom that".split())
_ASKING = re.compile(
    r"\?|\b(?:wonder(?:ing)?|want(?:ed)? to (?:know|ask)|like to know|tell me|let me know|curious|any idea|question"
    r"|need to know|asking|ask (?:about|if|whether)|not sure (?:if|whether|how|what)|explain|explanation"
    r"|info(?:rmation)? (?:on|about))\b",
    re.IGNORECASE,
)
_OWN_CASE = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|my|mine|we|our|me|he|she|his|her|they)\b", re.IGNORECASE)
_STRONG_MARK = re.compile(r"[?!;]+\s+|\n+")


@dataclass(frozen=True)
class Part:
    """A stretch of a message.

    Attributes:
        start, end: Its place in the message, in characters.
        asks: Whether it is put as a question or a wish to know.
        tells: Whether it is a statement about somebody's own case.
        read_as: What to classify; differs from the stretch where a shared beginning is understood ("the cost" in
            "what are the risks and the cost").
    """

    start: int
    end: int
    asks: bool
    read_as: str
    tells: bool = False


def sentences(doc: Doc) -> list[Part]:
    """The sentences of a message; also cut after "?", "!" and ";", where the parser sometimes runs on."""
    parts: list[Part] = []
    for span in doc.sents:
        start = span.start_char
        for match in _STRONG_MARK.finditer(doc.text, span.start_char, span.end_char):
            parts.extend(_part(doc, start, match.end()))
            start = match.end()
        parts.extend(_part(doc, start, span.end_char))
    return parts


def clauses(doc: Doc, sentence: Part) -> list[Part]:
    """The parts of one sentence, cut before every clause that could be another question; one part if none."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    cuts = [token.idx for token in span if token.i > span.start and _opens_another(token, span)] if span else []
    parts: list[Part] = []
    for start, end in zip([sentence.start, *cuts], [*cuts, sentence.end], strict=True):
        parts.extend(_part(doc, start, end, asks=sentence.asks))
    return parts


def shared_beginning(doc: Doc, sentence: Part) -> tuple[Part, Part] | None:
    """Two readings of "what are the risks and the cost": with the first thing only, and with the second only."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    for token in span or ():
        if token.dep_ != "conj" or token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.head.i < span.start:
            continue
        first = token.head
        joint = [word for word in doc[first.i + 1 : token.i] if word.dep_ == "cc" and word.lower_ in _CONNECTIVES]
        begin = min((word.i for word in first.subtree if word.i < first.i and word.i >= span.start), default=first.i)
        if not joint or begin == span.start:
            continue
        cut, tail = joint[-1], doc[joint[-1].i + 1 : span.end].text
        head = doc[span.start : begin].text
        left = doc.text[span.start_char : cut.idx].rstrip(" ,")
        return (
            Part(sentence.start, sentence.start + len(left), True, left),
            Part(doc[cut.i + 1].idx, sentence.end, True, f"{head} {tail}"),
        )
    return None


def plain_halves(doc: Doc, sentence: Part) -> tuple[Part, Part] | None:
    """The sentence before and after its first "and" or "also" with at least two words to each side, as they stand."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    for token in span or ():
        if token.lower_ in _JOINS | {"also"} and token.i - span.start >= 2 and span.end - token.i >= 3:
            left = _part(doc, sentence.start, token.idx)
            right = _part(doc, token.nbor(1).idx, sentence.end)
            if left and right:
                return left[0], right[0]
    return None


def _opens_another(token: Token, span: Span) -> bool:
    """Whether a clause of its own may begin here: after a connective or a comma, with a question or a subject."""
    before = token.nbor(-1)
    if token.lower_ in _RELATIVE and (token.head.dep_ == "relcl" or before.pos_ in ("NOUN", "PRON", "PROPN")):
        return False
    after_mark = before.text in (",", "-", "--", "/", ".", "...", ":")
    after_word = before.lower_ in _CONNECTIVES
    if token.lower_ in _CONNECTIVES - _JOINS and not after_mark and not after_word:
        return token.i + 1 < span.end and _begins_question(token.nbor(1), span)
    if token.lower_ in _CONNECTIVES:
        # The connective belongs to what follows: cut before it, unless a mark or another stands there already.
        return token.i + 1 < span.end and not after_word and _begins_clause(token.nbor(1), span)
    if after_word:
        return False
    if after_mark:
        return _begins_clause(token, span)
    # Two questions run together: "does it hurt how long does it take".
    return (
        token.lower_ in _QUESTION_WORDS
        and token.i - span.start >= 2
        and token.i + 2 < span.end
        and token.nbor(1).lower_ in _OPENING_VERBS | {"much", "many", "long", "often", "soon", "about", "far"}
        and before.pos_ not in ("VERB", "ADP", "AUX", "SCONJ")
    )


def _begins_clause(token: Token, span: Span) -> bool:
    if token.lower_ in _CONNECTIVES and token.i + 1 < span.end:
        return _begins_clause(token.nbor(1), span)
    if _begins_question(token, span):
        return True
    # A clause with its own subject: "and I have sciatica", "and the needles hurt".
    return any(
        other.dep_ in ("nsubj", "nsubjpass", "expl") and other.i - token.i <= 3 and other.head.pos_ in ("VERB", "AUX")
        for other in token.doc[token.i : min(token.i + 4, span.end)]
    )


def _begins_question(token: Token, span: Span) -> bool:
    word = token.lower_
    if word in _QUESTION_WORDS or word in ("any", "about", "if", "whether"):
        return True
    if word not in _OPENING_VERBS or token.i + 1 >= span.end:
        return False
    following = token.nbor(1)
    # "and do it myself" orders, "and do you" asks.
    return following.pos_ in ("PRON", "DET", "NOUN", "PROPN", "VERB", "ADJ") and not (
        word == "do" and following.lower_ == "it"
    )


def _part(doc: Doc, start: int, end: int, asks: bool = False) -> list[Part]:
    """The trimmed stretch, or nothing when it holds no word."""
    text = doc.text[start:end]
    start += len(text) - len(text.lstrip(" ,.;:-"))
    stripped = doc.text[start:end].rstrip()
    if not any(character.isalnum() for character in stripped):
        return []
    words = stripped.lower().split()
    if all(word.strip(",.:;-") in _CONNECTIVES for word in words):
        return []
    opening = [word.strip("'\",.") for word in words[:3] if word.strip("'\",.") not in _CONNECTIVES]
    first = opening[0].replace("'", "") if opening else ""
    asking = bool(_ASKING.search(stripped)) or first.split("\u2019")[0] in _QUESTION_WORDS | _OPENING_VERBS
    tells = not asking and bool(_OWN_CASE.search(stripped))
    return [Part(start, start + len(stripped), asking or (asks and len(words) <= 3), stripped, tells)]
