"""A "no" that belongs to the word after it and answers nothing: "no parking then", "no fun reading this list"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.conversation.by_words.yes_and_no import FILLER
from bot.safety.written.letters import bare

_NO = re.compile(rf"\W*{FILLER}no +(?P<after>[a-z][a-z'’ -]*)")
_OF_WHOM = frozenset(
    "i im ive id ill he hes hed she shes shed they theyre theyve we weve you youre it its itll this that thats these "
    "those there my mine his her hers our their me him them us nothing none nobody not never neither nor no "
    "nope nah thanks thank all any sorry".split()
)
# What goes on after a "no" that answers: who is spoken of, what is so or not, when, why, a word of relief.
_GOES_ON = _OF_WHOM | frozenset(
    "who what which when why how the a an both either each every everything everyone anything anyone yes yet ever "
    "at of to on for in from with as by about since because cos cause coz unless until till except besides but "
    "and or so if though although however then than just only even still also too again always usually mostly "
    "sometimes lately recently today now currently honestly really actually truly definitely certainly absolutely "
    "obviously clearly surely thankfully luckily fortunately sadly apparently basically literally simply totally "
    "completely quite very pretty maybe perhaps probably am is are was were been do does did dont doesnt didnt "
    "have has had havent hasnt hadnt having got cant couldnt will wont would wouldnt should isnt arent wasnt "
    "werent think guess fine ok okay alright same ta cheers please pls plz lol haha ha hah lmao god goodness gosh "
    "way chance ty tx thx wait hang hold like such other others else further additional yeah tbh imo btw afaik".split()
)
_WHOM_ONE_TALKS_TO = frozenset(
    "sir sirree siree maam mam miss madam mate bro bud buddy dude man hun hon honey dear love doc bot friend".split()
)
# "No symptoms", "no known conditions", "no such things": said of a list, these deny it.
_WHAT_A_LIST_HAS = frozenset(
    "symptom sign change problem prob issue trouble concern complaint difficulty difficulties difficult condition "
    "illness illnesses disease history thing kind sort diagnosis flag danger worsening difference".split()
)
# "No problem" alone is glad to answer.
_GLADLY = re.compile(
    r"(?:prob|problem|probs)(?: (?:then|lol|thanks|ok|okay|at all|mate|bro|man|there|here|with that))*"
)
# "No fever or anything", "no meds no nothing": all of it is denied.
_AND_NO_MORE = re.compile(r"\b(?:nothing|or anything|none)\b")
# So many words behind the "no" may name what was asked; shorter words of the question ("leg", "new") name too much.
_REACH, _LEAST_LETTERS = 5, 4


def thing_denied(text: str) -> tuple[str, ...]:
    """The words that a "no" at the beginning of a message belongs to, bare: "no parking then".

    Empty where it answers ("no i have none", "no sir"), or ends in a denial of all ("no fever or anything").
    """
    found = _NO.match(text.lower())
    words = bare(found["after"]) if found else ""
    if not words or _AND_NO_MORE.search(words):
        return ()
    first, *others = words.split()
    if first in _WHOM_ONE_TALKS_TO:
        answers = not others or others[0] in _OF_WHOM
    else:
        answers = first in _GOES_ON or (first == "one" and others[:1] == ["of"])
    return () if answers else (first, *others)


def is_none_of_it(thing: Sequence[str], asked: Collection[str]) -> bool:
    """Whether what is denied is nothing of what was asked: neither named there, nor "symptoms" or "issues".

    Args:
        thing: As `thing_denied` gives it.
        asked: The words of the question that waits, bare.
    """
    if _GLADLY.fullmatch(" ".join(thing)):
        return True
    named = {_one(word) for word in asked if len(word) >= _LEAST_LETTERS and word not in _GOES_ON}
    return not (named | _WHAT_A_LIST_HAS).intersection(map(_one, thing[:_REACH]))


def _one(word: str) -> str:
    """A word as one of its kind: "signs" is "sign"."""
    return word.removesuffix("s") if len(word) > _LEAST_LETTERS else word
