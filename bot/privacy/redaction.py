"""Taking personal details out of what patients write, and leaving everything that matters to their health.

Ages, durations, doses, scores, readings and the numbers 911 and 988 stay as they are. Of a date of birth the year
stays: it tells an age, and no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.privacy.names import introduced_names


class Detail(StrEnum):
    """What was taken out."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    SSN = "ssn"
    CARD = "card number"
    ADDRESS = "address"
    BIRTHDAY = "birthday"
    NUMBER = "number"


@dataclass(frozen=True)
class Redacted:
    """A text without personal details, and which kinds were in it."""

    text: str
    found: tuple[Detail, ...]


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    detail: Detail


# Nothing of a longer number or word is taken for a shorter one.
_LEFT_NUMBER = r"(?<![\w/])(?<!\d[.,\-])"
_RIGHT = r"(?![\w/]|[.,\-]\d)"

_EMAIL = re.compile(r"[\w.+%'\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}")
_SPELT_EMAIL = re.compile(
    r"\b[\w.+\-]{2,40}\s*(?:\(at\)|\[at\]|\bat\b|@)\s*(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|proton(?:mail)?"
    r"|comcast|live|msn|me)\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*(?:com|net|org|me|edu)\b",
    re.I,
)
_SSN = re.compile(_LEFT_NUMBER + r"\d{3}[-– ]\d{2}[-– ]\d{4}" + _RIGHT)
_SSN_NAMED = re.compile(
    r"\b(?:ssn|social(?:\s+security)?(?:\s+(?:number|no\.?|#))?)[\s:#]*(?:is\s+)?(\d[\d\- ]{2,12}\d)\b", re.I
)
_MOST_GROUPS = 6
_DIGITS = re.compile(_LEFT_NUMBER + r"\d(?:[ \-]?\d){8,22}" + _RIGHT)
_US_PHONE = re.compile(
    _LEFT_NUMBER + r"(?:\+?1[ .\-]{0,2})?(?:\([2-9]\d{2}\)[ .\-]{0,2}|[2-9]\d{2}[ .\-–]{1,2})"
    r"[2-9]\d{2}[ .\-–]{0,2}\d{4}"
    r"(?:\s*(?:ext\.?|x)\s*\d{1,6})?" + _RIGHT
)
_LONG_DISTANCE = re.compile(r"(?<!\w)(?:\+|00)[1-9](?:(?:[ .\-]|[ ]?\(|\)[ ]?)?\d){6,14}" + _RIGHT)
_UNITS = (
    r"(?:m?c?g|mcg|ml|iu|units?|steps?|cal(?:ories)?|kcal|pounds?|lbs?|kg|miles?|meters?|metres?|feet|ft|dollars?|usd|times|"
    r"pills?|tablets?|mmhg|people|percent|%)"
)
_LOCAL_PHONE = re.compile(_LEFT_NUMBER + r"[2-9]\d{2}[-.]\d{4}" + _RIGHT + r"(?!\s*" + _UNITS + r"\b)", re.I)

_PHONE_NAMED = re.compile(
    r"\b(?:phone|cell|mobile|tel|telephone|text|whatsapp|fax)(?:\s+(?:number|no\.?|me|#))?\s*(?:is|at|on|:|#)*\s*"
    r"(\d{3}[ .\-]?\d{4})" + _RIGHT,
    re.I,
)
_NAMED_NUMBER = re.compile(
    r"\b(?:member(?:ship)?|policy|polic[ey]s|insurance|group|subscriber|medicare|medicaid|provider\s*one|account|acct|"
    r"claim|patient|chart|medical\s+record|mrn|driver['’]?s?\s+licen[cs]e|licen[cs]e|passport|plan|certificate)"
    r"(?:\s+(?:id|number|num|no|card|identification|#)\b\.?|\s*[#:]|\s+is\b){1,4}[\s:#]*(?:is\b|=)?\s*"
    r"((?=[A-Za-z0-9\-]*\d)(?:[A-Za-z]{0,4}[\- ]?)?\d[A-Za-z0-9\-]{3,24})",
    re.I,
)
_MRN = re.compile(r"\bmrn\b[\s:#]*(?:is\s+)?([A-Z]{0,3}\d[A-Z0-9\-]{3,20})", re.I)
_MEDICARE = re.compile(r"\b[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2}\b", re.I)
_LETTERED = re.compile(r"(?<![\w\-])[A-Z]{1,4}-?\d{7,14}(?![\w])", re.I)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}(?:st|n[d]|rd|th)?"
_YEAR = r"(?:19|20)\d{2}"
_BIRTHDAY = re.compile(
    r"(?:\b(?:born|birth\s*date|birthdate|birthday|bday|b-day|date\s+of\s+birth|d\.?o\.?b\.?)\b\.?(?:\s+(?:is|was|on|in|the|of)\b|\s*[:=\-–,])*\s*)"
    r"(?P<date>"
    rf"(?P<y1>{_YEAR})[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
    rf"|\d{{1,2}}[-/. ]\d{{1,2}}[-/. ](?P<y2>{_YEAR}|\d{{2}})"
    rf"|{_MONTH}\s+{_DAY}(?:\s*,?\s*(?P<y3>{_YEAR}))?"
    rf"|{_DAY}\s+(?:of\s+)?{_MONTH}(?:\s*,?\s*(?P<y4>{_YEAR}))?"
    rf"|{_MONTH}\s+(?P<y5>{_YEAR})"
    r"|\d{1,2}/\d{1,2}|\d{8}"
    r")(?![\w/])",
    re.I,
)

