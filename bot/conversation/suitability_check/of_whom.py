"""Of which of several people the facts were told: what is told of one is never held for another."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.state import State
from bot.conversation.suitability_check.own_case import tells_of_ones_own
from bot.conversation.suitability_check.person import told_of_the_person
from bot.safety.kin import ANYBODY, CHILD, EVERYBODY, GROWN_PEOPLE, may_be, of_gender, with_whose_they_are
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

SELF = frozenset({"self"})
OTHERS = EVERYBODY
_KIN = rf"(?:mother|father) in law|{ANYBODY}|{CHILD}|girl|boy|lad"
# "My mum's friend" is the friend.
_NAMED = re.compile(rf"\b(?:my|our|me) (?:\w+ )??(?P<one>{_KIN})\b(?:'?s (?:\w+ )??(?P<theirs>{_KIN})\b)?")
# "My daughter drives her": what comes then is about neither for sure.
_DOES_FOR_THEM = re.compile(
    rf"\b(?:my|our) (?:\w+ )??(?:{_KIN}) (?:\w+ ){{1,3}}(?:him|her)"
    r"(?=$|[,.;:?!]| (?:in|to|over|here|there|and|so|but|with)\b)"
)
_HE, _SHE = re.compile(r"\b(?:he|he's|hes|him|his)\b"), re.compile(r"\b(?:she|she's|shes|her|hers)\b")


def spoken_of(text: str, told: Mapping[str, Answer]) -> frozenset[str]:
    """Who a message may be about: SELF, or those its words may mean; empty where it does not say, or speaks of several.

    "My daughter drives her, can she have it" is not about the daughter.

    Args:
        text: The message, as it was written.
        told: What the safety net found in it.
    """
    said = told_of_the_person(text, told).get(SOMEONE_ELSE)
    if said is Answer.NO or (said is None and tells_of_ones_own(text)):
        return SELF
    if said is None:
        return frozenset()
    words = _plain(text)
    if _DOES_FOR_THEM.search(words):
        return frozenset()
    people = EVERYBODY
    for named in _NAMED.finditer(words):
        people &= may_be(named["theirs"] or named["one"])
    return of_gender(people, he=bool(_HE.search(words)), she=bool(_SHE.search(words)))


def is_of_one_beside(state: State, text: str) -> bool:
    """Whether a message says "he" and names nobody, where a woman was told of: her son, say, and not herself."""
    words = _plain(text)
    held = frozenset(state.told_of)
    if not held or SELF <= held or _NAMED.search(words):
        return False
    return not of_gender(held, he=bool(_HE.search(words)), she=bool(_SHE.search(words)))


def turned_to(state: State, people: frozenset[str], *, are_grown: bool = False) -> State:
    """The memory with the facts of these people; those of others are laid aside until they are spoken of again.

    Facts told of nobody in particular are held for whoever is named next. A child of whom it was not said whose it is
    ("he's 16") is nobody who is grown.

    Args:
        state: The memory.
        people: Whom the message is about; empty where it does not say.
        are_grown: Whether the message says that they are no children.
    """
    if not people:
        return state
    held = _told_of(state)
    if are_grown and not state.told_of and state.facts.get("minor") == Answer.YES.value:
        held -= people
    if same := held & people:
        return state.but(told_of=tuple(sorted(same)))
    aside: dict[str, Mapping[str, str]] = {**state.aside, "/".join(sorted(held)): state.facts}
    again = next((key for key in aside if people.intersection(key.split("/"))), "")
    facts = aside.pop(again, {})
    return state.but(facts=facts, aside=aside, told_of=tuple(sorted(people)))


def is_somebody_else(state: State, people: frozenset[str]) -> bool:
    """Whether none of these people can be the one of whom the facts were told."""
    return bool(people) and not people & _told_of(state)


def is_grown(state: State) -> bool:
    """Whether whoever was told of is somebody who is no child, as a mother is."""
    return bool(state.told_of) and GROWN_PEOPLE.issuperset(state.told_of)


def _plain(text: str) -> str:
    return with_whose_they_are(text).replace("-", " ")


def _told_of(state: State) -> frozenset[str]:
    if state.told_of:
        return frozenset(state.told_of)
    return {"no": SELF, "yes": OTHERS}.get(state.facts.get(SOMEONE_ELSE, ""), SELF | OTHERS)
