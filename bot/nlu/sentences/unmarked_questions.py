"""Ways in which one clause may hold two questions though nothing marks the second; the topics decide whether it does.

"What are the risks and the cost" shares a beginning, "cost, time, number of visits" is a list, "is it safe does it
hurt" runs on.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from bot.nlu.sentences.clause_beginnings import leads_in, runs_on
from bot.nlu.sentences.clauses import Part, part_of
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.one_notion import is_one_thing, joins_a_pair, keeps_company
from bot.nlu.sentences.question_forms import (
    CONNECTIVES,
    JOINS,
    OPENING_VERBS,
    QUESTION_WORDS,
    begin_alike,
)

_LIST_MARKS = JOINS | frozenset(", / ; then".split())
_LONGEST_LISTED = 6
_SPANS_OF_TIME = frozenset("minutes hours days weeks months years".split())
_ANSWERS = re.compile(r"(?:after|before|within|in|for|from|once|twice|every|by|at)\b.* or ", re.IGNORECASE)
_MOST_RUN_ONS = 5
# What stands before the last thing of a list, and of how many things at least.
_LAST_JOINTS = {"or": 2, "as": 2, "and": 3}
_THINGS = frozenset(("NOUN", "PROPN", "ADJ"))
_MEANS_THE_FIRST = frozenset("it that them this his her their its him".split())
_JOINING = frozenset("or and as well , / maybe even".split())


def shared_beginning(doc: Doc, sentence: Part) -> tuple[Part, Part] | None:
    """Two readings of "what are the risks and the cost": with the first thing only, and with the second only."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    for token in span or ():
        first = _felt_first(token) or token.head
        if token.dep_ != "conj" or first.i < span.start:
            continue
        if not (token.pos_ in _THINGS or _done_too(token) or first is not token.head):
            continue
        joint = [word for word in doc[first.i + 1 : token.i] if word.dep_ == "cc" and word.lower_ in CONNECTIVES]
        before = (word.i for word in first.subtree if span.start <= word.i < first.i and first.pos_ in _THINGS)
        begin = min(before, default=first.i)
        if not joint or begin == span.start or token.lower_ in _SPANS_OF_TIME:
            continue
        if is_one_thing(joint[-1]):
            continue
        cut, tail = joint[-1], doc[joint[-1].i + 1 : span.end].text
        head = doc[span.start : begin].text
        left = text_of(doc)[span.start_char : cut.idx].rstrip(" ,")
        return (
            Part(sentence.start, sentence.start + len(left), True, left),
            Part(doc[cut.i + 1].idx, sentence.end, True, f"{head} {tail}"),
        )
    return None


def _felt_first(token: Token) -> Token | None:
    """The state beside which a participle names another: "sore" of "get sore and bruised"."""
    if token.dep_ != "conj" or token.tag_ not in ("VBN", "VBD") or any(word.dep_ == "nsubj" for word in token.lefts):
        return None
    return next((word for word in token.head.rights if word.dep_ == "acomp" and word.i < token.i), None)


def _done_too(verb: Token) -> bool:
    """Whether it is a second thing to do under one "can I": "can I work out and drink beer"."""
    subjects = any(word.dep_ in ("nsubj", "nsubjpass") for word in verb.lefts)
    # "ease the ache and keep it down" does both to one thing.
    again = any(word.lower_ in _MEANS_THE_FIRST for word in verb.subtree)
    return verb.tag_ == "VB" and verb.head.tag_ in ("VB", "VBP") and not subjects and not again


