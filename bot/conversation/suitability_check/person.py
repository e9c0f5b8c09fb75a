"""For whom a check is and whether they are an adult, as far as the words say it: what was said is not asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.suitability_check.ages import adult_ages, is_age_of_a_baby, nearly_grown
from bot.conversation.suitability_check.own_case import (
    FOR_ME,
    OF_ANOTHER,
    asks_for_both,
    asks_of_oneself,
    without_the_unborn,
)
from bot.conversation.suitability_check.who import who_needs_care
from bot.safety.kin import ANYBODY, BORN_CHILD, CHILD, GROWN, with_whose_they_are
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

_ONE = rf"(?:\d+[ -]?y(?:ea)?r?s?[ -]?o(?:ld)? )?(?:\w+ )?(?:{ANYBODY}|{BORN_CHILD})"
_MAY = r"(?:can|could|may|might|should|would|will|does|is|are)"
# What a clinic is asked to do with someone: "would you take my dad".
_TREAT = r"(?:take|see|treat|accept|needle|help)"
_FOR_THEM = re.compile(
    rf"\b(?:for|(?:what|how) about|{_MAY}|{_MAY} you (?:\w+ )?{_TREAT}|"
    rf"(?:ok|okay|safe|suitable|right|good|fine|possible|allowed)(?: \w+)? (?:for|with)) (?:my|our|me) "
    rf"(?:{_ONE})\b|"
    # "Check whether my wife is ok to have it".
    rf"\b(?:if|whether) (?:my|our) (?:{_ONE}) {_MAY}\b|"
    r"\b(?:gift|give|giving|get|getting|buy|buying) (?:it|this|one|a \w+) (?:to|for) (?:my|our) "
    rf"(?:{_ONE})\b|"
    r"\b(?:asking|wondering|enquiring|inquiring|calling|writing|checking|on behalf)(?: \w+){0,3} (?:for|of|about) "
    rf"(?:an?|my|our|the|this) (?:{_ONE}|(?:\w+ )?(?:gentleman|lady|man|woman|resident))\b"
)
_FOR_GROWN = re.compile(rf"\b(?:my|our|me) (?:\w+ )?(?:{GROWN})\b")
_OF_THEM = re.compile(
    rf"\b(?:(?:my|our|me) (?:{_ONE})|a (?:\w+ )?(?:{ANYBODY}))\b.*\b"
    rf"(?:{_MAY} (?:he|she|they)|(?:if|whether) (?:he|she|they) {_MAY}|(?:for|suits?|{_TREAT}) (?:him|her|them))\b"
)
# "It's my husband who needs it", "not for me, for a mate at work", "my boyfriend's the patient".
_IS_FOR_THEM = re.compile(
    rf"\b(?:it's|its|it is|this is|that's|thats|would be|it'd be) (?:\w+ )?(?:for |about )?(?:my|our|a) "
    rf"(?:{_ONE})\b(?!(?:'s|s)? (?:\w+ )?(?:idea|fault|turn|suggestion|recommendation|birthday|account|phone)\b)|"
    rf"\b(?:my|our) (?:{_ONE})(?:'s|s| is) the (?:one|patient|person)\b|"
    rf"\b(?:not|isn't|isnt) (?:for |about )?me\b.*\b(?:my|our|an?) (?:{_ONE})\b|"
    rf"\b(?:my|our|an?) (?:{_ONE})\b.*\bnot (?:for |about )?me\b"
)
# "And my dad, 70?", "ok now my mother": whoever comes next, where no more is said.
_AND_THEM = re.compile(rf"^\W*(?:(?:and|or|now|ok|okay|then|so|next|also)\b\W*)+(?:for )?(?:my|our) (?:{_ONE})\b")
_WHAT_ABOUT_THEM = re.compile(
    rf"^\W*(?:(?:and|so|ok|okay|then|also|but)\b\W*)*(?:what|how) about (?:my|our) (?:{_ONE})\b(?!'s)"
)
_MOST_OF_THEM = 5
_THEY_MAY = re.compile(rf"\b{_MAY} (?:he|she)\b")
_IF_THEY_MAY = re.compile(
    r"\b(?:can|could|may|might|should|ok|okay|safe|suitable|suits?|right|alright|fine|possible|allowed|candidate|able|"
    rf"{_TREAT})\b"
)
# "Would my mum have to sign" asks what she has to do, "my wife drives me, can she come in" if she may be there: neither
# whether she may have it.
_MUST_DO = re.compile(
    r"\b(?:have|has|need|needs|got) to (?:sign|come|be there|agree|consent|pay|wait|drive|fill|know|give|say|stay)\b|"
    r"\b(?:sign|consent|permission|come (?:with|along)|sit (?:in|with|beside|next)|wait (?:outside|there|with|for)|"
    r"pick(?:s|ing)? me up|(?:driv(?:e|es|ing)|bring(?:s|ing)?|tak(?:e|es|ing)|accompan(?:y|ies|ying)|"
    r"(?:translat|interpret)\w*(?: for)?|com(?:e|es|ing) with) me\b|hold my hand)\b"
)
BACK = r"(?:\w+ )?(?:backs?|spine|neck|hips?|legs?|dis[ck]s?|sciatica|pain)\b"
_THEY_ARE = re.compile(
    rf"^\W*(?:he|she)(?:'s|s| is| has)\b|^\W*(?:(?:it's|its|it is|well|no|so|but) )*(?:his|her) {BACK}"
)
# "My dad is 85 and has a pacemaker" tells of him, where nothing is told of oneself.
_MINE_ARE = re.compile(
    rf"^\W*(?:(?:hi|hello|hey|so|well|good \w+)\b\W*)*(?:my|our) "
    rf"(?:{_ONE}|(?:\w+ )?(?:girl|boy|lad))\b"
    r"(?:(?:'s|s| is) (?:(?:only|just|about|nearly|almost) )*\d+\b(?! (?:weeks?|months?) pregnant)|"
    r"(?:'s|s)? (?:is|has|got|had|was|takes|gets|needs|suffers|who is|who has|pulled|hurt|hurts|strained|injured|"
    r"twisted|sprained|wrenched|slipped|fell|struggles|can't|cannot|can (?:hardly|barely|not))\b|"
    # "My dad's back is awful", "my partner threw out her back".
    rf"'?s {BACK}|.* (?:his|her|their) {BACK})"
)
# "My wife had this and loved it" recommends it, and tells of nobody's back.
_HAD_ACUPUNCTURE = re.compile(
    r"\b(?:had|has had|tried|did|got|does|gets|loved|loves|swears by|swore by|recommends?|recommended) "
    r"(?:it|this|that|one|some|yours|acupuncture|(?:the |your )?needles|(?:a|her|his) (?:session|treatment)s?)\b"
    r"(?! (?:for (?:\w+ ){0,2}(?:years?|months?|weeks?|days?|ages|decades|ever|long)|since|all|on and off|bad))"
)
# "My husband won't come himself so I'm asking, he's 60": whoever asks tells nothing of themselves.
_ONLY_ASKS = re.compile(
    r"\b(?:i'm|im|i am|i was|i'd|i would|i) (?:just )?(?:asking|ask|wondering|checking|like to (?:know|ask))\b|"
    # "How do I convince him", "what should I tell her".
    r"\b(?:how|what) (?:do|can|could|should|would|shall|am|might) i (?:to )?(?:convince|persuade|get|help|talk|make|"
    r"tell|say|do|ask|bring)\b"
)
_MINE_THEN_THEY = re.compile(rf"\b(?:my|our) (?:{_ONE})\b.*\b(?:he|she)(?:'s|s| is| has| takes| had)\b")
THE_WRITER = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|id|me|mine|myself)\b")
_AND_ME_ALONE = re.compile(r"\b(?:what|how) about (?:me|myself)\b(?! and\b)")
# Alone, these words say nothing else: "for me then".
_ONLY_ME = re.compile(
    r"^\W*(?:(?:ok|no|just|only|it's|its|yes|and|so|now|next|then|what about|how about) )*(?:for )?(?:me|myself|self)"
    r"(?: (?:then|please|only|now|too|next))*\W*$"
)
# "I take warfarin" tells of oneself, where nobody else is spoken of.
_OF_ONESELF = re.compile(r"\b(?:i am|i'm|im|i have|i've|ive|i got|i take|i use|i wear|i had)\b")
_CHILDREN = re.compile(rf"\b(?:{CHILD}|children|boy|girl|son|daughter|grandson|granddaughter|nephew|niece)\b")
_NAMES_THE_AGE = re.compile(r"\b(?:under|below|over|above) (?:18|eighteen)\b")
_OLDER = 65


def told_of_the_person(text: str, told: Mapping[str, Answer]) -> dict[str, Answer]:
    """What the words say of who needs care: `for_someone_else` and, where it is plain that they are grown, `minor`.

    Args:
        text: The message, as it was written.
        told: What the safety net found in it.
    """
    words = without_the_unborn(with_whose_they_are(text))
    if asks_for_both(text):
        return {SOMEONE_ELSE: Answer.NO}  # one at a time, and whoever writes comes first
    of_me, of_them = _of_me(_ONLY_ASKS.sub("", words), told), _of_them(words)
    for_them = bool(_IS_FOR_THEM.search(words) or (_FOR_THEM.search(words) and not has_to_do(text)))
    if of_me and of_them and not for_them:
        return {}  # "my mum is 80, it suits her, can I have it"
    other = of_them or for_them
    # "can my son have it, I'm 64" says nothing of the son.
    of_a_child = other and bool(_CHILDREN.search(words))
    ages = adult_ages(words, of_another=of_a_child)
    aged = bool(ages) or (not of_a_child and told.get("age_65_plus") is Answer.YES)
    found: dict[str, Answer] = {}
    if other:
        found[SOMEONE_ELSE] = Answer.YES
    elif (of_me and (aged or told)) or asks_of_oneself(words) or _ONLY_ME.match(words) or _AND_ME_ALONE.search(words):
        # "can I have the check" alone may be asked on behalf of anyone.
        found[SOMEONE_ELSE] = Answer.NO
    if nearly_grown(words) or (other and not aged and who_needs_care(text) == "under_18"):
        return {**found, "minor": Answer.YES}
    # "What do you mean under 18, he's 45" names the question and tells of nobody young.
    named_only = bool(ages and _NAMES_THE_AGE.search(words))
    if told.get("minor") in (Answer.YES, Answer.UNSURE) and not named_only:
        return found
    if aged or (other and _FOR_GROWN.search(words)):
        found["minor"] = Answer.NO
    if any(age >= _OLDER for age in ages):
        found["age_65_plus"] = Answer.YES
    return found


def _of_me(words: str, told: Mapping[str, Answer]) -> bool:
    """Whether the writer asks or tells of themselves: "may I", "I take warfarin", "I turned 70 last March"."""
    if FOR_ME.search(words):
        return True
    tells_of_oneself = Answer.YES in told.values() and _OF_ONESELF.search(words)
    tells_own_age = adult_ages(words) and THE_WRITER.search(words)
    return bool(tells_of_oneself or tells_own_age) and not OF_ANOTHER.search(words)


def _of_them(words: str) -> bool:
    """Whether it is asked or told of somebody else: "my mum …, may she", "he's 60", "my dad is 85"."""
    if _OF_THEM.search(words) and not has_to_do(words):
        return True
    if is_age_of_a_baby(words):
        return False  # whose back hurts is whoever carries it
    if _THEY_ARE.match(words):
        return True
    if _AND_THEM.match(words) and (words.endswith("?") or len(words.split()) <= _MOST_OF_THEM):
        return not THE_WRITER.search(words)
    told = _MINE_ARE.match(words) or _MINE_THEN_THEY.search(words)
    return bool(told) and not THE_WRITER.search(_ONLY_ASKS.sub("", words)) and not _HAD_ACUPUNCTURE.search(words)


def asks_if_another_may(text: str) -> bool:
    """Whether a message asks if somebody else may have acupuncture: "a friend wants to know if she can get it"."""
    words = with_whose_they_are(text)
    if has_to_do(text):
        return False
    of_them = _FOR_THEM.search(words) or _OF_THEM.search(words) or _THEY_MAY.search(words)
    asks = bool(of_them and _IF_THEY_MAY.search(words))
    return asks and not FOR_ME.search(words)


def names_the_next(text: str) -> bool:
    """Whether a message goes on to somebody else and says little more: "what about my dad", "ok now my mother"."""
    words = with_whose_they_are(text)
    goes_on = _WHAT_ABOUT_THEM.match(words) or _AND_THEM.match(words)
    if goes_on is None:
        return False
    is_parted = words[goes_on.end() :].lstrip().startswith(("?", ","))
    return is_parted or words.endswith("?") or len(words.split()) <= _MOST_OF_THEM


def has_to_do(text: str) -> bool:
    """Whether a message is about what somebody has to do for a visit: "would my mum have to sign"."""
    return bool(_MUST_DO.search(text.lower()))
