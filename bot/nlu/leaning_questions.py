"""Parts that mean something only with another: "can needles help with that", "it calms I heard, does it … too"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from bot.nlu.clauses import Part
from bot.nlu.question_forms import asks_further, is_about_somebody_told_of, opens_as_question, says_nothing_alone

# What was heard elsewhere, said before one asks for more of the kind, wants to be confirmed.
_HEARSAY = re.compile(
    r"\b(?:(?:i|we) (?:have |'?ve )?(?:heard?|read|seen|know)|(?:i|we) (?:was|were) told"
    r"|(?:they|people|some) (?:all )?say|it says|apparently|supposedly|is said|it seems)\b",
    re.IGNORECASE,
)
_MORE_OF_THE_KIND = re.compile(r"\b(?:too|also|as well|either)\b", re.IGNORECASE)
_LONGEST_HEARSAY = 12
# Members of a bare list.
_BETWEEN = re.compile(r"\s*(?:,|/|\bor\b|\band\b|&|\+)\s*(?:(?:or|and)\s+)?", re.IGNORECASE)
_LONGEST_MEMBER, _MOST_MEMBERS = 4, 4


def asked_as_hearsay(parts: list[Part]) -> list[Part]:
    """The parts, "it helps with stress I heard" taken for a question where the next asks "does it … too"."""
    heard = list(parts)
    for place, (part, following) in enumerate(pairwise(parts)):
        if part.asks or not following.asks or len(part.read_as.split()) > _LONGEST_HEARSAY:
            continue
        if _HEARSAY.search(part.read_as) and _MORE_OF_THE_KIND.search(following.read_as):
            heard[place] = replace(part, asks=True, tells=False)
    return heard


def named_before(doc: Doc, part: Part) -> list[Part]:
    """The members of a list, each with the question about them: "herbs or moxa, do you have those"; empty if none."""
    named, comma, question = part.read_as.rpartition(",")
    members = [member for member in _BETWEEN.split(named) if member]
    if not comma or not 1 < len(members) <= _MOST_MEMBERS or not says_nothing_alone(question):
        return []
    span = doc.char_span(part.start, part.start + len(named), alignment_mode="expand") or ()
    if any(len(member.split()) > _LONGEST_MEMBER for member in members) or any(word.pos_ == "AUX" for word in span):
        return []
    found: list[Part] = []
    start = part.start
    for member in members:
        start = doc.text.index(member, start)
        found.append(Part(start, start + len(member), True, f"{member},{question}"))
        start += len(member)
    return [*found[:-1], replace(found[-1], end=part.end)]


def joined_to_what_they_mean(doc: Doc, parts: list[Part]) -> list[Part]:
    """The parts, a question that says nothing of its own ("can needles help with that") joined to what it is about."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and part.asks and _leans_on(doc, before, part):
            # "had an MRI, it showed a bulge and they gave me pills, does it help with that" means all of it.
            while len(joined) > 1 and before.tells and joined[-2].tells and joined[-2].sentence == before.sentence:
                joined.pop()
                before = replace(before, start=joined[-1].start)
            text = doc.text[before.start : part.end]
            joined[-1] = replace(before, end=part.end, asks=True, read_as=text, tells=False, joined=True)
        else:
            joined.append(part)
    return joined


def _leans_on(doc: Doc, before: Part, part: Part) -> bool:
    """Whether a question means nothing without what stands before it."""
    if asks_further(part.read_as):
        return before.sentence == part.sentence
    if _puts_a_question(doc, before):
        return False
    return says_nothing_alone(part.read_as) or (before.tells and is_about_somebody_told_of(part.read_as))


def _puts_a_question(doc: Doc, part: Part) -> bool:
    return "?" in part.read_as or opens_as_question(doc, part.start, part.end)
