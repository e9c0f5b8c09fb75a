"""What is wished of the check itself, as the classifier heard it: skip this one, no others, how many more, for whom."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.conversation.by_words.no_of_a_thing import thing_denied
from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.yes_and_no import answer_named
from bot.conversation.check_state import SUITABILITY, running_interview
from bot.conversation.choices import CHECK_INTENT
from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.suitability_check.who import who_needs_care
from bot.conversation.suitability_check.words import denies_more
from bot.conversation.understanding import Candidate, Segment, intent_of
from bot.conversation.wish import STEER, Wish
from bot.safety.kin import ANYBODY
from bot.safety.reading import SAID_OF_ANY_PAIN
from bot.safety.written.letters import bare
from bot.suitability.interview import current
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

SKIP, NO_MORE, HOW_MANY_LEFT, ANEW = "skip", "no_more", "how_many_left", "anew"
FOR_ME, FOR_ANOTHER = "for_me", "for_another"
_WHO = frozenset((FOR_ME, FOR_ANOTHER))
_RELATIVE = re.compile(r"(?<=\w )who\b")
# "I'd rather not talk of the pregnancy" names what was asked; "skip, I have diabetes" tells of it.
_OF_ONESELF = re.compile(r"\b(?:im|i am|ive|i have|i had|i got|i take|i use|my|he|she|they)\b")
_DECLINES = re.compile(
    r"\b(?:skip|rather not|prefer not|dont want|do not want|wont|not comfortable|not going to|no comment)\b"
)
_CHECK = re.compile(r"\b(?:check|test|quiz|assessment|questionnaire|questions|screening|survey)\b")
_AGAIN = re.compile(
    r"\b(?:again|over|anew|afresh|once more|(?:second|other) time|(?:new|another|fresh)|(?:redo|retake|repeat|restart)|"
    r"from (?:the )?(?:start|beginning|top|scratch))\b"
)
_ONCE_MORE = re.compile(
    r"\b(?:redo|repeat|retake|once more|another go|(?:do|try|run) (?:it|that|this) (?:all )?again)\b"
)
_FOR_WHOM = re.compile(
    r"\b(?:(?:do|check|ask|answer|fill|start|run|try|have|redo) (?:\w+ ){0,3}|"
    r"(?:its|it is|this is|meant|asking) (?:\w+ )?)"
    rf"for (?:me|myself|(?:my|our) (?:\w+ )?(?:{ANYBODY}))\b"
)
# "Start over" alone starts all over, the talk with it.
_DONE_AGAIN = re.compile(
    r"\b(?:do|try|run|redo|repeat) (?:(?:it|this|that|all|everything|the (?:lot|whole thing)) )+"
    r"(?:all )?(?:again|over(?: again)?|from (?:the )?(?:start|beginning|top|scratch))\b"
)
_TELLS = re.compile(r"\b(?:what|tell|show|see|result|results|outcome|why)\b")
# Inside the check its steering is so much likelier than what the classifier learned from all messages, from there on.
_LIKELIER, _LEAST = 4.0, 0.15
# What is only offered elsewhere is done there from here on; for whom the check is begins it anew, and must be surer.
_PLAIN_INSIDE, _PLAIN_WHO = 0.45, 0.5
# Answers are never taken for steering.
_ANSWERS = frozenset({"deny", "not_sure"})
# Where nothing can be steered, the next best reading is taken from here on.
_PLAIN_WITHOUT = 0.6
# Who tells of an illness answers, whatever else the words sound like.
_OF_THE_PERSON = SAID_OF_ANY_PAIN | {"minor"}


def as_heard_here(state: State, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The parts of a message as they are meant where they stand.

    Steering is likelier inside the check; where it says nothing, the next best reading counts.
    """
    heard = _heard_here(state)
    at_leisure = state.waits_for_nothing
    parts: Iterable[Segment] = segments
    if state.check is None:
        parts = map(_before_it_begins, parts)
    parts = (_without(part, heard | _WHO if at_leisure and _tells_whom(part.text) else heard) for part in parts)
    if state.check is not None or state.facts:
        after_result = state.check is None and state.topics == (SUITABILITY,)
        in_check = state.check is not None
        parts = (_begun_anew(part, in_check=in_check, after_result=after_result) for part in parts)
    return tuple(_likelier_here(part) if state.check is not None else part for part in parts)


def _tells_whom(text: str) -> bool:
    """Whether words in which somebody may be named ask nothing: "it's my husband who needs it"."""
    return not asks(_RELATIVE.sub("", text))


def _before_it_begins(segment: Segment) -> Segment:
    """How many questions the check has, asked before there is one, is a wish for it."""
    first = segment.candidates[0] if segment.candidates else None
    if first is None or first.label != f"{STEER}/{HOW_MANY_LEFT}" or not _CHECK.search(bare(segment.text)):
        return segment
    return _read_as(segment, Candidate(CHECK_INTENT, first.confidence))


