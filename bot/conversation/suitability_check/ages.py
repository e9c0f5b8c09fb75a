"""Ages in people's words: in digits, spelled, by the decade or the year of birth; and whether it is a child's."""

from __future__ import annotations

import re

from bot.safety.kin import ANYBODY, BORN_CHILD, GROWN
from bot.safety.written.letters import bare

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = "one two three four five six seven eight nine".split()
_SPELLED = re.compile(rf"\b(?:({'|'.join(_TEENS)})|({'|'.join(_TENS)})(?:[ -]({'|'.join(_UNITS)}))?)\b")
_YEARS = r"(?:1[89]|[2-9]\d)"
# What a number counts where it is no age.
_COUNTABLE = (
    r"percent|weeks?|wks?|months?|mths?|days?|hours?|hrs?|min|mins|minutes|mg|kgs?|kilos?|lbs?|pounds?|stone|foot|feet|"
    r"ft|inch(?:es)?|cm|miles?|km|dollars|quid|bucks|times|sessions?|visits?"
)
_UNIT = rf"(?!\s*(?:%|{_COUNTABLE}|years? (?:ago|of|with|in)|yrs? (?:ago|of)|[.:/]\d|\d))"
# Of a number under 18: "he is 6 foot 4", "my dad is 5 years post stroke", "one of 6 kids".
NO_AGE_FOLLOWS = (
    rf"(?! (?:\d|{_COUNTABLE}|blocks?|kids?|children|grandkids|of|out|"
    r"(?:years?|yrs?) (?!old|young|of age|now|and|with|but|so|he|she|his|her))\b)"
)
_SOFTENED = (
    r"(?: (?:is|who is|only|now|just|just turned|has just turned|has turned|about|around|roughly|over|well over))*"
)
_AGE = re.compile(
    rf"(?:^\W*|\b(?:i am|i'm|im|i shall be|i will be|i'll be|he is|he's|hes|she is|she's|shes|who is|who's|aged?|"
    rf"turning|turned|at|at age|(?:man|woman|lady|gentleman|resident|patient|client) of|nearly|almost|"
    rf"{ANYBODY}|{BORN_CHILD})"
    rf"{_SOFTENED} )(?:nearly |almost )?{_YEARS}(?:ish)?\b{_UNIT}"
    rf"|\b{_YEARS}\s*-?\s*(?:years?|yrs?)[ -]*old\b|\b{_YEARS}\s*(?:yo|y/o|y\.o)\b|\({_YEARS}\)"
    # "For me, 52 f", "52F here", "for me, 52".
    rf"|\bme,? (?:i'm |im |aged? )?{_YEARS}\W*$"
    rf"|[?.!]\s*{_YEARS}(?: here)?(?=\W*$|,)|,\s*{_YEARS}\s*(?=,)|(?:^|,)\W*{_YEARS}\s?m\b|(?:^|,)\s*{_YEARS}\W*$|"
    rf"\b{_YEARS},?\s?(?:f|female|male)\b|"
    rf"\b(?:female|male),?\s?{_YEARS}\b"
    # "Someone like me, 58 with a stent", "she's 61, no sorry 71".
    rf"|,\s*{_YEARS}(?= (?:with|and|on|who|but)\b)"
    rf"|,\W*(?:(?:no|sorry|wait|actually|i mean|make that|rather|or) )+{_YEARS}\b{_UNIT}"
)
_OF_NO_CHILD = re.compile(rf"i|(?:{GROWN})\b")
_COUNTED = re.compile(r"^\W*\d+\s+[a-z]")
_PERSON = re.compile(r"^\W*\d+\s+(?:years?|yrs?|yo|male|female|man|woman|m|f|and|with|on|here|now)\b")
_DECADE = re.compile(
    r"\b(?:in (?:my|his|her|their|the) )(?:early |mid |middle |late )?(?:(20|30|40|50|60|70|80|90)(?:s|ties)|"
    rf"({'|'.join(ten.removesuffix('y') for ten in _TENS)})ies)\b"
)
# Whoever was born in that century is grown.
_BORN = re.compile(r"\b(?:born|dob|birth\w*|year)(?: \w+){0,3} (19\d\d)\b|^(19\d\d)$")
_NEARLY_GROWN = re.compile(
    r"\b(?:nearly|almost|not quite|not yet|just under|turning|about to (?:be|turn)) (?:18|eighteen)\b"
)
# To the question whether somebody is under 18.
_OTHERWISE_GROWN = re.compile(
    r"\b(?:well|way|far|long|lots?|much|years|decades) (?:over|past|above|beyond|older)\b|"
    r"\b(?:retired|pensioner|a senior|oap|a grand(?:mother|father|parent|ma|pa)|middle aged|elderly|"
    r"an old (?:man|woman|lady)|(?:more than )?old enough|of (?:legal )?age|an adult)\b"
)
_LED_IN = (
    r"(?:fine |ok |okay |well |oh |yes |yeah |yep |no |nope |im |i am |hes |he is |shes |she is |they are |theyre |he |"
    r"she |has |ive |have )*"
)
_YOUNG = re.compile(
    rf"{_LED_IN}(?:(?:only|just|nearly|almost|about|aged|turned|now) )*"
    rf"(?:(?:1[0-7]|[1-9]|{'|'.join(_UNITS)})(?: (?:years?|yrs?|yo|y o))?(?: old)?(?: now)?|"
    r"\d{1,2} (?:months?|weeks?) old)"
)
# Of months or weeks: a baby that somebody with a bad back carries, and nobody who comes for needles. "8 months
# pregnant" is no age.
_BABY = re.compile(
    rf"\b(?:he|she|they|(?:the|my|our) (?:\w+ )?(?:baby|babies|little one|newborn|twins|son|daughter|boy|girl|kid|"
    rf"child|toddler))(?:'s|s|'re| is| are| was| will be|)(?: (?:only|just|about|nearly|almost|now|around|not quite))* "
    rf"(?:\d+|an?|{'|'.join(_UNITS)}|{'|'.join(_TEENS)})(?: and a half)? (?:months?|mths?|weeks?|wks?|days?)\b"
    r"(?!(?: \w+)? (?:pregnant|gone|along|ago|now with|into)| post)"
)
_SEX = r"(?:male|female|m|f|man|woman|guy|lady|gentleman|mum|mom|dad)"
_ADULT = re.compile(
    rf"{_LED_IN}(?:over |above |aged |age |only |just |turned |nearly |almost |an |a |{_SEX} )*"
    r"(?:(?:1[89]|[2-9]\d|1[01]\d)(?: (?:years?|yrs?)(?: (?:old|young))?| yo)?(?: and over)?|adult|grown ?up|"
    rf"grown (?:man|woman))(?: {_SEX}| here| now)*"
)