_SURE_STREETS = r"street|avenue|ave|boulevard|blvd|lane|ln|terrace|highway|hwy|parkway|pkwy|rd|cir|crescent|plaza|sq"
# These mean other things as well: "took 4 ibuprofen, dr said no", "a 20 minute drive".
_OTHER_STREETS = r"st|road|drive|dr|court|ct|way|place|pl|circle|square|trail|loop"
_NO_STREET_NAMES = (
    r"(?:years?|yrs?|yo|y/o|months?|mos?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|times?|miles?|km|kms|blocks?|"
    r"feet|ft|steps?|pills?|tablets?|doses?|mg|mcg|g|ml|percent|pounds?|lbs?|kg|cm|inch(?:es)?|people|visits?|sessions?|"
    r"treatments?|surger(?:y|ies)|kids?|children|babies|of|in|on|at|to|for|the|a|an|my|me|i|and|or|but|is|was|are|it|its|"
    r"this|that|each|every|per|ago|old|since|after|before|with|from|by|as|so|too|very|more|less|most|out|up|down|pain|"
    r"back|pains|disc|discs|level|levels|degrees?|bars?|hour|minute|mile|day|week|month|year|am|pm|bad|no|not|any|"
    r"other|different|first|second|third|same|when|while|who|which|can|could|would|will|have|has|had|do|does|did)"
)
_STREET_WORD = rf"(?!{_NO_STREET_NAMES}\b)(?:[a-z][a-z'’\-]*|\d{{1,3}}(?:st|n[d]|rd|th))\.?"
_UNIT_OF_HOUSE = r"(?:\s*,?\s*(?:apt|apartment|unit|suite|ste|#)\.?\s*#?\s*\w{1,6})"
_TOWN = (
    r"(?:\s*,\s*(?:[A-Za-z]+\s?){1,3}(?:,\s*|\s+)(?:WA|Wash(?:ington)?|OR|ID|CA|BC|[A-Z]{2})\b(?:\s*,?\s*\d{5}(?:-\d{4})?)?"
    r"|\s*,?\s*\d{5}(?:-\d{4})?\b)"
)
_COMPASS = r"(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\b\.?"
_HOUSE = r"(?<![\w/.$\-])\d{1,6}[a-z]?\s+"
_ADDRESS = re.compile(
    rf"{_HOUSE}(?:"
    rf"(?:{_COMPASS}\s+)?(?:{_STREET_WORD}\s+){{1,3}}(?:{_SURE_STREETS})\b\.?(?:\s+{_COMPASS})?{_UNIT_OF_HOUSE}?{_TOWN}?"
    rf"|{_COMPASS}\s+(?:{_STREET_WORD}\s+){{1,2}}(?:{_OTHER_STREETS})\b\.?{_UNIT_OF_HOUSE}?{_TOWN}?"
    rf"|(?:{_STREET_WORD}\s+){{1,2}}(?:{_OTHER_STREETS})\b\.?(?:\s+{_COMPASS})?(?:{_UNIT_OF_HOUSE}{_TOWN}?|{_TOWN}))",
    re.I,
)
_CAPITAL_ADDRESS = re.compile(
    r"(?<![\w/.$\-])\d{1,6}\s+(?:[A-Z][a-z'’\-]+\s+){1,2}(?:St|Road|Drive|Dr|Court|Ct|Way|Place|Pl|Circle|Square|Trail|Loop)\b\.?"
    rf"(?i:(?:\s+{_COMPASS})?{_UNIT_OF_HOUSE}?{_TOWN}?)"
)
_PO_BOX = re.compile(rf"\bp\.?\s?o\.?\s?box\s+#?\d{{1,8}}\b{_TOWN}?", re.I)
_TOLD_ADDRESS = re.compile(
    r"\b(?:my\s+(?:home\s+|street\s+|mailing\s+)?address\s*(?:is|:)|(?:i|we)\s+live\s+at)\s+"
    rf"(?P<rest>\d{{1,6}}[a-z]?\s+(?:{_STREET_WORD}(?:\s+|\b)){{1,4}}{_UNIT_OF_HOUSE}?{_TOWN}?)",
    re.I,
)
_STATE_ZIP = re.compile(r"\b(?:WA|Washington)\s*,?\s+\d{5}(?:-\d{4})?\b")
_ZIP_NAMED = re.compile(r"\bzip(?:\s*code)?\s*(?:is|:)?\s*(\d{5}(?:-\d{4})?)\b", re.I)

