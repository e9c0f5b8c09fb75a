"""Who wishes for a check of their own, and who for two at once, as far as the words say it."""

from __future__ import annotations

import re

from bot.safety.kin import ANYBODY

FOR_ME = re.compile(
    r"\b(?:can|could|may|might|should|would|will|am|do) i\b|\b(?:for|suit|suits|help|allow|treat) (?:me|myself)\b|"
    r"(?:^|,)\s*me\s*(?:,|$)"
)
OF_ANOTHER = re.compile(
    rf"\b(?:{ANYBODY}|kids?|child|children|baby|he|she|they|him|her|them|someone|somebody|people|"
    r"asking|wondering|writing|calling|enquiring|inquiring|checking|behalf)\b"
)
# "Can I get it for the little one".
FOR_SOME_ONE = re.compile(
    r"\bfor (?:an?|the|our|this|one|some|my (?!back\b|own\b|pain\b|lower\b|sciatica\b))|\bbring\b"
)
# "Can I have the check" may be said on behalf of anyone.
_ASKS_FOR_A_CHECK = re.compile(r"\b(?:check\w*|test|quiz|questions?|questionnaire|assessment)\b")
# "Can you check whether I'm suitable".
_CHECKING = re.compile(r"\b(?:checking|wondering|asking)\b")
_IF_I_MAY = re.compile(
    r"\b(?:if|whether) (?:i am|i'm|im|i can|i could|i may|i might|i should|(?:it's|its|that's|thats|"
    r"(?:it|this|that|acupuncture) (?:is|would be|might be)) (?:ok|okay|right|good|safe|alright|fine|suitable) for me|"
    r"(?:it|this|that|acupuncture) (?:would suit|might suit|suits) me)\b"
)
# "A check please, it's for me".
_IT_IS_FOR_ME = re.compile(
    r"\b(?:it's|its|it is|this is|this one's|that's|thats|just|only) (?:just |only )?for (?:me|myself)\b"
)
# "Would it be ok for someone like me", "can a woman my age have it".
_SUCH_AS_I = re.compile(
    r"(?:\bfor )?\b(?:someone|somebody|anyone|people|folks|an? (?:\w+ )?\w+) (?:(?:just|exactly) )?"
    r"(?:like (?:me|myself)|(?:of |at )?my (?:age|size|weight|build)|in my (?:\w+))\b"
)
# "I also have an underactive thyroid, does that matter".
_I_HAVE = re.compile(
    r"\b(?:i (?:(?:also|still|now) )?(?:have|take|use|wear)|ive (?:also )?got|i've (?:also )?got|i got|i'm on|im on|"
    r"i am on) (?!to\b|a (?:question|query|patient|client|resident)\b|(?:questions?|one|two|some)\b)"
)
_IF_IT_MATTERS = re.compile(r"\b(?:matters?|problem|issue|okay?|alright|safe|affects?|counts?|stops? me|in the way)\b")
_HAD_A_BABY = re.compile(
    r"\bi (?:had|was having|lifted|carry|carried|have) (?:my|the|a|our) (?:\w+ )?(?:baby|kids?|child|twins)\b"
)
_OWN_BACK = re.compile(
    r"\bmy (?:\w+ )?(?:back|spine|neck|hips?|legs?|dis[ck]s?|sciatica|pain)\b|"
    r"\b(?:i have|i've(?: got| had)?|ive(?: got| had)?|i got|i suffer)\b.*\b"
    r"(?:pain|ache|sciatica|dis[ck]|back|arthritis)\b"
)
# The child that is not born yet is no one else who needs care: "is it safe for the baby if I'm pregnant".
_UNBORN = re.compile(r"\b(?:the|my|our|this) (?:unborn )?(?:baby|child|bump|little one)\b(?!'s)")
_PREGNANT = re.compile(
    r"\b(?:pregnan\w+|expecting|weeks (?:along|gone)|(?:i'm|im|i am) (?:nearly |almost |about )?\d\d? weeks)\b"
)
# "I'm a new mum", "mother of two here" is whoever writes.
_I_AM_ONE = re.compile(
    r"\b(?:i'm|im|i am|as|being) an? (?:\w+ ){0,2}(?:mum|mom|mother|dad|father|parent|gran|grandma|grandmother|"
    r"grandad|grandpa|grandfather|wife|husband|carer|neighbou?r|friend)\b|"
    r"\b(?:mum|mom|mother|dad|father|parent|grandma|grandpa) (?:of|to) (?:a|an|\d+|one|two|three|four|five|six|twins)\b"
)
_BOTH = re.compile(
    rf"\b(?:for|check|checks|see|treat|take) (?:both )?(?:me and (?:my )?(?:{ANYBODY})|"
    rf"(?:my |the )?(?:{ANYBODY}) and (?:me|myself|i)|(?:the two|both) of us|us both)\b"
)
# "My mum has thin bones and my dad takes warfarin, can they both come", "can my mum and dad have it".
_TWO_OTHERS = re.compile(
    rf"\b(?:can|could|may|might|should|would|is|are|for|about|see|treat|take) (?:both )?(?:my|our) (?:\w+ )?"
    rf"(?:{ANYBODY}) and (?:(?:my|our) )?(?:{ANYBODY})\b|"
    rf"\b(?:my|our) (?:\w+ )?(?:{ANYBODY})\b.*\b(?:and|,) (?:my|our) (?:\w+ )?(?:{ANYBODY})\b.*"
    r"\b(?:(?:can|could|may|might|should|would|are) (?:they|both)|(?:both|the two|two) of them|them both)\b"
)


def asks_for_both(text: str) -> bool:
    """Whether a check is wished for the writer and one more: "can I check for me and my husband"."""
    return bool(_BOTH.search(text.lower()))


def asks_for_two_others(text: str) -> bool:
    """Whether a check is wished for two of whom none is the writer: what is told is told of either."""
    return bool(_TWO_OTHERS.search(text.lower())) and not asks_for_both(text)


def without_the_unborn(words: str) -> str:
    """The words without the child of whoever says that she is pregnant."""
    return _UNBORN.sub("it", words) if _PREGNANT.search(words) else words


def asks_of_oneself(words: str) -> bool:
    """Whether it is the writer who may have it, as far as the words tell: "would it suit me", "I take pills, can I"."""
    words = _SUCH_AS_I.sub("for me", without_the_unborn(_I_AM_ONE.sub("me", words)))
    if _IF_I_MAY.search(words) and not OF_ANOTHER.search(_CHECKING.sub(" ", words)):
        return True
    if _IT_IS_FOR_ME.search(words) and not OF_ANOTHER.search(words):
        return True
    if OF_ANOTHER.search(words) or FOR_SOME_ONE.search(words) or _ASKS_FOR_A_CHECK.search(words):
        return False
    return bool(FOR_ME.search(words) or (_I_HAVE.search(words) and _IF_IT_MATTERS.search(words)))


def names_own_back(text: str) -> bool:
    """Whether the words name the back of whoever writes: "my mum had it, and my back is bad now"."""
    return bool(_OWN_BACK.search(_HAD_A_BABY.sub(" ", text.lower().replace("’", "'"))))


def tells_of_ones_own(text: str) -> bool:
    """Whether whoever writes tells of their own back or illness, and of nobody else."""
    words = text.lower().replace("’", "'")
    words = _HAD_A_BABY.sub(" ", words)
    return bool(_OWN_BACK.search(words)) and "?" not in text and not OF_ANOTHER.search(words)
