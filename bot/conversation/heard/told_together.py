"""What was tried and did not help, told in one go: it is heard, and nothing is looked up for each thing named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.by_words.worded_as_told import begins_to_tell, neither_asks_nor_requests
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish, wish_for
from bot.safety.written.letters import bare

_HELPS = r"(?:help|work|last|stick|fix|touch|ease|shift|cut|do|make)(?:s|es|ed|ing)?"
_FAILED = re.compile(
    rf"\b(?:nothing|none|neither|not one)\b(?: \w+){{0,4}}? {_HELPS}\b"
    rf"|\b(?:didnt|did not|doesnt|does not|hasnt|has not|havent|never|barely|hardly|wasnt|isnt)(?: \w+)? (?:any )?"
    rf"(?:{_HELPS}|good|use|better|enough)\b"
    r"|\b(?:no|not much|little) (?:good|use|luck|joy|better|relief|help|difference)\b"
    r"|\bonly (?:helps?|helped|lasts?|lasted|works?|worked) (?:for )?(?:a|an|one|two|\d+)\b"
)
# What people try before they come here.
_TRIED = frozenset(
    {
        *(Wish("topic", topic) for topic in (
            "complementary_therapies", "alternative_to_medication_or_surgery", "exercise_or_stretching",
            "ergonomics_posture", "long_term", "pain_relief",
        )),
        *(Wish("gap", subject) for subject in (
            "massage_chiropractic", "side_subject", "medication_advice", "herbs", "dry_needling", "cupping",
            "electroacupuncture", "acupressure_self",
        )),
    }
)  # fmt: skip
# "Been to four chiropractors" asks of none.
_BEEN_THROUGH = re.compile(
    r"(?:(?:well|so|oh|and|already|also|i|ive|i have|we|weve) )*(?:been (?:to|through|under)|gone (?:to|through)|"
    r"went (?:to|through)|saw|seen|tried|had|did|done|spent|paid) "
)
# Who says what they fear asks about it.
_FEARS = re.compile(
    r"\b(?:worr\w+|afraid|scared|nervous|fear\w*|wonder\w*|whether|concern\w*|curious|unsure|not sure)\b"
)


def told_together(state: State, understanding: Understanding, found: Sequence[Wish]) -> tuple[Wish, ...]:
    """The wishes of a message, as told where it names what failed, or several things that somebody has done or has.

    "Tried chiro, PT, injections. Nothing lasts." asks about none of the three.
    """
    if state.check is not None or not state.waits_for_nothing:
        return tuple(found)
    plain, text = [Wish(wish.kind, wish.value) for wish in found], understanding.text
    in_vain = _TRIED.issuperset(plain) and _tells_of_failure(text)
    several = len(found) > 1 and begins_to_tell(text) and not _FEARS.search(bare(text))
    been_through = _TRIED.issuperset(plain) and _BEEN_THROUGH.match(bare(text)) and neither_asks_nor_requests(text)
    if not (in_vain or been_through) and not (several and {wish.kind for wish in plain} <= {"topic", "gap"}):
        return tuple(found)
    labels = [segment.candidates[0].label for segment in understanding.segments if segment.candidates]
    return (Wish("unclear", "told", labels=tuple(label for label in labels if wish_for(label) in plain)),)


def _tells_of_failure(text: str) -> bool:
    # "Help" that did not come is no request.
    rest, failures = _FAILED.subn(" ", bare(text))
    return failures > 0 and "?" not in text and neither_asks_nor_requests(rest)
