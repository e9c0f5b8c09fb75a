"""Who needs care and how old they are, read by words alone where the check asks for it."""

from __future__ import annotations

import re

from bot.conversation.suitability_check.ages import NO_AGE_FOLLOWS, in_digits, nearly_grown
from bot.safety.kin import ANYBODY, CHILD, GROWN, OF_ANY_AGE
from bot.safety.written.letters import bare

_SELF = re.compile(
    r"^(?:(?:no|nope|nah|yes|yeah|yep|yup|yh|yeh|aye|ok|okay|fine|right|sure|hi|oh|well|just|only|little|old|poor|"
    r"actually|its|it is|"
    r"it would be|itd be|it will be|itll be|would be|this is|"
    r"this would be|thats|that is|that would be|i want it|id want it|i need it|i am asking|im asking|asking|"
    r"the check is) )*"
    r"(?:for )?(?:me|myself|my own(?: back)?|my back|mine|me i am .*|me im .*)\b(?! and)|"
    r"^(?:(?:no|well|its|it is) )*(?:i am|im|i) (?:the (?:one|patient)|who|the one who|have the pain|need it)\b"
)
_INSTEAD = re.compile(r"^(?:(?:no|wait|sorry|oh|oops|actually|hang on|i mean|i meant|(?:i )?changed my mind) )+(?=\w)")
_OTHER = re.compile(
    rf"\b(?:my|our) (?:\w+ )?(?:{ANYBODY})\b|\bfor an? (?:{ANYBODY}|relative)\b|"
    r"\bthe (?:wife|missus|mrs|husband|hubby|old man|old lady|boss|mother|father)\b|"
    r"\b(?:my|the) (?:other|better) half\b|"
    r"^(?:(?:no|its|it is|for|about|well|oh|just|only) )*(?:mum|mom|mama|dad|papa|grandma|granny|nan|grandad|grandpa|"
    r"hubby)\b"
)
# "I'm her carer": whoever writes is not the one who needs care, of whatever age that one is.
_CARES_FOR = re.compile(
    r"\b(?:im|i am|as) (?:\w+ )?(?:his|her|their) (?:\w+ )?(?:carer|caregiver|guardian|nurse|wife|husband|partner|"
    r"friend|daughter|son|sister|brother|mother|father|mum|mom|dad|parent|grandmother|grandfather|neighbou?r)\b|"
    r"\b(?:lady|gentleman|man|woman|person|resident|client|patient|somebody|someone) (?:that |who |whom )?"
    r"(?:i|we) (?:care for|look after|take care of|help)\b"
)
# "Me, my wife told me to ask", but not "me and my wife" or "me mum".
_ME_FIRST = re.compile(
    rf"^(?:(?:no|its|it is|well|oh|just|only|for) )*(?:me|myself)\b(?! and)(?! (?:(?!my|our)\w+ )?(?:{ANYBODY})\b)"
)
_MYSELF = re.compile(r"\b(?:me|myself|mine)\b")
_JOINED = re.compile(r"(?: (?:and|then|later|maybe|perhaps|also|after|afterwards|for))+ *$")
_IN_TURN = re.compile(r"\b(?:first|then|afterwards|later|next|before|to begin with)\b")
_SOMEONE = re.compile(r"\b(?:someone|somebody|another person|other person)\b")
_CHILD = re.compile(
    rf"\b(?:my|our|(?<!like )a) (?:{CHILD}|little (?:boy|girl|one))\b|"
    r"\b(?:1[0-7]|[1-9]) (?:year|yr)s? old\b|"
    rf"\b(?:my|our) (?:\w+ )?(?!(?:{GROWN})\b)(?:{ANYBODY}|{CHILD}|girl|boy|lad|teen(?:ager)?)s? "
    rf"(?:is )?(?:only |just |nearly )*(?:1[0-7]|[1-9])\b{NO_AGE_FOLLOWS}|"
    rf"\b(?:im|hes|shes|he is|she is|i am) (?:only )?(?:1[0-7]|[1-9])\b{NO_AGE_FOLLOWS}|"
    r"\bunder (?:18|eighteen)\b"
)
# A son may be six or forty: whether he is an adult is asked.
_OFFSPRING = re.compile(rf"\b(?:my|our) (?:\w+ )?(?:{OF_ANY_AGE})\b")
_ADULT = re.compile(
    r"\b(?:1[89]|[2-9]\d)\b|\badult|\bgrown|"
    r"\bnot (?:a |an )?(?:kid|child|teen|teenager|minor|baby|under (?:18|eighteen))\b"
)
_IN_GENERAL = re.compile(
    r"\bcontra ?(?:indication|indications|indicated)\b|\bwho cant\b|"
    r"\bwho (?:should|must|may|can|could|is|are|do|does)(?:nt| not| never)\b|"
    r"\bwho (?:should|must) (?:avoid|stay away)\b|\bwhen (?:should|must|is|can) (?:\w+ ){0,3}(?:not|never|avoid\w*)\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:i|im|ive|me|my|he|him|his|she|her|we|our|mine|someone|somebody)\b")


def who_needs_care(text: str) -> str | None:
    """Who needs care, where the message says so; else None.

    Returns:
        self or self_adult, other (of any age), other_adult, under_18, or adult (whoever it is).
    """
    words = _first_of_two(in_digits(_INSTEAD.sub("", bare(text))))
    is_adult = bool(_ADULT.search(words)) and not nearly_grown(words)
    if _CHILD.search(words) and not is_adult:
        return "under_18"
    if _ME_FIRST.match(words):
        return "self_adult" if is_adult else "self"
    if _OFFSPRING.search(words) and not is_adult:
        return "other"
    if _CARES_FOR.search(words):
        return "other_adult" if is_adult else "other"
    if _OFFSPRING.search(words) or _OTHER.search(words):
        return "other_adult"
    if _SOMEONE.search(words):
        return "other_adult" if is_adult else "other"
    if _SELF.match(words):
        return "self_adult" if is_adult else "self"
    return "adult" if is_adult else None


def _first_of_two(words: str) -> str:
    """The words as far as they tell of whoever comes first: "me, then my wife", "my mum first then me"."""
    mine, other = _MYSELF.search(words), _OTHER.search(words) or _OFFSPRING.search(words)
    if mine is None or other is None or not _IN_TURN.search(words):
        return words
    return _JOINED.sub("", words[: max(mine.start(), other.start())])


def asks_of_nobody(text: str) -> bool:
    """Whether the message asks who should not have acupuncture at all, and not about a person: "contraindications?"."""
    words = bare(text)
    return bool(_IN_GENERAL.search(words)) and not _OF_SOMEBODY.search(words)
