"""What is wished of the check itself, as the classifier heard it: skip this one, no others, how many more, for whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.conversation.content import Content
from bot.conversation.follow_ups import bare
from bot.conversation.spoken import answer_named
from bot.conversation.state import State
from bot.conversation.suitability_check.check_state import running_interview
from bot.conversation.suitability_check.check_who import who_needs_care
from bot.conversation.suitability_check.check_words import denies_more
from bot.conversation.understanding import Candidate, Segment, intent_of
from bot.conversation.wish import STEER, Wish
from bot.safety.reading import SAID_OF_ANY_PAIN
from bot.suitability.interview import SOMEONE_ELSE, current
from bot.suitability.tiers import Answer

SKIP, NO_MORE, HOW_MANY_LEFT, ANEW = "skip", "no_more", "how_many_left", "anew"
FOR_ME, FOR_ANOTHER = "for_me", "for_another"
_IN_GENERAL = re.compile(
    r"\bcontra ?(?:indication|indications|indicated)\b|\bwho cant\b|"
    r"\bwho (?:should|must|may|can|could|is|are|do|does)(?:nt| not| never)\b|"
    r"\bwho (?:should|must) (?:avoid|stay away)\b|\bwhen (?:should|must|is|can) (?:\w+ ){0,3}(?:not|never|avoid\w*)\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:i|im|ive|me|my|he|him|his|she|her|we|our|mine|someone|somebody)\b")
# Where nothing can be steered, the next best reading is taken from here on.
_PLAIN_WITHOUT = 0.6
# Who tells of an illness answers, whatever else the words sound like.
_OF_THE_PERSON = SAID_OF_ANY_PAIN | {"minor"}


def as_heard_here(state: State, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The parts of a message, without readings as steering that say nothing where they stand."""
    heard = _heard_here(state)
    return tuple(_without(segment, heard) for segment in segments)


def _heard_here(state: State) -> frozenset[str]:
    """The subjects of steering that can be meant: all in the check, and after it that it is to be done again."""
    if state.check is not None:
        return frozenset((SKIP, NO_MORE, HOW_MANY_LEFT, ANEW, FOR_ME, FOR_ANOTHER))
    if state.asked is not None and state.asked["kind"] == "peg":
        return frozenset((SKIP,))
    before = state.facts.get(SOMEONE_ELSE)
    otherwise = {Answer.YES.value: (FOR_ME,), Answer.NO.value: (FOR_ANOTHER,)}.get(before or "", ())
    return frozenset((ANEW, *otherwise)) if state.facts else frozenset()


def _without(segment: Segment, heard: Collection[str]) -> Segment:
    """A part read as it is where only these subjects of steering are heard."""
    dropped = {c for c in segment.candidates if intent_of(c.label) == STEER and c.label.partition("/")[2] not in heard}
    if not dropped:
        return segment
    left = 1 - sum(c.confidence for c in dropped)
    rest = tuple(
        Candidate(c.label, c.confidence / left if left > 0 else 0.0) for c in segment.candidates if c not in dropped
    )
    if segment.decision != "accept" or segment.candidates[0] not in dropped:
        return replace(segment, candidates=rest)
    plain = bool(rest) and rest[0].confidence >= _PLAIN_WITHOUT
    return replace(segment, candidates=rest, decision="accept" if plain else "offer")


def steered(content: Content, state: State, subject: str, text: str, told: Collection[str]) -> Wish:
    """What is wished of the check with a subject of the intent `steer_check`; a miss where it says nothing here.

    Args:
        content: Knows the check's questions.
        state: What is remembered.
        subject: What was heard.
        text: The message.
        told: The facts that the safety net found in it, of whoever and in whatever form.
    """
    if not set(told) <= _OF_THE_PERSON:
        return Wish("miss")
    if state.check is None:
        # Only what `as_heard_here` has left: the three questions about pain are passed over, or a check is begun anew.
        return Wish("control", "cancel") if subject == SKIP else Wish("check", "anew")
    if subject == SKIP:
        return Wish("control", "skip")
    if subject == HOW_MANY_LEFT:
        return Wish("control", "how_many_left")
    if subject == ANEW:
        return Wish("check", "anew")
    if subject == FOR_ME:
        return Wish("who", "self")
    if subject == FOR_ANOTHER:
        who = who_needs_care(text) or ""
        return Wish("who", who if who.startswith("other") or who == "under_18" else "other")
    running = running_interview(content.rules, state)
    prompt = current(content.rules, running) if running else None
    had_one = prompt is not None and (prompt.besides or prompt.kind == "anything_else")
    return Wish("control", "deny") if had_one or denies_more(text) else Wish("miss")


def asks_of_nobody(text: str) -> bool:
    """Whether the message asks who should not have acupuncture at all, and not about a person: "contraindications?"."""
    words = bare(text)
    return bool(_IN_GENERAL.search(words)) and not _OF_SOMEBODY.search(words)


def meant_otherwise(text: str) -> Wish | None:
    """What the answer before should have been, where a correction names one answer: "that ought to have been a no"."""
    named = answer_named(text)
    return Wish("instead", named) if named else None
