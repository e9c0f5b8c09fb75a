"""Of whom a conversation speaks, from one message to the next: the person told of stays the one who is meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.conversation.state import State
from bot.conversation.suitability_check.of_whom import is_of_one_beside
from bot.conversation.suitability_check.own_case import (
    FOR_ME,
    FOR_SOME_ONE,
    OF_ANOTHER,
    names_own_back,
    tells_of_ones_own,
)
from bot.conversation.suitability_check.person import BACK, THE_WRITER, told_of_the_person
from bot.safety.kin import ANYBODY, CHILD
from bot.safety.written.letters import bare
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

_AND_ME = re.compile(
    r"\b(?:what|how) about me\b|\b(?:and|now|also) (?:for )?(?:me|myself)\b|\b(?:me|myself) (?:too|now|next)\b"
)
_MYSELF = re.compile(rf"{FOR_ME.pattern}|\b(?:me|myself)\b")
_HE_OR_SHE = re.compile(r"\b(?:he|she|him|her)\b")
_NAMED = re.compile(rf"\b(?:{ANYBODY}|{CHILD})\b")
# Said after a check for somebody else, or one that was stopped.
_ME_NEXT = re.compile(
    r"(?:(?:and|now|ok|okay|then|so|next|right|what about|how about|do|check|for) )+(?:me|myself)"
    r"(?: (?:now|too|next|then|please|as well))*|(?:me|myself) (?:now|too|next|then)(?: please)?"
)
# In so many turns nobody has forgotten of whom they were speaking.
_JUST_NOW = 2


def asks_for_ones_own(state: State, text: str) -> bool:
    """Whether the writer wishes for a check of their own after one for somebody else: "now me", "what about me"."""
    return state.facts.get(SOMEONE_ELSE) == Answer.YES.value and bool(_ME_NEXT.fullmatch(bare(text)))


def remembered(
    state: State, text: str, told: Mapping[str, Answer], of_another: Collection[str] = (), *, says_so: bool = False
) -> State:
    """The memory, with the person a message speaks of: "I'm 45 and my back hurts. What does it cost?".

    Args:
        state: What is remembered.
        text: The message.
        told: What it tells of whoever needs care.
        of_another: The precautions that it tells of somebody else's; they count once that one needs care.
        says_so: Whether it was heard to say that somebody else needs care, in whatever words.
    """
    said = told_of_the_person(text, told)
    if not says_so and is_of_one_beside(state, text):
        return state
    if says_so:
        said = {SOMEONE_ELSE: Answer.YES, **said}
    if SOMEONE_ELSE not in said and tells_of_ones_own(text):
        said = {**said, SOMEONE_ELSE: Answer.NO}
    if SOMEONE_ELSE not in said:
        return state
    if said[SOMEONE_ELSE] is Answer.YES:
        said |= dict.fromkeys(of_another, Answer.YES)
    before = _before(state)
    names_another = said[SOMEONE_ELSE] is Answer.YES and bool(_NAMED.search(text.lower()))
    if before.get(SOMEONE_ELSE) is said[SOMEONE_ELSE] and not names_another:
        said = {**before, **said}
        if said == before:
            return state  # what was told of them before is not told anew
    return state.but(person={fact: answer.value for fact, answer in said.items()}, person_told=state.turn)


def told_just_now(state: State) -> dict[str, Answer]:
    """What the message that is being answered tells of somebody else; nothing where it speaks of nobody else."""
    of_them = _before(state) if state.person_told == state.turn else {}
    return of_them if of_them.get(SOMEONE_ELSE) is Answer.YES else {}


def still_meant(state: State, text: str, said: Mapping[str, Answer]) -> dict[str, Answer]:
    """What was told before of the person a check is wished for; nothing where another may be meant.

    Args:
        state: What is remembered.
        text: The message that wishes for the check, or tells whom it is for; "" for a button.
        said: What it says of the person (`told_of_the_person`).
    """
    words = text.lower().replace("’", "'")
    before = _before(state)
    for_another = before.get(SOMEONE_ELSE) is Answer.YES
    now = said.get(SOMEONE_ELSE)
    of_others = bool(OF_ANOTHER.search(words) or FOR_SOME_ONE.search(words))
    if now is Answer.YES:
        # Whoever was told of before went when another was named (`remembered`); in a check nobody is remembered.
        is_same = for_another and (state.check is None or not _NAMED.search(words))
    elif now is Answer.NO:
        is_same = not for_another
    elif for_another and _HE_OR_SHE.search(words):
        is_same = not THE_WRITER.search(words)
    elif not for_another and _MYSELF.search(words):
        is_same = not of_others
    else:
        # "Yes please", right after it was told who is in pain, wishes for the check of that person.
        just_now = state.check is None and state.turn - state.person_told <= _JUST_NOW
        is_same = just_now and not of_others and not THE_WRITER.search(words)
    return before if is_same else {}


def _before(state: State) -> dict[str, Answer]:
    return {fact: Answer(answer) for fact, answer in state.person.items()}


def is_about_another(state: State, text: str) -> bool:
    """Whether a message speaks of somebody else, or names nobody and goes on about one of whom was spoken just now."""
    return (
        told_of_the_person(text, {}).get(SOMEONE_ELSE) is Answer.YES
        or still_meant(state, text, {}).get(SOMEONE_ELSE) is Answer.YES
    )


def speaks_of_another(state: State, text: str, *, says_so: bool) -> bool:
    """Whether what is said to a message is of somebody else: it speaks of one, and not of the writer's own back.

    "He's useless" alone speaks of a doctor, as far as anybody knows.

    Args:
        state: What is remembered, with the person the message speaks of.
        text: The message.
        says_so: Whether somebody else was spoken of before.
    """
    plainly = says_so or _NAMED.search(text.lower()) or re.search(rf"\d|\b(?:his|her) {BACK}", text.lower())
    return bool(plainly) and is_about_another(state, text) and not names_own_back(text)


def is_another(text: str, said: Mapping[str, Answer], before: Mapping[str, Answer]) -> bool:
    """Whether a check is wished for somebody else than what was told before was told of: "now do it for my wife".

    Args:
        text: The message.
        said: What it says of the person (`told_of_the_person`).
        before: What is known.
    """
    words = text.lower().replace("’", "'")
    now = said.get(SOMEONE_ELSE)
    if now is None and not OF_ANOTHER.search(words) and (FOR_ME.search(words) or _AND_ME.search(words)):
        now = Answer.NO
    return {now, before.get(SOMEONE_ELSE)} == {Answer.YES, Answer.NO}