def either_or(doc: Doc, sentence: Part) -> list[Part]:
    """A reading for each thing that one question asks about: "do you do cupping or moxa"; empty when there are none."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    for token in span or ():
        if token.dep_ != "cc" or token.lower_ not in _LAST_JOINTS or token.head.pos_ == "NUM" or is_one_thing(token):
            continue
        things = _in_turn(token.head)
        begin = _begin_of(things[0])
        if len(things) < _LAST_JOINTS[token.lower_] or things[-1].i < token.i:
            continue
        if begin <= span.start or things[0].lower_ in _SPANS_OF_TIME:
            continue
        head = doc[span.start : begin].text
        edges = [begin, *(_begin_of(thing) for thing in things[1:])]
        ends = [_joint_before(doc, edge) for edge in edges[1:]]
        texts = [doc[edge:end].text for edge, end in zip(edges, [*ends, span.end], strict=True)]
        places = [doc[edge].idx for edge in edges]
        return [
            Part(place, place + len(text), True, f"{head} {text}") for place, text in zip(places, texts, strict=True)
        ]
    return []


def _in_turn(first: Token) -> list[Token]:
    """All that are joined with one: "massage, cupping or moxa"."""
    while first.dep_ == "conj":
        first = first.head
    things = [first]
    while (following := next((word for word in things[-1].rights if word.dep_ == "conj"), None)) is not None:
        things.append(following)
    sure = [thing.pos_ in ("NOUN", "PROPN") or thing.tag_ == "VBG" for thing in things]
    named = any(sure) and all(is_sure or _stands_bare(thing) for is_sure, thing in zip(sure, things, strict=True))
    # "for sciatica or for heel pain"
    return things if named or all(thing.pos_ == "ADP" for thing in things) else things[:1]


def _stands_bare(thing: Token) -> bool:
    """Whether nothing hangs on it but what joins it to others: "massage" is a thing though it may be a verb."""
    return all(word.dep_ in ("cc", "conj", "punct") for word in thing.children)


def _begin_of(thing: Token) -> int:
    """Where a thing begins, with the words before it that belong to it."""
    return min((word.i for word in thing.lefts), default=thing.i)


def _joint_before(doc: Doc, begin: int) -> int:
    """Where the words end that stand before a thing and what joins it."""
    while begin and doc[begin - 1].lower_ in _JOINING:
        begin -= 1
    return begin


def plain_halves(doc: Doc, sentence: Part) -> tuple[Part, Part] | None:
    """The sentence before and after its first "and" or "also" with at least two words to each side, as they stand."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    for token in span or ():
        if token.lower_ in JOINS | {"also"} and token.i - span.start >= 2 and span.end - token.i >= 3:
            left = part_of(doc, sentence.start, token.idx)
            right = part_of(doc, token.nbor(1).idx, sentence.end)
            if left and right and not _broken_off(doc[span.start : token.i]) and not is_one_thing(token):
                return left[0], right[0]
    return None


def _broken_off(left: Span) -> bool:
    """Whether a question has no more than its subject yet: "would ibuprofen | and acupuncture be ok"."""
    return left[0].lower_ in OPENING_VERBS and not any(word.pos_ in ("VERB", "ADJ") for word in left[1:])


def run_ons(doc: Doc, sentence: Part) -> list[tuple[Part, Part]]:
    """The halves of a sentence before each word that could open a second question without any mark."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    pairs = []
    for token in span or ():
        if token.i == span.start or not runs_on(token, span):
            continue
        end = token.nbor(-1).idx if token.nbor(-1).lower_ == "or" else token.idx
        left, right = part_of(doc, sentence.start, end), part_of(doc, token.idx, sentence.end)
        if left and right and not (end < token.nbor(-1).idx + 1 and begin_alike(left[0].read_as, right[0].read_as)):
            pairs.append((replace(left[0], asks=True), replace(right[0], asks=True)))
    return pairs[:_MOST_RUN_ONS]


def listed(doc: Doc, sentence: Part) -> list[Part]:
    """The members of a bare list ("cost, time per visit and number of visits"); empty when it is none."""
    span = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    parts: list[Part] = []
    start = sentence.start
    if not span or leads_in(span):
        return []
    for token in span:
        if token.lower_ in _LIST_MARKS and token.i > span.start and not (token.is_alpha and joins_a_pair(token)):
            if keeps_company(token):
                return []
            parts.extend(part_of(doc, start, token.idx, asks=True))
            start = token.idx + len(token)
    parts.extend(part_of(doc, start, sentence.end, asks=True))
    short = all(len(part.read_as.split()) <= _LONGEST_LISTED for part in parts)
    # "when does it work, after one visit or after several" names the answers it expects.
    if any(_ANSWERS.match(part.read_as) for part in parts[1:]):
        return []
    # "how long, minutes or hours"; but "price, hours, address" asks when the clinic is open
    spans = [part for part in parts[1:] if part.read_as.lower() in _SPANS_OF_TIME]
    if len(spans) > 1 or (spans and (parts[0].read_as.lower().split()[0] in QUESTION_WORDS or len(parts) == 2)):
        return []
    # "Are they trained, registered and insured" asks for one thing in several words.
    last = doc.char_span(parts[-1].start, parts[-1].end, alignment_mode="expand") if parts else None
    if last is not None and len(last) == 1 and last[0].tag_ in ("VBN", "JJ", "VBD") and parts[0].asks:
        if doc[span.start].lower_ in OPENING_VERBS:
            return []
    opening = doc.char_span(parts[0].start, parts[0].end, alignment_mode="expand") if parts else None
    if opening is not None and _broken_off(opening):
        return []
    if len(parts) < 2 or not short:
        return []
    # "Length, number and price of the visits": what the last is of, all are of.
    _, of, whose = parts[-1].read_as.partition(" of ")
    single = all(len(part.read_as.split()) == 1 for part in parts[:-1])
    ending = f" of {whose}" if of and single else ""
    return [replace(part, asks=True, read_as=part.read_as + ending) for part in parts[:-1]] + [
        replace(parts[-1], asks=True)
    ]
