"""A list of the check gone through in one message: "accident: no, chest: fine", "no rash, no fever, weight steady".

Such a message is read by what it says of each thing, not as a whole, to which the names of danger signs sound like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from bot.conversation.suitability_check.item_by_item import NO, NO_ITEM, WELL
from bot.conversation.wish import Wish
from bot.safety.finding import Finding
from bot.suitability.prompt import Prompt
from bot.suitability.tiers import Answer

# With fewer nobody goes through a list.
_FEWEST = 2
# Of a list that alarms at once each has to be denied; of another so many, or half.
_MANY = 3
# The number of what only the question's own words name.
_IN_THE_WORDS = -1


class Said(StrEnum):
    """What is said of one thing."""

    NO = "no"
    YES = "yes"
    UNSURE = "unsure"


class Part(NamedTuple):
    """A part of such a message: its place, what it says, and of which of the listed (their numbers).

    Attributes:
        rest: Whether it says so of all that was not named.
        plain: Whether it can be read in no other way.
    """

    start: int
    end: int
    said: Said
    of: frozenset[int]
    rest: bool = False
    plain: bool = True


_BREAKS = re.compile(r"[,.;!\n]+|\b(?:and|but|also|or|nor)\b")
# "Bladder and bowels are normal" says so of both.
_TOGETHER = re.compile(rf"\b[a-z]+ (?P<and>and) [a-z]+ (?:are|feel|work|both|all)(?: (?:both|all))? {WELL}")
_LED_IN = (
    r"(?:(?:well|ok|so|um|uh|oh|hi|my|the|her|his|their|any|a|an|as for|on|for|to|is|are|was|there(?:s|'s| is| are)|"
    r"has|have|i have|i've|ive|i|she|he|they|had|got|been|just) )*"
)
_NAME = rf"(?P<name>(?:(?!(?:{NO_ITEM})\b)[a-z'’]+[ /-]?){{1,4}}?)"
_UNSURE = (
    r"(?:(?:i |we |he |she )?(?:(?:honestly|really|just) )*(?:not sure|unsure|no idea|no clue|dont know|don't know|"
    r"do not know|idk|dunno)(?: (?:about|of|if|on|what))*)"
)
_HARDLY = r"(?:(?:i )?(?:dont|don't|do not) (?:think|believe)(?: (?:so|i|ive|i've|he|she|has|have|got|had))*)"
_AT_LAST = r"(?: (?:at all|either|anywhere|ever|really|for me|thanks|thank god|lately|so far|here|now|too))*"
_FORMS = tuple(
    (said, re.compile(rf"\s*{form}\s*"))
    for said, form in (
        (Said.NO, rf"{_LED_IN}{_NAME}\s*(?:[?:=]|\s[-–—])?\s*(?P<verdict>{NO}|{WELL})"),
        (Said.YES, rf"{_LED_IN}{_NAME}\s*(?:[?:=]|\s[-–—])?\s*(?P<verdict>yes|yep|yeah|yup)(?: (?:i|he|she) \w+)?"),
        (Said.NO, rf"{_LED_IN}(?:no|not any|zero|without|never(?: (?:any|an|a|had|have|been))*|{_HARDLY})"
                  rf"(?: (?:any|an|a|more|had|new|bad|sign of|history of))* {_NAME}{_AT_LAST}"),
        (Said.UNSURE, rf"{_LED_IN}{_UNSURE} (?:the |a |an |any |what )*{_NAME}(?: (?:is|are|means))?"),
    )
)  # fmt: skip
_REST = re.compile(
    r"\s*(?:(?:and|the|all|to|on|of|everything|is|are|its|it's) )*"
    r"(?:(?:the )?(?:rest|others?|else|otherwise)(?: (?:of (?:it|them|that|those)|all|is|are|ones?))*"
    rf" (?:{NO}|{WELL})|(?:no|none|nothing)(?: (?:to|of))?(?: (?:the|all))? ?(?:rest|others?|else)|nothing else)\s*"
)
_ANSWER = re.compile(rf"\s*(?:{NO}|nothing|none of (?:them|these|those|that|it))\s*")
_ENDING = re.compile(r"(?:ies|es|s|ed|ing|e|y)$")
# Words of what is listed that say nothing of it by themselves.
_PLAIN = frozenset(
    "a an the of or and to in on for from with that this is are was be been no not any one once more since such as "
    "when you your back pain trouble new now past last lately months years year age less more than bad worse all time "
    "other problem problems like drug medicine illness where would go can could may so out side side's told very most "
    "days under start started began kind before after old checked".split()
)


def gone_through(prompt: Prompt | None, text: str) -> tuple[Part, ...]:
    """What a message says of each thing that it names; empty where it tells anything else, or too little of the list.

    Args:
        prompt: The question on screen, whose list it is.
        text: The message.
    """
    if prompt is None or any(len(part.split()) > _FEWEST for part in text.split("?")[:-1]):
        return ()
    listed = _listed(prompt)
    words = text.lower().replace("’", "'")
    parts: list[Part] = []
    together = [match.span("and") for match in _TOGETHER.finditer(words)]
    marks = (mark for mark in _BREAKS.finditer(words) if mark.span() not in together)
    ends = [*((mark.start(), mark.end(), mark[0]) for mark in marks), (len(words), len(words), "")]
    start, joined = 0, ""
    for end, after, mark in ends:
        if words[start:end].strip():
            before = parts[-1] if parts else None
            part = _read(listed, words, start, end) or _joined(listed, words, start, end, before, joined)
            if part is None:
                return ()
            parts.append(part)
        start, joined = after, mark
    named = [part for part in parts if part.of]
    enough = len(named) >= _FEWEST or (named and any(part.rest for part in parts))
    return tuple(parts) if enough else ()


def answered(prompt: Prompt | None, text: str) -> Wish | None:
    """What a message wishes that goes through the list on screen; None where it leaves the answer open."""
    parts = gone_through(prompt, text)
    if prompt is None or not parts:
        return None
    asks_which = prompt.kind != "yes_no"
    for part in parts:
        place = next(iter(part.of)) if len(part.of) == 1 else _IN_THE_WORDS
        if part.said is Said.YES and place != _IN_THE_WORDS:
            return Wish("pick", prompt.choices[place].id) if asks_which else Wish("listed", prompt.items[place])
        if part.said is Said.YES:
            return None if asks_which else Wish("control", "affirm")
    if any(part.said is Said.UNSURE for part in parts):
        return Wish("control", "not_sure")
    return Wish("control", "deny") if _denies_all(prompt, parts) else None


def listed_in(prompt: Prompt, words: str) -> frozenset[int]:
    """The numbers of what the question lists that these words name; what only its own words name is none of them."""
    return _of(_listed(prompt), words) - {_IN_THE_WORDS}


def leaves_some_open(prompt: Prompt | None, text: str) -> bool:
    """Whether of signs that alarm at once some are denied and others not named: its last "no" is of one of them."""
    return prompt is not None and bool(prompt.named and gone_through(prompt, text)) and answered(prompt, text) is None


def told_by_part(parts: Sequence[Part], findings: Iterable[Finding], told: Mapping[str, Answer]) -> dict[str, Answer]:
    """What was told, with what stands in a part that denies or doubts it as that says."""
    said: dict[str, set[Said]] = {}
    for finding in findings:
        here = [part for part in parts if part.start < finding.end and finding.start < part.end]
        said.setdefault(finding.fact, set()).update(part.said if part.plain else Said.YES for part in here)
    judged = dict(told)
    for fact in judged.keys() & said.keys():
        if said[fact] == {Said.NO}:
            judged[fact] = Answer.NO
        elif said[fact] and Said.YES not in said[fact]:
            judged[fact] = Answer.UNSURE
    return judged


def _denies_all(prompt: Prompt, parts: Sequence[Part]) -> bool:
    if any(part.rest for part in parts):
        return True
    named = frozenset[int]().union(*(part.of for part in parts))
    many = len(_listed(prompt)) - 1
    return len(named) >= many if prompt.named else len(named) >= _MANY or 2 * len(named) >= many


def _read(listed: tuple[frozenset[str], ...], words: str, start: int, end: int) -> Part | None:
    """A part that says something of a thing; of what is well only the name may be none of the list."""
    if _REST.fullmatch(words, start, end):
        return Part(start, end, Said.NO, frozenset(), rest=True)
    if _ANSWER.fullmatch(words, start, end):
        return Part(start, end, Said.NO, frozenset())
    for said, form in _FORMS:
        if match := form.fullmatch(words, start, end):
            of, verdict = _of(listed, match["name"]), match.groupdict().get("verdict", "")
            is_well = bool(verdict and re.fullmatch(WELL, verdict))
            does = said is Said.NO and not is_well and bool(_stems(match["name"].split()) & _DOES)
            return None if (does and not verdict) or not (of or is_well) else Part(start, end, said, of, plain=not does)
    return None


def _joined(
    listed: tuple[frozenset[str], ...], words: str, start: int, end: int, before: Part | None, mark: str
) -> Part | None:
    """A name that goes on with the "no" before it: "no rash or lump"."""
    of = _of(listed, words[start:end])
    alone = len(words[start:end].split()) <= 2
    if before is None or mark not in ("or", "nor") or not of or not alone or before.said is not Said.NO:
        return None
    return Part(start, end, Said.NO, of)


def _of(listed: tuple[frozenset[str], ...], name: str) -> frozenset[int]:
    stems = _stems(name.split())
    *things, words = listed
    of = frozenset(number for number, names in enumerate(things) if stems & names)
    return of or (frozenset({_IN_THE_WORDS}) if stems & words else frozenset())


def _listed(prompt: Prompt) -> tuple[frozenset[str], ...]:
    """The stems of the words that name each thing on screen; last those in which a list without names is asked for."""
    if prompt.named_by_item:
        return (*(_stems(" ".join(names).split()) for names in prompt.named_by_item), frozenset())
    return _stems_of((*(prompt.items or (choice.label for choice in prompt.choices)), prompt.text))


@cache
def _stems_of(labels: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(_stems(re.findall(r"[a-z']+", label.lower())) for label in labels)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_ENDING.sub("", word) for word in words if word not in _PLAIN and len(word) > 1)


# "No pee all day" tells of a loss: what the body does is denied by its name only where that has a "no" of its own, and
# there as well the safety net is believed.
_DOES = _stems("pee urine poop bowel bladder leg sex breath breathe foot feet walk sleep feel".split())
