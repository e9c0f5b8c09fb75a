"""What sounds like care for children though nothing says that a child is meant: "is acupuncture ok for my son"."""

from __future__ import annotations

import re

from bot.conversation.state import State
from bot.conversation.suitability_check.ages import adult_ages
from bot.conversation.suitability_check.person import has_to_do
from bot.conversation.wish import Wish
from bot.safety.kin import CHILD, OF_ANY_AGE
from bot.safety.written.letters import bare
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

_ONE_OF_ANY_AGE = re.compile(
    rf"^(?:(?:is|would|will|can|could|should|may|might|are|do|does) .*)?\b(?:safe|ok|okay|alright|suitable|suit|right|"
    rf"fine|have (?:it|this|acupuncture)|try (?:it|this|acupuncture)|good)\b.*\bmy (?:\w+ )?(?:{OF_ANY_AGE})$|"
    rf"^(?:can|could|may|should) my (?:\w+ )?(?:{OF_ANY_AGE}) (?:have|try|get|do|come for) "
    rf"(?:it|this|acupuncture|needles|that)\b"
)
_YOUNG = re.compile(
    rf"\b(?:{CHILD}|children|kids?|boys?|girls?|babies|toddlers?|teens?|little|young\w*|small|wee|old|age|aged|years?|yr|"
    rf"school|\d+|month|newborn|infant|minor)\b"
)
_CHILD = re.compile(rf"\b(?:{CHILD}|{OF_ANY_AGE}|children|kids?|boys?|girls?|bab(?:y|ies)|toddlers?)\b")


def of_who_may_be_grown(state: State, text: str) -> Wish | None:
    """What is asked where it sounds like care for children, and nothing says that a child is meant."""
    named = bool(_CHILD.search(bare(text)))
    if _speaks_of_a_grown_one(state) and not (named or has_to_do(text)):
        return Wish("check", "offered")  # "would it be too much for her at that age", of a grandmother
    if _is_about_one_of_any_age(text):
        return Wish("check", "other")
    if adult_ages(bare(text), of_another=False) and not named:
        return Wish("gap", "other")  # "I'm 19, can I come without my parents"
    return None


def _is_about_one_of_any_age(text: str) -> bool:
    """Whether "is acupuncture ok for my son" says nothing of his age: the check asks for that first."""
    words = bare(text)
    return bool(_ONE_OF_ANY_AGE.search(words)) and not (_YOUNG.search(words) or has_to_do(text))


def _speaks_of_a_grown_one(state: State) -> bool:
    return state.person.get(SOMEONE_ELSE) == Answer.YES.value and state.person.get("minor") == Answer.NO.value