def _heard_here(state: State) -> frozenset[str]:
    """The subjects of steering that can be meant: all in the check, and after it that it was for somebody else.

    Where nothing waits, a part that asks nothing may also tell who needs care.
    """
    if state.check is not None:
        return frozenset((SKIP, NO_MORE, HOW_MANY_LEFT, FOR_ME, FOR_ANOTHER))
    if state.asked is not None and state.asked["kind"] == "peg":
        return frozenset((SKIP,))
    return _told_otherwise(state)


def _told_otherwise(state: State) -> frozenset[str]:
    """For whom a check that was done was not."""
    before = state.facts.get(SOMEONE_ELSE)
    return frozenset({Answer.YES.value: (FOR_ME,), Answer.NO.value: (FOR_ANOTHER,)}.get(before or "", ()))


def _begun_anew(segment: Segment, *, in_check: bool, after_result: bool) -> Segment:
    """Starting over where the check is named, or a check wished for once more, is the check begun anew.

    Right after a result "redo it for my wife" names it too, and inside it "do it again" means nothing else.
    """
    first = segment.candidates[0] if segment.candidates else None
    words = bare(segment.text)
    named = (
        _CHECK.search(words) or (in_check and _DONE_AGAIN.search(words)) or (after_result and _ONCE_MORE.search(words))
    )
    if first is None or not named or _TELLS.search(words):
        return segment
    if in_check and _DONE_AGAIN.search(words):
        return _read_as(segment, Candidate(f"{STEER}/{ANEW}", first.confidence))
    over = first.label == "start_over" and first.confidence >= _PLAIN_INSIDE
    again = first.label == CHECK_INTENT and segment.decision == "accept" and _AGAIN.search(words)
    return _read_as(segment, Candidate(f"{STEER}/{ANEW}", first.confidence)) if over or again else segment


def _likelier_here(segment: Segment) -> Segment:
    first = segment.candidates[0] if segment.candidates else None
    if first is None or first.label in _ANSWERS or first.label.startswith("red_flag"):
        return segment
    for candidate in segment.candidates:
        subject = candidate.label.partition("/")[2] if intent_of(candidate.label) == STEER else ""
        if subject in (SKIP, NO_MORE, HOW_MANY_LEFT) and candidate.confidence >= _LEAST:
            if candidate.confidence * _LIKELIER > first.confidence:
                return _read_as(segment, candidate)
    plain = dict.fromkeys(("cancel", "go_back", "why_ask"), _PLAIN_INSIDE)
    plain |= {f"{STEER}/{who}": _PLAIN_WHO for who in (FOR_ME, FOR_ANOTHER)}
    if first.label in plain:
        return replace(segment, decision="accept" if first.confidence >= plain[first.label] else "offer")
    return segment


def _read_as(segment: Segment, first: Candidate) -> Segment:
    return replace(segment.read_as(first), decision="accept")


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


def names_the_check(text: str) -> bool:
    """Whether the words name the check or its questions."""
    return bool(_CHECK.search(bare(text)))


def steers(text: str) -> bool:
    """Whether the words wish, inside the check, that it begins again or is done for somebody else."""
    words = bare(text)
    anew = _DONE_AGAIN.search(words) or (_CHECK.search(words) and _AGAIN.search(words))
    return bool(anew or _FOR_WHOM.search(words))


def steered(content: Content, state: State, subject: str, text: str, told: Collection[str]) -> Wish:
    """What is wished of the check with a subject of the intent `steer_check`; a miss where it says nothing here.

    Args:
        content: Knows the check's questions.
        state: What is remembered.
        subject: What was heard.
        text: The message.
        told: The facts that the safety net found in it, of whoever and in whatever form.
    """
    answers = not set(told) <= _OF_THE_PERSON
    if answers and not (subject == SKIP and _declines_to_name(bare(text))):
        return Wish("miss")
    if state.check is None:
        # Only what `as_heard_here` has left: the three questions about pain are passed over, a check is begun anew for
        # somebody else, or it is told who needs care.
        if subject in _WHO - _told_otherwise(state):
            offered = Wish("check", "offered" if subject == FOR_ANOTHER else "offered_again")
            return offered if state.asked else Wish("talk", subject)
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
    listed = content.rules.question(prompt.question).facts if prompt else frozenset()
    had_one = any(state.facts.get(fact) == Answer.YES.value for fact in listed)
    ends = had_one or (denies_more(text) and not thing_denied(text))
    return Wish("control", "deny") if ends else Wish("miss")


def _declines_to_name(words: str) -> bool:
    return bool(_DECLINES.search(words)) and not _OF_ONESELF.search(words)


def meant_otherwise(text: str) -> Wish | None:
    """What the answer before should have been, where a correction names one answer: "that ought to have been a no"."""
    named = answer_named(text)
    return Wish("instead", named) if named else None
