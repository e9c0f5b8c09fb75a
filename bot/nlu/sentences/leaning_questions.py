"""Parts that mean something only with another: "can needles help with that", "it calms I heard, does it … too"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from bot.nlu.sentences.clauses import Part
from bot.nlu.sentences.left_open import asks_further, is_about_somebody_told_of, says_nothing_alone
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.question_forms import (
    CONNECTIVES,
    QUESTION_WORDS,
    is_told_as_a_wish,
    opens_as_question,
    without_joint,
)

# What was heard elsewhere, said before one asks for more of the kind, wants to be confirmed.
_HEARSAY = re.compile(
    r"\b(?:(?:i|we) (?:have |'?ve )?(?:heard?|read|seen|know)|(?:i|we) (?:was|were) told"
    r"|(?:they|people|some) (?:all )?say|it says|apparently|supposedly|is said|it seems)\b",
    re.IGNORECASE,
)
# Whoever names what failed asks for none of it.
_IN_VAIN = re.compile(
    r"\b(?:nothing|none of (?:it|them|these|those|that)|no(?:ne|t one) (?:of (?:it|them) )?|neither)\b.{0,20}"
    r"\b(?:help(?:s|ed)?|work(?:s|ed)?|touch(?:es|ed)|did|does|good)\b"
    # "Massage, nothing. Tablets, no joy."
    r"|^[^,?]{3,40}, (?:nothing|no joy|no good|no luck|no use|useless|nope|a waste of (?:time|money))\W*$"
    r"|\b(?:tried|had|done) (?:it|them|that) all\b|\b(?:did|has done|have done|does|do) (?:nothing|no good)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\bof (?:them|those)\b", re.IGNORECASE)
# "My leg goes to sleep, can you sort that out"
_POINTS_BACK = re.compile(r"\b(?:that|this|those|these)(?: out| at all| too)?\W*$", re.IGNORECASE)
_MORE_OF_THE_KIND = re.compile(r"\b(?:too|also|as well|either)\b", re.IGNORECASE)
_LONGEST_HEARSAY = 12
# Members of a bare list.
_BETWEEN = re.compile(r"\s*(?:,|/|\bor\b|\band\b|&|\+)\s*(?:(?:or|and)\s+)?", re.IGNORECASE)
_BEFORE_THE_QUESTION = re.compile(r",| -+ |:")
_LONGEST_MEMBER, _MOST_MEMBERS = 4, 4
# What a fragment stands in for: when, how often, what else.
_CIRCUMSTANCES = frozenset(("advcl", "npadvmod", "conj", "cc", "parataxis"))
_LEADING = frozenset(("or", "maybe", "about"))
_LONGEST_FRAGMENT = 5
# By itself it asks of the effect that was asked of before it: "does it calm inflammation, and if so how".
_IN_WHAT_WAY = frozenset(("how", "in what way", "how so", "how come", "by what means"))
_HOW_IT_DOES = "how does it work"
_ASKS_OF_ITS_EFFECT = re.compile(
    r"(?:does|do|can|could|will|would) (?:it|this|that|they|acupuncture|needles|needling|the needles|acu)\b",
    re.IGNORECASE,
)


def asked_as_hearsay(parts: list[Part]) -> list[Part]:
    """The parts, "it helps with stress I heard" taken for a question where the next asks "does it … too"."""
    heard = list(parts)
    for place, (part, following) in enumerate(pairwise(parts)):
        if part.asks or not following.asks or len(part.read_as.split()) > _LONGEST_HEARSAY:
            continue
        if _HEARSAY.search(part.read_as) and _MORE_OF_THE_KIND.search(following.read_as):
            heard[place] = replace(part, asks=True, tells=False)
    return heard


def tried_in_vain(parts: list[Part]) -> list[Part]:
    """The parts, what is named beside "nothing helped" taken for told: "physio, massage: nothing helped"."""
    vain: set[int] = set()
    for place, part in reversed(list(enumerate(parts))):
        leads_there = place + 1 < len(parts) and parts[place + 1].sentence in vain and part.read_as.endswith(":")
        if not part.asks and (leads_there or _IN_VAIN.search(part.read_as)):
            vain.add(part.sentence)
    return [replace(part, tells=True) if part.sentence in vain and not part.asks else part for part in parts]


def named_before(doc: Doc, part: Part) -> list[Part]:
    """The members of a list, each with the question about them: "herbs or moxa, do you have those"; empty if none."""
    if part.read_as != text_of(doc)[part.start : part.end]:
        return []
    cut = max((match.start() for match in _BEFORE_THE_QUESTION.finditer(part.read_as)), default=-1)
    named, comma, question = part.read_as[: max(cut, 0)], cut > 0, part.read_as[cut + 1 :].lstrip(" -")
    members = [member for member in _BETWEEN.split(named) if member]
    if not comma or not 1 < len(members) <= _MOST_MEMBERS or not says_nothing_alone(question):
        return []
    span = doc.char_span(part.start, part.start + len(named), alignment_mode="expand") or ()
    if any(len(member.split()) > _LONGEST_MEMBER for member in members) or any(word.pos_ == "AUX" for word in span):
        return []
    found: list[Part] = []
    start = part.start
    for member in members:
        start = text_of(doc).index(member, start)
        found.append(Part(start, start + len(member), True, f"{member}, {question}"))
        start += len(member)
    return [*found[:-1], replace(found[-1], end=part.end)]


def completed(doc: Doc, before: Part, part: Part) -> str | None:
    """A fragment with the question before it: "is it sore the day after" for "is it sore when … ? and the day after?".

    Args:
        doc: The parsed message.
        before: The part before it.
        part: The one that may be a fragment.

    Returns:
        None where the part has a verb of its own, or the one before asks nothing.
    """
    words = doc.char_span(part.start, part.end, alignment_mode="expand")
    asked = doc.char_span(before.start, before.end, alignment_mode="contract")
    if not words or not asked or not (before.asks and part.asks) or part.joined:
        return None
    if not opens_as_question(doc, before.start, before.end):
        return None
    if part.read_as.lower().rstrip("?!. ") in _IN_WHAT_WAY:
        return _HOW_IT_DOES if _ASKS_OF_ITS_EFFECT.match(without_joint(before.read_as)) else None
    said = [word for word in words if word.is_alpha]
    while said and said[0].lower_ in CONNECTIVES | _LEADING:
        said.pop(0)
    if len(said) > 1 and said[0].lower_ in ("what", "how") and said[1].lower_ == "about":
        said = said[2:]
    if not 0 < len(said) <= _LONGEST_FRAGMENT or any(word.pos_ in ("VERB", "AUX") for word in said):
        return None
    if said[0].lower_ in QUESTION_WORDS or said[0].lower_ == "any":
        return None
    dropped = _CIRCUMSTANCES | ({"prep"} if said[0].pos_ == "ADP" else frozenset())
    root = next((word for word in asked if word.head.i == word.i or not asked.start <= word.head.i < asked.end), None)
    kept = [word.text for word in asked if word.is_alpha and not _hangs_on(word, root, dropped)]
    return " ".join([*kept, *(word.text for word in said)])


def _hangs_on(word: Token, root: Token | None, kinds: frozenset[str]) -> bool:
    """Whether a word belongs to something that says when, how or what else is done."""
    while root is not None and word.i != root.i and word.head.i != word.i:
        if word.dep_ in kinds:
            return True
        word = word.head
    return False


def joined_to_what_they_mean(doc: Doc, parts: list[Part]) -> list[Part]:
    """The parts, a question that says nothing of its own ("can needles help with that") joined to what it is about."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        part = _about_the_needles(doc, before, part)
        if before and part.asks and _leans_on(doc, before, part):
            # "had an MRI, it showed a bulge and they gave me pills, does it help with that" means all of it.
            while len(joined) > 1 and before.tells and joined[-2].tells and joined[-2].sentence == before.sentence:
                joined.pop()
                before = replace(before, start=joined[-1].start)
            # "Moxa, herbs - do you have any of that" names both.
            while len(joined) > 1 and _names_another(joined[-2], before):
                joined.pop()
                before = replace(before, start=joined[-1].start)
            text = text_of(doc)[before.start : part.end]
            leaning = without_joint(part.read_as)
            joined[-1] = replace(
                before, end=part.end, asks=True, read_as=text, tells=False, joined=True, question=leaning
            )
        else:
            joined.append(_about_what_was_told(joined, part))
    return joined


