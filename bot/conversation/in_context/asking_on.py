"""Few words that mean nothing without the answer before them ("even at the start?", "before or after"): asked of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.content import Content
from bot.conversation.in_context.told_of_an_answer import TOLD_BEFORE
from bot.conversation.state import State
from bot.conversation.understanding import Segment
from bot.conversation.wish import Wish, from_payload
from bot.safety.written.letters import bare

# The label of such words: no wish of its own.
ASKS_ON = "asks_on"
# Of 3,279 messages that stand by themselves two are so like them (decision 0050).
_LIKE_THEM = 0.05
# Beside these readings: they say no sentence of the article.
_LEAN_EASILY = ("gap", "talk", "remark", "off_topic")
# Offered to everybody, these say nothing of what was meant.
_WAYS_IN = ("what_is_acupuncture",)
# And where no reading is likely, if the likeliest is at most so much likelier.
_NEARLY, _FAR_FROM_SURE = 2, 0.4
# What is left may be taken from here on.
_PLAIN, _KNOWN = 0.6, 0.3
_MOST_WORDS, _WORDS_THAT_SAY_WHICH, _WORDS_OF_A_CASE = 10, 4, 5
# "Every morning" after an answer asks that of it, and who says "crane operator" tells what they do.
_OF_A_CASE = re.compile(
    r"^(?:(?:and|but|so|ok|or|like|even|also|only|just|always|still|not) )*(?:every|each|same|the same|for|with|"
    r"without|on|in|at|from|to|all|both|once|twice|\d+|two|three|daily|weekly|monthly|straight|right|during|before|after|until|till|"
    r"within|per|never|always|whole|the whole|the entire|next|first|last)\b"
)
_OWN_CASE = re.compile(r"\b(?:i|im|ive|id|my|mine|we|our|he|she|his|her|they|their)\b")
_TOLD = (Wish("remark", "tells_more"), Wish("talk", "user_pain"), Wish("control", "start_over"))


def asked_on(content: Content, state: State, segment: Segment, last: Sequence[str], own: Wish) -> str | None:
    """What was answered last, where the part asks on about it; None where it asks by itself or leans on nothing.

    Args:
        content: Knows the topics.
        state: What is remembered.
        segment: The part.
        last: What was answered last, in order.
        own: What the part wishes for by itself: a topic, or what steers the chat, leans only where it is less likely.
    """
    answered = _offered_first(content, state) or [t for t in last if t in content.topics or t == NOT_IN_ARTICLE]
    if not answered or not state.waits_for_nothing or state.said in TOLD_BEFORE:
        return None
    if len(segment.text.split()) > _MOST_WORDS or not segment.candidates:
        return None
    like = next((c.confidence for c in segment.candidates if c.label == ASKS_ON), 0.0)
    likely = like >= _LIKE_THEM and own.kind in _LEAN_EASILY
    best = segment.candidates[0].confidence
    unread = own.kind in ("unclear", "miss") and best < _FAR_FROM_SURE and like * _NEARLY >= best
    leans = leans_plainly(segment) or likely or unread or _names_a_case(state, segment.text, own)
    return answered[-1] if leans else None


def _names_a_case(state: State, text: str, own: Wish) -> bool:
    """Whether few words that sound told name a case of what was just answered: "same week", "on a bad day"."""
    words = bare(text)
    few = len(words.split()) <= _WORDS_OF_A_CASE and not state.said
    return few and own in _TOLD and bool(_OF_A_CASE.match(words)) and not _OWN_CASE.search(words)


def says_which(state: State, text: str) -> bool:
    """Whether few words say more exactly what was left open just now: "mine is Kaiser", "just a ballpark"."""
    left_open = state.topics == (NOT_IN_ARTICLE,) and not state.said
    return left_open and len(bare(text).split()) <= _WORDS_THAT_SAY_WHICH


def _offered_first(content: Content, state: State) -> list[str]:
    """What "did you mean" named first just now, as who asks on has meant it; empty where it was not asked."""
    if not state.choosing or state.said or not state.offered:
        return []
    wish = from_payload(state.offered[0][1])
    if wish[0].kind == "gap":
        return [f"{NOT_IN_ARTICLE}/{wish[0].value}"]
    named = wish[0].kind == "topic" and wish[0].value in content.topics and wish[0].value not in _WAYS_IN
    return [wish[0].value] if named else []


def leans_plainly(segment: Segment) -> bool:
    """Whether asking on is what the part is likest to."""
    return bool(segment.candidates) and segment.candidates[0].label == ASKS_ON


def by_itself(segment: Segment) -> Segment:
    """The part as it is read where nothing was answered that it could lean on."""
    left = 1 - sum(c.confidence for c in segment.candidates if c.label == ASKS_ON)
    if left == 1:
        return segment
    rest = tuple(
        replace(c, confidence=min(1.0, c.confidence / left) if left > 0 else 0.0)
        for c in segment.candidates
        if c.label != ASKS_ON
    )
    plain = bool(rest) and rest[0].confidence >= _PLAIN
    if segment.decision != "accept" and not (plain and segment.known >= _KNOWN):
        return replace(segment, candidates=rest)
    return replace(segment, candidates=rest, decision="accept" if plain else "offer")
