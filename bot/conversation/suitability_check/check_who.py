"""Who needs care and how old they are, read by words alone where the check asks for it."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare
from bot.safety.kin import ANYBODY, CHILD, OF_ANY_AGE

_SELF = re.compile(
    r"^(?:(?:no|nope|nah|yes|yeah|yep|yup|ok|okay|fine|right|sure|hi|oh|well|just|only|actually|its|it is|"
    r"it would be|itd be|it will be|itll be|would be|this is|"
    r"this would be|thats|that is|that would be|i want it|id want it|i need it|i am asking|im asking|asking|"
    r"the check is) )*"
    r"(?:for )?(?:me|myself|my own(?: back)?|my back|mine|me i am .*|me im .*)\b(?! and)|"
    r"^(?:(?:no|well|its|it is) )*(?:i am|im|i) (?:the (?:one|patient)|who|the one who|have the pain|need it)\b"
)
_INSTEAD = re.compile(r"^(?:(?:no|wait|sorry|oh|oops|actually|hang on|i mean|i meant|(?:i )?changed my mind) )+(?=\w)")
_OTHER = re.compile(rf"\b(?:my|our) (?:{ANYBODY})\b")
_SOMEONE = re.compile(r"\b(?:someone|somebody|another person|other person)\b")
_CHILD = re.compile(
    rf"\b(?:my|our|a) (?:{CHILD}|little (?:boy|girl|one))\b|"
    r"\b(?:1[0-7]|[1-9]) (?:year|yr)s? old\b|"
    r"\b(?:im|hes|shes|he is|she is|i am) (?:only )?(?:1[0-7]|[1-9])\b(?! (?:weeks?|months? pregnant))|"
    r"\bunder (?:18|eighteen)\b"
)
# A son may be six or forty: whether he is an adult is asked.
_OFFSPRING = re.compile(rf"\b(?:my|our) (?:\w+ )?(?:{OF_ANY_AGE})\b")
_YOUNG = re.compile(
    r"(?:yes |yeah |no |im |i am |hes |he is |shes |she is |they are |theyre |only |just |nearly |almost |about |"
    r"aged )*(?:(?:1[0-7]|[1-9])(?: (?:years?|yrs?|yo|y o))?(?: old)?(?: now)?|\d{1,2} (?:months?|weeks?) old)"
)
_SEX = r"(?:male|female|m|f|man|woman|guy|lady|gentleman|mum|mom|dad)"
_GROWN = re.compile(
    r"(?:yes |yeah |yep |no |im |i am |hes |he is |shes |she is |they are |theyre |over |above |aged |age |only |just |"
    rf"nearly |almost |an |a |{_SEX} )*"
    r"(?:(?:1[89]|[2-9]\d|1[01]\d)(?: (?:years?|yrs?)(?: (?:old|young))?| yo)?(?: and over)?|adult|grown ?up|"
    rf"grown (?:man|woman))(?: {_SEX}| here| now)*"
)
_ADULT = re.compile(
    r"\b(?:1[89]|[2-9]\d)\b|\badult|\bgrown|"
    r"\bnot (?:a |an )?(?:kid|child|teen|teenager|minor|baby|under (?:18|eighteen))\b"
)


def who_needs_care(text: str) -> str | None:
    """Who needs care, where the message says so; else None.

    Returns:
        self or self_adult, other (of any age), other_adult, under_18, or adult (whoever it is).
    """
    words = _INSTEAD.sub("", bare(text))
    is_adult = bool(_ADULT.search(words))
    if _CHILD.search(words) and not is_adult:
        return "under_18"
    if _OFFSPRING.search(words) and not is_adult:
        return "other"
    if _OFFSPRING.search(words) or _OTHER.search(words):
        return "other_adult"
    if _SOMEONE.search(words):
        return "other_adult" if is_adult else "other"
    if _SELF.match(words):
        return "self_adult" if is_adult else "self"
    return "adult" if is_adult else None


def is_age_of_a_child(text: str) -> bool:
    """Whether the message is nothing but an age under 18, as it is given when asked for: "12", "he's 9 yrs"."""
    return bool(_YOUNG.fullmatch(bare(text)))


def is_age_of_an_adult(text: str) -> bool:
    """Whether the message is nothing but an age of 18 or more, asked for or not: "yes over 18", "she's 71"."""
    return bool(_GROWN.fullmatch(bare(text)))
