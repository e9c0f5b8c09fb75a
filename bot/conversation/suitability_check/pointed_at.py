"""What is listed, pointed at: by its plain name ("bladder", "just the chest thing") or by its place ("the third one").

Also what closes a list of which something was told: "just the pacemaker", "diabetes and that's it".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.conversation.choices import listed
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare
from bot.suitability.prompt import Prompt

_BEFORE = (
    r"(?:(?:yes|yeah|yep|yup|well|um|uh|so|just|only|mostly|i think|its|it is|i have|that would be|the|a|an|my|bad|"
    r"hard|heavy|sudden|very) )*"
)
_AFTER = (
    r"(?: (?:one|ones|thing|things|part|bit|stuff|trouble|troubles|problem|problems|issue|issues|yes|yeah|tho|though|"
    r"i think|really|only|is new|are new|new|too))*"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACE = rf"(?:the )?(?P<place>{'|'.join(_ORDINALS)}|last|bottom|top)(?: (?:one|thing|point|item|line|bullet))?"
_OTHER_PLACES = re.compile(rf"\b(?:not|no to|but not) {_PLACE}\b(?: (?:and|or) {_PLACE.replace('?P<place>', '?:')}\b)*")
_OF_THE_LIST = re.compile(rf"\b{_PLACE}\b(?! (?:few|\w+ (?:days?|weeks?|months?|years?)|time|week|month|year|night))")
# What may stand beside a place and says no more than that it is so, or may be.
_BESIDE = re.compile(
    r"(?:(?:h+m+|um|uh|er|well|oh|so|right|lol|haha+|honestly|sorry|thanks|thank|you|please|pls|tho|let|me|"
    r"yes|yeah|yep|no|ok|okay|but|and|just|only|maybe|perhaps|possibly|probably|definitely|"
    r"might|could|may|be|is|its|it|that|thats|would|id|i|say|think|guess|suppose|mean|a|the|on|of|list|bit|little|"
    r"slightly|kind|sort|not|sure|about|sounds|like|me|true|applies|fits|for|him|her|have|do|does|has|though|tbh|"
    r"sometimes|in|since|back|ago|years?|months?|weeks?|last|\d{1,4}) ?)*"
)
_DOUBTS = re.compile(r"\b(?:maybe|perhaps|possibly|might|could|may|not sure|kind of|sort of|sometimes)\b")
_MOST_BESIDE = 12
_CLOSES = re.compile(
    r"^(?:(?:um|uh|well|oh|no|so|yes|yeah|ok|its|it is|i have|i take|ive got|i got|i|he|she|has|takes) )*"
    r"(?:just|only|(?:nothing|none) (?:but|except|besides|apart from|other than)) |"
    r"\b(?:(?:thats|that is) (?:all|it|about it|everything|the only (?:one|thing))|nothing else|"
    r"no others?|(?:is|was) (?:all|it|the only (?:one|thing))|"
    r"only that(?: one)?|(?:otherwise|apart from that|other than that|besides that)(?: (?:i am|im|its|hes|shes))? "
    r"(?:no|none|nothing|fine|ok|healthy|good|all good|all fine)|(?:the )?rest(?: is| are)? (?:no|fine|ok|good))"
    r"(?: (?:really|though|tho|thanks|i think|of it|now))*$"
)
_SAID_BEFORE = re.compile(
    r"\b(?:like|as) i (?:just |already )?(?:said|told|mentioned|wrote)\b|"
    r"\bi (?:just |already )+(?:said|told|mentioned|wrote)\b|\balready (?:said|told|mentioned)\b"
)


def names_a_listed(prompt: Prompt | None, text: str) -> bool:
    """Whether an answer names a sign that the question on screen lists, and says no more than that.

    Whoever asks back ("bladder?") has answered nothing.
    """
    if prompt is None or not prompt.named or "?" in text:
        return False
    return bool(_pointing(prompt.named).fullmatch(bare(text)))


def names_any(names: Sequence[str], text: str) -> bool:
    """Whether a message names one of these somewhere in it."""
    return bool(names) and bool(naming(tuple(names)).search(bare(text)))


def pointed_at(prompt: Prompt | None, text: str) -> Wish | None:
    """What an answer wishes that points at the list on screen: one of it, a yes, or a doubt; None for all else."""
    if prompt is None:
        return None
    if prompt.kind == "yes_no" and (place := listed(text, len(prompt.items))) is not None:
        return Wish("listed", prompt.items[place])
    if prompt.kind == "yes_no" and names_a_listed(prompt, text):
        return Wish("control", "affirm")
    many = len(prompt.items if prompt.kind == "yes_no" else prompt.choices)
    place = _place(text, many)
    if place is None:
        return None
    if "?" in text or _DOUBTS.search(bare(text)):
        return Wish("control", "not_sure")
    return Wish("listed", prompt.items[place]) if prompt.kind == "yes_no" else Wish("pick", prompt.choices[place].id)


def closes_the_list(text: str) -> bool:
    """Whether words that tell something of a list tell that it is all: "just the hip", "diabetes but that's it"."""
    return bool(_CLOSES.search(bare(text)))


def said_before(text: str) -> bool:
    """Whether the message says that it was told already: "the xarelto, like I said"."""
    return bool(_SAID_BEFORE.search(bare(text)))


def _place(text: str, many: int) -> int | None:
    """The one place of `many` that a message means beside words that add nothing: "not the first, the second maybe"."""
    words = " ".join(_OTHER_PLACES.sub(" ", bare(text)).split())
    places = list(_OF_THE_LIST.finditer(words))
    if (
        len(places) != 1
        or len(words.split()) > _MOST_BESIDE
        or not _BESIDE.fullmatch(" ".join(_OF_THE_LIST.sub(" ", words).split()))
    ):
        return None
    named = places[0]["place"]
    index = {"last": many - 1, "bottom": many - 1, "top": 0}.get(named, -1)
    index = _ORDINALS.index(named) if index < 0 else index
    return index if 0 <= index < many else None


@cache
def _pointing(names: tuple[str, ...]) -> re.Pattern[str]:
    name = f"(?:{'|'.join(map(re.escape, names))})"
    return re.compile(rf"{_BEFORE}{name}(?: (?:and|or|plus) {_BEFORE}{name})*{_AFTER}")


@cache
def naming(names: tuple[str, ...]) -> re.Pattern[str]:
    """Finds each of these names in bare words."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
