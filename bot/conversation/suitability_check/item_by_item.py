"""A list answered item by item: "cancer no, pregnant obviously not", "bladder fine, bowels fine, legs fine"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from bot.conversation.check_state import asked_about
from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.suitability.prompt import Prompt
from bot.suitability.tiers import Answer

_BREAKS = re.compile(r"[,.;!\n]+|\b(?:and|but|also)\b")
NO = (
    r"(?:(?:obviously|definitely|certainly|of course|clearly|just|also|defo|thankfully|again) )*"
    r"(?:no|nope|nah|never|none|not|negative)"
    r"(?: (?:at all|either|never|that i (?:know|was told|can tell|am aware)(?: of)?|as far as i know|for me|here|too|"
    r"thanks|thank god|really))*"
)
WELL = (
    r"(?:(?:is|are|feels?|looks?|works?|all|also|both|seems?|perfectly|totally|just|quite|very) )*"
    r"(?:fine|ok|okay|good|normal|healthy|great|working|steady|stable|regular|strong|clear|as (?:ever|usual|"
    r"always)|unchanged)"
)
# "No control", "legs no feeling": these tell a loss, and who says "I" tells more than an item.
NO_ITEM = (
    r"i|im|ive|he|she|they|we|you|it|feeling|feel|sensation|control|strength|power|grip|movement|urge|sleep|rest|"
    r"relief|can|cant|not|no|never|why|what|how|is|are|do|does|was|yes"
)
# "No, the doctor's seen it" answers and goes on to tell; "no doctor has seen it" tells.
_ANSWERS_FIRST = re.compile(r"\W*(?:no|nope|nah)\b\W+(?:my|the|our|his|her|their)\b", re.IGNORECASE)
_NO_TO_ONE = re.compile(r"\W*(?:no|not)(?! (?:one|way|to|i|we|he|she|they|there|never|not|no)\b) +\w", re.IGNORECASE)
# "No clue what TB is", "don't know about the aneurysm": what is named there is not told to be so.
_DOUBTED = re.compile(
    r"\b(?:not sure|unsure|no (?:idea|clue)|(?:dont|don't|don’t|do not) know|idk|dunno|never heard)\b"
    r"(?: (?:about|of|what))+(?: [\w'’]+){1,5}",
    re.IGNORECASE,
)
_OWNS = re.compile(r"\b(?:my|his|her|their|our)\b", re.IGNORECASE)
_ITEM = re.compile(
    rf"\s*(?:my |the |any |a |an )?(?P<name>(?:(?!(?:{NO_ITEM})\b)[a-z'’]+[ /]?){{1,4}}?)\s*(?:[?:=]|\s[-–—])?\s*"
    rf"(?P<verdict>{NO}|{WELL})\s*"
)
# With so many of them denied, nobody means that the rest of the list is so.
_FEWEST = 2


class Item(NamedTuple):
    """One item of an answer: its place in the message, and whether it is denied ("no") or said to be well ("fine")."""

    start: int
    end: int
    denied: bool


def items(text: str) -> list[Item]:
    """The items that a message answers, each with its own "no" or "fine"."""
    words = text.lower()
    found: list[Item] = []
    ends = [*((mark.start(), mark.end()) for mark in _BREAKS.finditer(words)), (len(words), len(words))]
    start = 0
    for end, after in ends:
        if part := _ITEM.fullmatch(words, start, end):
            found.append(Item(start, end, denied=not re.fullmatch(WELL, part["verdict"])))
        start = after
    return found


def as_answered(
    understanding: Understanding, told: Mapping[str, Answer], precautions: frozenset[str]
) -> dict[str, Answer]:
    """What was told, without the precautions that stand in an item with its own "no", or in a doubt: "diabetes no".

    Neither is a "no" that answers a part of what follows it. A danger sign is left as the safety net reads it: "control
    no" may tell of a loss.
    """
    text = understanding.text
    denied = [(item.start, item.end) for item in items(text) if item.denied]
    doubted = [match.span() for match in _DOUBTED.finditer(text) if not _OWNS.search(match[0])]
    answers_first = bool(_ANSWERS_FIRST.match(text))
    judged = dict(told)
    for fact in precautions & told.keys():
        places = [(f.start, f.end) for f in understanding.findings if f.fact == fact]
        if _stand_in(places, denied) or (places and answers_first and all(start == 0 for start, _ in places)):
            judged[fact] = Answer.NO
        elif told[fact] is Answer.YES and _stand_in(places, doubted):
            judged[fact] = Answer.UNSURE
    return judged


def _stand_in(places: Collection[tuple[int, int]], spans: Collection[tuple[int, int]]) -> bool:
    return bool(places) and all(any(start <= at and end <= stop for start, stop in spans) for at, end in places)


def denies_something_else(content: Content, state: State, understanding: Understanding) -> bool:
    """Whether a "no" names only what the question on screen does not ask about: "no infections", asked of a belt."""
    asked = asked_about(content.rules, state)
    named = {finding.fact for finding in understanding.findings}
    absent = all(finding.status == "absent" for finding in understanding.findings)
    return bool(named and asked and absent and not named & asked and _NO_TO_ONE.match(understanding.text))


def denies_the_list(prompt: Prompt | None, text: str, told: Mapping[str, Answer]) -> bool:
    """Whether so many of what is listed are denied one by one that the list is: at least half, and nothing is so."""
    if prompt is None or any(answer is not Answer.NO for answer in told.values()):
        return False
    many = len(items(text))
    return many >= _FEWEST and 2 * many >= len(prompt.items or prompt.choices)
