"""For whom a check is and whether they are an adult, as far as the words say it: what was said is not asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.safety.kin import ANYBODY, CHILD, GROWN
from bot.suitability.tiers import Answer

_MAY = r"(?:can|could|may|might|should|would|will|does|is|are)"
# What a clinic is asked to do with someone: "would you take my dad".
_TREAT = r"(?:take|see|treat|accept|needle|help)"
_FOR_THEM = re.compile(
    rf"\b(?:for|(?:what|how) about|{_MAY}|{_MAY} you (?:\w+ )?{_TREAT}|"
    rf"(?:ok|okay|safe|suitable|right|good|allowed)(?: \w+)? (?:for|with)) (?:my|our|me) "
    rf"(?:\w+ )?(?:{ANYBODY})\b|"
    r"\b(?:asking|wondering|enquiring|inquiring|calling|writing|checking|on behalf)(?: \w+){0,3} (?:for|of|about) "
    rf"(?:an?|my|our|the|this) (?:\w+ )?(?:{ANYBODY}|gentleman|lady|man|woman|resident)\b"
)
_FOR_GROWN = re.compile(rf"\b(?:my|our|me) (?:\w+ )?(?:{GROWN})\b")
_OF_THEM = re.compile(
    rf"\b(?:my|our|me|a) (?:\w+ )?(?:{ANYBODY})\b.*\b"
    rf"(?:{_MAY} (?:he|she|they)|(?:if|whether) (?:he|she|they) {_MAY}|(?:for|suits?|{_TREAT}) (?:him|her|them))\b"
)
_THEY_ARE = re.compile(r"^\W*(?:he|she)(?:'s|s| is| has)\b")
# "My dad is 85 and has a pacemaker" tells of him, where nothing is told of oneself.
_MINE_ARE = re.compile(
    rf"^\W*(?:hi |hello |so |well )*(?:my|our) (?:\d+ (?:yr|year)s? old )?(?:\w+ )?(?:{ANYBODY})\b"
    r"(?:'s|s)? (?:is|has|had|was|takes|gets|needs|suffers|who is|who has)\b"
)
# "My husband won't come himself so I'm asking, he's 60": whoever asks tells nothing of themselves.
_ONLY_ASKS = re.compile(
    r"\b(?:i'm|im|i am|i was|i'd|i would|i) (?:just )?(?:asking|ask|wondering|checking|like to (?:know|ask))\b"
)
_MINE_THEN_THEY = re.compile(rf"\b(?:my|our) (?:\w+ )?(?:{ANYBODY})\b.*\b(?:he|she)(?:'s|s| is| has| takes| had)\b")
_I = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|id|me|mine|myself)\b")
_FOR_ME = re.compile(
    r"\b(?:can|could|may|might|should|would|will|am|do) i\b|\b(?:for|suit|suits|help|allow|treat) (?:me|myself)\b|"
    r"(?:^|,)\s*me\s*(?:,|$)"
)
_AND_ME = re.compile(
    r"\b(?:what|how) about me\b|\b(?:and|now|also) (?:for )?(?:me|myself)\b|\b(?:me|myself) (?:too|now|next)\b"
)
# Alone, these words say nothing else: "for me then".
_ONLY_ME = re.compile(
    r"^\W*(?:(?:ok|no|just|only|it's|its|yes|and|so) )*(?:for )?(?:me|myself)(?: (?:then|please|only))*\W*$"
)
# "I take warfarin" tells of oneself, where nobody else is spoken of.
_OF_ONESELF = re.compile(r"\b(?:i am|i'm|im|i have|i've|ive|i got|i take|i use|i wear|i had)\b")
_OF_ANOTHER = re.compile(
    rf"\b(?:{ANYBODY}|kids?|child|children|baby|he|she|they|him|her|them|someone|somebody|people|"
    r"asking|wondering|writing|calling|enquiring|inquiring|checking|behalf)\b"
)
_CHILDREN = re.compile(rf"\b(?:{CHILD}|children|boy|girl|son|daughter|grandson|granddaughter|nephew|niece)\b")
_NAMES_THE_AGE = re.compile(r"\b(?:under|below|over|above) (?:18|eighteen)\b")
_OLDER = 65
_YEARS = r"(?:1[89]|[2-9]\d)"
_SPELLED = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = rf"(?:eighteen|nineteen|(?:{'|'.join(_SPELLED[2:])})(?:[ -](?:{'|'.join(_UNITS[1:])}))?)"
_UNIT = (
    r"(?!\s*(?:%|percent|weeks?|wks?|wk|months?|mths?|days?|hours?|hrs?|min|mins|minutes|mg|kg|kilos?|lbs?|pounds?|"
    r"stone|"
    r"miles?|km|dollars|quid|bucks|times|sessions?|visits?|years? (?:ago|of|with|in)|yrs? (?:ago|of)|[.:/]\d|\d))"
)
_AGE = re.compile(
    rf"(?:^\W*|\b(?:i am|i'm|im|i shall be|i will be|i'll be|he is|he's|hes|she is|she's|shes|who is|who's|aged?|"
    rf"turning|turned|at|at age|{GROWN})"
    rf"(?: (?:is|who is|only|now|nearly|almost|just|about))* )(?:{_YEARS}|{_TENS})\b{_UNIT}"
    rf"|\b(?:{_YEARS}|{_TENS})\s*-?\s*(?:years?|yrs?)[ -]*old\b|\b{_YEARS}\s*(?:yo|y/o|y\.o)\b"
    # "For me, 52 f", "52F here", "for me, 52".
    rf"|\bme,? (?:i'm |im |aged? )?{_YEARS}\W*$"
    rf"|[?.!]\s*{_YEARS}\W*$|,\s*{_YEARS}\s*(?=,)|(?:^|,)\W*{_YEARS}\s?m\b|(?:^|,)\s*{_YEARS}\W*$|"
    rf"\b{_YEARS},?\s?(?:f|female|male)\b|"
    rf"\b(?:female|male),?\s?{_YEARS}\b"
)
_COUNTED = re.compile(r"^\W*\d+\s+[a-z]")


def told_of_the_person(text: str, told: Mapping[str, Answer]) -> dict[str, Answer]:
    """What the words say of who needs care: `for_someone_else` and, where it is plain that they are grown, `minor`.

    Args:
        text: The message, as it was written.
        told: What the safety net found in it.
    """
    words = text.lower().replace("’", "'")
    found: dict[str, Answer] = {}
    of_oneself = Answer.YES in told.values() and bool(_OF_ONESELF.search(words)) and not _OF_ANOTHER.search(words)
    # "I turned 70 last March", to a question that waits.
    tells_own_age = bool(_AGE.search(words) and _I.search(words)) and not _OF_ANOTHER.search(words)
    of_me = bool(_FOR_ME.search(words)) or of_oneself or tells_own_age
    of_them = bool(
        _OF_THEM.search(words)
        or _THEY_ARE.match(words)
        or ((_MINE_ARE.match(words) or _MINE_THEN_THEY.search(words)) and not _I.search(_ONLY_ASKS.sub("", words)))
    )
    other = bool(_FOR_THEM.search(words)) or (of_them and not of_me)
    if of_them and of_me and not other:
        return {}  # "my mum is 80, it suits her, can I have it"
    # "can my son have it, I'm 64" says nothing of the son.
    of_another = other and bool(_CHILDREN.search(words))
    ages = _ages(words, of_another)
    aged = bool(ages) or (not of_another and told.get("age_65_plus") is Answer.YES)
    if other:
        found["for_someone_else"] = Answer.YES
    elif (of_me and (aged or told)) or _ONLY_ME.match(words):
        # "can I have the check" alone may be asked on behalf of anyone.
        found["for_someone_else"] = Answer.NO
    # "What do you mean under 18, he's 45" names the question and tells of nobody young.
    named_only = bool(ages and _NAMES_THE_AGE.search(words))
    young = told.get("minor") in (Answer.YES, Answer.UNSURE) and not named_only
    if not young and (aged or (other and _FOR_GROWN.search(words))):
        found["minor"] = Answer.NO
    if not young and any(age >= _OLDER for age in ages):
        found["age_65_plus"] = Answer.YES
    return found


def is_another(text: str, said: Mapping[str, Answer], before: Mapping[str, Answer]) -> bool:
    """Whether a check is wished for somebody else than what was told before was told of: "now do it for my wife".

    Args:
        text: The message.
        said: What it says of the person (`told_of_the_person`).
        before: What is known.
    """
    words = text.lower().replace("’", "'")
    now = said.get("for_someone_else")
    if now is None and not _OF_ANOTHER.search(words) and (_FOR_ME.search(words) or _AND_ME.search(words)):
        now = Answer.NO
    return {now, before.get("for_someone_else")} == {Answer.YES, Answer.NO}


def _ages(words: str, of_another: bool) -> list[int]:
    """The ages of 18 or more that are said: "I'm 64", "64, pacemaker", but not "30 weeks" or "64 sessions"."""
    found = [match for match in _AGE.finditer(words) if not (of_another and match.group().startswith("i"))]
    return [
        _in_years(match.group())
        for match in found
        if match.start() > 0 or not _COUNTED.match(words) or _is_person(words)
    ]


def _in_years(said: str) -> int:
    """The number in "i am seventy-two" or "he's 72"; of a spelled one only what tells old from not old."""
    if digits := re.search(_YEARS, said):
        return int(digits.group())
    spelled = re.search(_TENS, said)
    tens, _, unit = (spelled.group() if spelled else "").replace("-", " ").partition(" ")
    return (_SPELLED.index(tens) * 10 if tens in _SPELLED else 18) + (_UNITS.index(unit) if unit in _UNITS else 0)


def _is_person(words: str) -> bool:
    """Whether a message that begins with a number says "64 year old", "64 male", "64 with", "64 and"."""
    return bool(re.match(r"^\W*\d+\s+(?:years?|yrs?|yo|male|female|man|woman|m|f|and|with|on|here|now)\b", words))