def _about_the_needles(doc: Doc, before: Part | None, part: Part) -> Part:
    """The part, "of them" taken for the needles where the question before it names nothing of which there are many."""
    if before is None or not (part.asks and asks_further(part.read_as) and _OF_THEM.search(part.read_as)):
        return part
    named = doc.char_span(before.start, before.end, alignment_mode="contract") or ()
    if any(word.tag_ in ("NNS", "NNPS") or word.dep_ == "conj" for word in named):
        return part
    return replace(part, read_as=_OF_THEM.sub("needles", without_joint(part.read_as)))


def _names_another(earlier: Part, before: Part) -> bool:
    """Whether it is one more of the things that are named before the question about them."""
    said_at_once = earlier.sentence == before.sentence and not earlier.joined
    return said_at_once and not (earlier.asks or earlier.tells) and len(earlier.read_as.split()) <= _LONGEST_MEMBER


def _about_what_was_told(before: list[Part], part: Part) -> Part:
    """A question that says nothing of its own, read with the statement that stands before another question.

    "Slipped disc here - is it safe with that? and would it even help?"
    """
    if len(before) < 2 or not (part.asks and before[-1].asks and before[-2].tells) or asks_further(part.read_as):
        return part
    told = before[-2].read_as
    if not says_nothing_alone(part.read_as) or len(told.split()) > _LONGEST_HEARSAY:
        return part
    return replace(part, read_as=f"{told.rstrip(' -,;:.')}, {without_joint(part.read_as)}")


def _leans_on(doc: Doc, before: Part, part: Part) -> bool:
    """Whether a question means nothing without what stands before it."""
    if asks_further(part.read_as):
        return before.sentence == part.sentence
    if _puts_a_question(doc, before):
        return False
    if before.tells and before.sentence == part.sentence and _POINTS_BACK.search(part.read_as):
        return True
    return says_nothing_alone(part.read_as) or (before.tells and is_about_somebody_told_of(part.read_as))


def _puts_a_question(doc: Doc, part: Part) -> bool:
    # "Tell me what qi is | and how the needles work" has asked; "tell me about my disc | would it help" has not.
    # Nor has "what I'm hoping is that I can stop the pills | is that ok".
    words = part.read_as.lower().split()
    if "?" not in part.read_as and is_told_as_a_wish(part.read_as):
        return False
    asks_something = part.asks and any(word in QUESTION_WORDS for word in words[1:])
    return "?" in part.read_as or asks_something or opens_as_question(doc, part.start, part.end)