_WHOLE: tuple[tuple[re.Pattern[str], Detail], ...] = (
    (_EMAIL, Detail.EMAIL),
    (_SPELT_EMAIL, Detail.EMAIL),
    (_SSN, Detail.SSN),
    (_MEDICARE, Detail.NUMBER),
    (_US_PHONE, Detail.PHONE),
    (_LONG_DISTANCE, Detail.PHONE),
    (_ADDRESS, Detail.ADDRESS),
    (_CAPITAL_ADDRESS, Detail.ADDRESS),
    (_PO_BOX, Detail.ADDRESS),
    (_STATE_ZIP, Detail.ADDRESS),
    (_LOCAL_PHONE, Detail.PHONE),
    (_LETTERED, Detail.NUMBER),
)
_PARTS: tuple[tuple[re.Pattern[str], Detail], ...] = (
    (_PHONE_NAMED, Detail.PHONE),
    (_SSN_NAMED, Detail.SSN),
    (_NAMED_NUMBER, Detail.NUMBER),
    (_MRN, Detail.NUMBER),
    (_TOLD_ADDRESS, Detail.ADDRESS),
    (_ZIP_NAMED, Detail.ADDRESS),
)


def redact(text: str) -> Redacted:
    """Put `[name]`, `[phone]` and the like where personal details stood."""
    spans = sorted(_spans(text), key=lambda span: (span.start, -span.end))
    parts: list[str] = []
    found: list[Detail] = []
    behind = 0
    for span in spans:
        if span.start < behind:
            continue
        parts += [text[behind : span.start], f"[{span.detail}]"]
        if span.detail is Detail.BIRTHDAY:
            # It took the dashes and spaces between day and year along.
            before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
            parts[-1] = (" " if before.isdigit() else "") + parts[-1] + (" " if after.isdigit() else "")
        found.append(span.detail)
        behind = span.end
    return Redacted("".join([*parts, text[behind:]]), tuple(dict.fromkeys(found)))


def _spans(text: str) -> Iterator[_Span]:
    for start, end in introduced_names(text):
        yield _Span(start, end, Detail.NAME)
    for birthday in _BIRTHDAY.finditer(text):
        yield from _birthday(birthday)
    for pattern, detail in _WHOLE:
        for found in pattern.finditer(text):
            yield _Span(found.start(), found.end(), detail)
    for pattern, detail in _PARTS:
        for found in pattern.finditer(text):
            yield _Span(found.start(1), found.end(1), detail)
    for found in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        # Scores told in a row ("6 7 8 9 …") are many short groups; a card has few.
        is_long = len(digits) >= 13 and len(re.split(r"[ \-]", found[0])) <= _MOST_GROUPS
        if is_long and passes_luhn(digits):
            yield _Span(found.start(), found.end(), Detail.CARD)
        elif is_long or found[0].isdigit():
            yield _Span(found.start(), found.end(), Detail.PHONE if len(digits) in (10, 11) else Detail.NUMBER)


def _birthday(found: re.Match[str]) -> Iterator[_Span]:
    """All of the date but its year."""
    start, end = found.span("date")
    for name in ("y1", "y2", "y3", "y4", "y5"):
        if found[name]:
            year_start, year_end = found.span(name)
            if year_start > start:
                yield _Span(start, year_start, Detail.BIRTHDAY)
            if year_end < end:
                yield _Span(year_end, end, Detail.BIRTHDAY)
            return
    yield _Span(start, end, Detail.BIRTHDAY)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a payment card's number."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
