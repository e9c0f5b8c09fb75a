"""A "no" that goes on to name something the question lists: "no just the sweats" denies the rest and tells of one."""

from __future__ import annotations

import re

from bot.conversation.by_words.yes_and_no import FILLER
from bot.conversation.suitability_check.gone_through import listed_in
from bot.conversation.suitability_check.pointed_at import names_a_listed
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare
from bot.suitability.prompt import Prompt

_BUT_FOR = re.compile(
    rf"{FILLER}(?:no|nope|nah|none|nothing|not really)"
    r"(?: (?:of (?:them|these|those|that|it)|to (?:all|most|any)(?: of (?:them|these|those|that|it))?))?"
    r" (?:just|only|but|except|apart from|other than|besides|bar)"
    r"(?: (?:just|only|maybe|perhaps|for|the|a|an|some|my|of|little|bit))* (?P<what>.+)"
)
# What is denied itself, well, over, or told of at length is read as any other answer is.
_NO_SIGN = re.compile(
    r"\b(?:no|not|never|none|nothing|without|dont|doesnt|didnt|isnt|wasnt|havent|hasnt|fine|ok|okay|normal|good|well|"
    r"gone|better|over|ago|old|years?|always|usual|used)\b"
)
_MOST_WORDS, _FEWEST_ITEMS = 6, 2


def a_no_but(prompt: Prompt | None, text: str) -> Wish | None:
    """What an answer wishes that denies all but one thing, where that is listed; None where its "no" stands.

    What a list that alarms at once names word for word is a yes to it; what is only like it is asked about once more.
    """
    if prompt is None or prompt.kind != "yes_no" or len(prompt.items) < _FEWEST_ITEMS or "?" in text:
        return None
    if (told := _BUT_FOR.fullmatch(bare(text))) is None:
        return None
    what = told["what"]
    if len(what.split()) > _MOST_WORDS or _NO_SIGN.search(what):
        return None
    of = listed_in(prompt, what)
    if not of:
        return None
    if prompt.named:
        return Wish("control", "affirm" if names_a_listed(prompt, what) else "not_sure")
    return Wish("listed", prompt.items[min(of)]) if len(of) == 1 else Wish("control", "affirm")