def in_digits(words: str) -> str:
    """Words with the numbers from ten to ninety-nine that are spelled in them as digits: "sixty-five" is "65"."""
    return _SPELLED.sub(_digits, words)


def _digits(spelled: re.Match[str]) -> str:
    teen, ten, unit = spelled.groups()
    if teen:
        return str(10 + _TEENS.index(teen))
    return str(10 * (2 + _TENS.index(ten)) + (1 + _UNITS.index(unit) if unit else 0))


def adult_ages(words: str, *, of_another: bool = False) -> list[int]:
    """The ages of 18 or more that are said: "I'm 64", "64, pacemaker", "in my fifties", but not "64 sessions".

    Args:
        words: In lower case, with their punctuation.
        of_another: Whether somebody who may be a child needs care: the age of the writer, or of the child's father, is
            left out then.
    """
    words = in_digits(words)
    found = [match for match in _AGE.finditer(words) if not (of_another and _OF_NO_CHILD.match(match.group()))]
    ages = [
        int(re.findall(r"\d\d", match.group())[-1])
        for match in found
        if match.start() > 0 or not _COUNTED.match(words) or _PERSON.match(words)
    ]
    # Of a decade its first year is taken: who is "in her sixties" may be under 65.
    decades = [int(digits) if digits else 10 * (2 + _stem(stem)) for digits, stem in _DECADE.findall(words)]
    return [] if nearly_grown(words) else ages + decades


def _stem(decade: str) -> int:
    return next(index for index, ten in enumerate(_TENS) if ten.removesuffix("y") == decade)


def nearly_grown(words: str) -> bool:
    """Whether somebody is under 18 and says so by that number: "nearly 18"."""
    return bool(_NEARLY_GROWN.search(words))


def is_age_of_a_child(text: str) -> bool:
    """Whether the message is nothing but an age under 18, as it is given when asked for: "12", "he's nine"."""
    words = bare(text)
    return bool(_YOUNG.fullmatch(in_digits(words))) or (
        nearly_grown(words) and bool(_ADULT.fullmatch(in_digits(words)))
    )


def is_age_of_a_baby(words: str) -> bool:
    """Whether an age in months or weeks is told of somebody: "she's 8 months now, I'm still nursing".

    Args:
        words: In lower case, with their punctuation.
    """
    return bool(_BABY.search(words))


def is_age_of_an_adult(text: str) -> bool:
    """Whether the message is nothing but an age of 18 or more, asked for or not: "yes over 18", "she's 71"."""
    words = bare(text)
    return bool(_ADULT.fullmatch(in_digits(words))) and not nearly_grown(words)


def is_grown(text: str) -> bool:
    """Whether an answer to "are you under 18" says no in other words: "in my fifties", "born in 1961", "retired"."""
    words = bare(text)
    if nearly_grown(words):
        return False
    return bool(adult_ages(words) or _BORN.search(words) or _OTHERWISE_GROWN.search(words))
