"""Few words that bring no subject of their own, after what the article leaves open: "in the morning if possible"."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare
from bot.conversation.gaps import NOT_IN_ARTICLE
from bot.conversation.state import State
from bot.conversation.wish import Wish

# What points at something said before, or at a time for it.
_POINTS = (
    r"(?:it|that|this|them|those|these|one|ones|so|same|(?:yester|to|mon|tues|wednes|thurs|fri|satur|sun)day|days?|"
    r"mornings?|afternoons?|evenings?|nights?|noon|tonight|tomorrow|weeks?|weekends?|lunch(?:time)?|earlier|later|sooner)"
)
# Words that say nothing by themselves. Who asks "where", "when", "who", "why", "how much" or "how long" asks anew.
_LIGHT = (
    r"(?:a|an|the|and|but|or|ok|okay|then|well|oh|um|uh|so|just|only|even|also|too|instead|rather|still|now|please|pls|"
    r"if|possible|possibly|maybe|perhaps|is|are|was|be|been|do|does|did|can|could|will|would|should|may|might|must|"
    r"have|has|need|want|like|i|im|ill|id|you|they|we|he|she|someone|me|us|my|your|in|on|at|by|for|to|of|with|before|"
    r"after|next|other|another|same|any|some|about|what|how|which|not|no|yes|go|get|come|make|do|arrange|sort|try|early|"
    r"late|half|first|second|twice|once|whole|all)"
)
_NOTHING_NEW = re.compile(rf"(?:(?:{_LIGHT}|{_POINTS}) )*{_POINTS}(?: (?:{_LIGHT}|{_POINTS}))*")
_MOST_WORDS = 8
_ANYONE_WHO = re.compile(r"(?:is|are|isnt) there (?:some|any)(?:one|body) (?:there )?(?:who|that) (?:does|can|is|has)")
_WHO_CAN = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|then|oh) )*who (?:can|could|does|would|will|should)(?: (?:i|you))?"
    r"(?: (?:ask|tell|say|help|know|knows|do|it|that|this|me|then|us))*"
)
# What was asked of a visit before: "then cancel it" is about that.
_OF_A_VISIT = frozenset({"booking", "cancellation", "hours"})
_SAID_OF_VISITS = frozenset({"no_records", "books_nothing"})
_CANCEL = re.compile(r"\b(?:cancel\w*|call(?:ing)? (?:it )?off|move|postpone|reschedule)\b")


def goes_on(state: State, text: str) -> Wish | None:
    """The subject that was left open last, where the words name no other, or who would know; None for all else."""
    if state.topics != (NOT_IN_ARTICLE,) or not state.gaps:
        return None
    words = bare(text)
    if _WHO_CAN.fullmatch(words):
        return Wish("remark", "who_would_know")
    if len(words.split()) > _MOST_WORDS or not (_NOTHING_NEW.fullmatch(words) or _ANYONE_WHO.fullmatch(words)):
        return None
    return Wish("gap", state.gaps[0])


def of_a_visit(state: State, text: str) -> bool:
    """Whether "then cancel it" means the visit that was spoken of, and not the chat."""
    last = state.said in _SAID_OF_VISITS or (
        state.topics == (NOT_IN_ARTICLE,) and not _OF_A_VISIT.isdisjoint(state.gaps) and not state.said
    )
    return last and bool(_CANCEL.search(bare(text)))
