"""For whom a check is and whether they are an adult, as far as the words say it: what was said is not asked again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.conversation.follow_ups import bare
from bot.conversation.state import State
from bot.conversation.suitability_check.ages import adult_ages, nearly_grown
from bot.conversation.suitability_check.own_case import (
    FOR_ME,
    FOR_SOME_ONE,
    OF_ANOTHER,
    asks_for_both,
    asks_of_oneself,
    names_own_back,
    tells_of_ones_own,
)
from bot.conversation.suitability_check.who import who_needs_care
from bot.safety.kin import ANYBODY, CHILD, GROWN
from bot.suitability.interview import SOMEONE_ELSE
from bot.suitability.tiers import Answer

_MAY = r"(?:can|could|may|might|should|would|will|does|is|are)"
# What a clinic is asked to do with someone: "would you take my dad".
_TREAT = r"(?:take|see|treat|accept|needle|help)"
_FOR_THEM = re.compile(
    rf"\b(?:for|(?:what|how) about|{_MAY}|{_MAY} you (?:\w+ )?{_TREAT}|"
    rf"(?:ok|okay|safe|suitable|right|good|fine|possible|allowed)(?: \w+)? (?:for|with)) (?:my|our|me) "
    rf"(?:\w+ )?(?:{ANYBODY})\b|"
    r"\b(?:gift|give|giving|get|getting|buy|buying) (?:it|this|one|a \w+) (?:to|for) (?:my|our) "
    rf"(?:\w+ )?(?:{ANYBODY})\b|"
    r"\b(?:asking|wondering|enquiring|inquiring|calling|writing|checking|on behalf)(?: \w+){0,3} (?:for|of|about) "
    rf"(?:an?|my|our|the|this) (?:\w+ )?(?:{ANYBODY}|gentleman|lady|man|woman|resident)\b"
)
_FOR_GROWN = re.compile(rf"\b(?:my|our|me) (?:\w+ )?(?:{GROWN})\b")
_OF_THEM = re.compile(
    rf"\b(?:my|our|me|a) (?:\w+ )?(?:{ANYBODY})\b.*\b"
    rf"(?:{_MAY} (?:he|she|they)|(?:if|whether) (?:he|she|they) {_MAY}|(?:for|suits?|{_TREAT}) (?:him|her|them))\b"
)
# "It's my husband who needs it", "not for me, for a mate at work", "my boyfriend's the patient".
_IS_FOR_THEM = re.compile(
    rf"\b(?:it's|its|it is|this is|that's|thats|would be|it'd be) (?:\w+ )?(?:for |about )?(?:my|our|a) (?:\w+ )?"
    rf"(?:{ANYBODY})\b(?!(?:'s|s)? (?:\w+ )?(?:idea|fault|turn|suggestion|recommendation|birthday|account|phone)\b)|"
    rf"\b(?:my|our) (?:\w+ )?(?:{ANYBODY})(?:'s|s| is) the (?:one|patient|person)\b|"
    rf"\b(?:not|isn't|isnt) (?:for |about )?me\b.*\b(?:my|our|an?) (?:\w+ )?(?:{ANYBODY})\b|"
    rf"\b(?:my|our|an?) (?:\w+ )?(?:{ANYBODY})\b.*\bnot (?:for |about )?me\b"
)
# "And my dad, 70?", "ok now my mother": whoever comes next, where no more is said.
_AND_THEM = re.compile(
    rf"^\W*(?:(?:and|or|now|ok|okay|then|so|next|also)\b\W*)+(?:for )?(?:my|our) (?:\w+ )?(?:{ANYBODY})\b"
)
_MOST_OF_THEM = 5
_THEY_MAY = re.compile(rf"\b{_MAY} (?:he|she)\b")
_IF_THEY_MAY = re.compile(
    r"\b(?:can|could|may|might|should|ok|okay|safe|suitable|suits?|right|alright|fine|possible|allowed|candidate|able|"
    rf"{_TREAT})\b"
)
_BACK = r"(?:\w+ )?(?:backs?|spine|neck|hips?|legs?|dis[ck]s?|sciatica|pain)\b"
_THEY_ARE = re.compile(
    rf"^\W*(?:he|she)(?:'s|s| is| has)\b|^\W*(?:(?:it's|its|it is|well|no|so|but) )*(?:his|her) {_BACK}"
)
# "My dad is 85 and has a pacemaker" tells of him, where nothing is told of oneself.
_MINE_ARE = re.compile(
    rf"^\W*(?:(?:hi|hello|hey|so|well|good \w+)\b\W*)*(?:my|our) (?:\d+ (?:yr|year)s? old )?(?:\w+ )?"
    rf"(?:{ANYBODY}|girl|boy|lad|teen(?:ager)?)\b"
    r"(?:(?:'s|s| is) (?:(?:only|just|about|nearly|almost) )*\d+\b(?! (?:weeks?|months?) pregnant)|"
    r"(?:'s|s)? (?:is|has|got|had|was|takes|gets|needs|suffers|who is|who has|pulled|hurt|hurts|strained|injured|"
    r"twisted|sprained|wrenched|slipped|fell|struggles|can't|cannot|can (?:hardly|barely|not))\b|"
    # "My dad's back is awful", "my partner threw out her back".
    rf"'?s {_BACK}|.* (?:his|her|their) {_BACK})"
)
# "My wife had this and loved it" recommends it, and tells of nobody's back.
_HAD_ACUPUNCTURE = re.compile(
    r"\b(?:had|has had|tried|did|got|does|gets|loved|loves|swears by|swore by|recommends?|recommended) "
    r"(?:it|this|that|one|some|yours|acupuncture|(?:the |your )?needles|(?:a|her|his) (?:session|treatment)s?)\b"
    r"(?! (?:for (?:\w+ ){0,2}(?:years?|months?|weeks?|days?|ages|decades|ever|long)|since|all|on and off|bad))"
)
# "My husband won't come himself so I'm asking, he's 60": whoever asks tells nothing of themselves.
_ONLY_ASKS = re.compile(
    r"\b(?:i'm|im|i am|i was|i'd|i would|i) (?:just )?(?:asking|ask|wondering|checking|like to (?:know|ask))\b"
)
_MINE_THEN_THEY = re.compile(rf"\b(?:my|our) (?:\w+ )?(?:{ANYBODY})\b.*\b(?:he|she)(?:'s|s| is| has| takes| had)\b")
_I = re.compile(r"\b(?:i|i'm|im|i've|ive|i'd|id|me|mine|myself)\b")
_AND_ME = re.compile(
    r"\b(?:what|how) about me\b|\b(?:and|now|also) (?:for )?(?:me|myself)\b|\b(?:me|myself) (?:too|now|next)\b"
)
_AND_ME_ALONE = re.compile(r"\b(?:what|how) about (?:me|myself)\b(?! and\b)")
# Alone, these words say nothing else: "for me then".
_ONLY_ME = re.compile(
    r"^\W*(?:(?:ok|no|just|only|it's|its|yes|and|so|now|next|then|what about|how about) )*(?:for )?(?:me|myself)"
    r"(?: (?:then|please|only|now|too|next))*\W*$"
)
# "I take warfarin" tells of oneself, where nobody else is spoken of.
_OF_ONESELF = re.compile(r"\b(?:i am|i'm|im|i have|i've|ive|i got|i take|i use|i wear|i had)\b")
_MYSELF = re.compile(rf"{FOR_ME.pattern}|\b(?:me|myself)\b")
_HE_OR_SHE = re.compile(r"\b(?:he|she|him|her)\b")
_CHILDREN = re.compile(rf"\b(?:{CHILD}|children|boy|girl|son|daughter|grandson|granddaughter|nephew|niece)\b")
_NAMES_THE_AGE = re.compile(r"\b(?:under|below|over|above) (?:18|eighteen)\b")
_NAMED = re.compile(rf"\b(?:{ANYBODY}|{CHILD})\b")
# Said after a check for somebody else, or one that was stopped.
_ME_NEXT = re.compile(
    r"(?:(?:and|now|ok|okay|then|so|next|right|what about|how about|do|check|for) )+(?:me|myself)"
    r"(?: (?:now|too|next|then|please|as well))*|(?:me|myself) (?:now|too|next|then)(?: please)?"
)
_OLDER = 65
# In so many turns nobody has forgotten of whom they were speaking.
_JUST_NOW = 2


def told_of_the_person(text: str, told: Mapping[str, Answer]) -> dict[str, Answer]:
    """What the words say of who needs care: `for_someone_else` and, where it is plain that they are grown, `minor`.

    Args:
        text: The message, as it was written.
        told: What the safety net found in it.
    """
    words = text.lower().replace("’", "'")
    if asks_for_both(text):
        return {SOMEONE_ELSE: Answer.NO}  # one at a time, and whoever writes comes first
    of_me, of_them = _of_me(words, told), _of_them(words)
    for_them = bool(_FOR_THEM.search(words) or _IS_FOR_THEM.search(words))
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
    tells_own_age = adult_ages(words) and _I.search(words)
    return bool(tells_of_oneself or tells_own_age) and not OF_ANOTHER.search(words)


def _of_them(words: str) -> bool:
    """Whether it is asked or told of somebody else: "my mum …, may she", "he's 60", "my dad is 85"."""
    if _OF_THEM.search(words) or _THEY_ARE.match(words):
        return True
    if _AND_THEM.match(words) and (words.endswith("?") or len(words.split()) <= _MOST_OF_THEM):
        return not _I.search(words)
    told = _MINE_ARE.match(words) or _MINE_THEN_THEY.search(words)
    return bool(told) and not _I.search(_ONLY_ASKS.sub("", words)) and not _HAD_ACUPUNCTURE.search(words)


def asks_if_another_may(text: str) -> bool:
    """Whether a message asks if somebody else may have acupuncture: "a friend wants to know if she can get it"."""
    words = text.lower().replace("’", "'")
    of_them = _FOR_THEM.search(words) or _OF_THEM.search(words) or _THEY_MAY.search(words)
    asks = bool(of_them and _IF_THEY_MAY.search(words))
    return asks and not FOR_ME.search(words)


def asks_for_ones_own(state: State, text: str) -> bool:
    """Whether the writer wishes for a check of their own after one for somebody else: "now me", "what about me"."""
    return state.facts.get(SOMEONE_ELSE) == Answer.YES.value and bool(_ME_NEXT.fullmatch(bare(text)))


def remembered(
    state: State, text: str, told: Mapping[str, Answer], of_another: Collection[str] = (), *, says_so: bool = False
) -> State:
    """The memory, with the person a message speaks of: "I'm 45 and my back hurts. What does it cost?".

    Args:
        state: What is remembered.
        text: The message.
        told: What it tells of whoever needs care.
        of_another: The precautions that it tells of somebody else's; they count once that one needs care.
        says_so: Whether it was heard to say that somebody else needs care, in whatever words.
    """
    said = told_of_the_person(text, told)
    if says_so:
        said = {SOMEONE_ELSE: Answer.YES, **said}
    if SOMEONE_ELSE not in said and tells_of_ones_own(text):
        said = {**said, SOMEONE_ELSE: Answer.NO}
    if SOMEONE_ELSE not in said:
        return state
    if said[SOMEONE_ELSE] is Answer.YES:
        said |= dict.fromkeys(of_another, Answer.YES)
    before = _before(state)
    names_another = said[SOMEONE_ELSE] is Answer.YES and bool(_NAMED.search(text.lower()))
    if before.get(SOMEONE_ELSE) is said[SOMEONE_ELSE] and not names_another:
        said = {**before, **said}
        if said == before:
            return state  # what was told of them before is not told anew
    return state.but(person={fact: answer.value for fact, answer in said.items()}, person_told=state.turn)


def told_just_now(state: State) -> dict[str, Answer]:
    """What the message that is being answered tells of somebody else; nothing where it speaks of nobody else."""
    of_them = _before(state) if state.person_told == state.turn else {}
    return of_them if of_them.get(SOMEONE_ELSE) is Answer.YES else {}


def still_meant(state: State, text: str, said: Mapping[str, Answer]) -> dict[str, Answer]:
    """What was told before of the person a check is wished for; nothing where another may be meant.

    Args:
        state: What is remembered.
        text: The message that wishes for the check, or tells whom it is for; "" for a button.
        said: What it says of the person (`told_of_the_person`).
    """
    words = text.lower().replace("’", "'")
    before = _before(state)
    for_another = before.get(SOMEONE_ELSE) is Answer.YES
    now = said.get(SOMEONE_ELSE)
    of_others = bool(OF_ANOTHER.search(words) or FOR_SOME_ONE.search(words))
    if now is not None:
        # Of several for whom a check may be wished only the writer is one and the same.
        is_same = now is Answer.NO and not for_another
    elif for_another and _HE_OR_SHE.search(words):
        is_same = not _I.search(words)
    elif not for_another and _MYSELF.search(words):
        is_same = not of_others
    else:
        # "Yes please", right after it was told who is in pain, wishes for the check of that person.
        just_now = state.check is None and state.turn - state.person_told <= _JUST_NOW
        is_same = just_now and not of_others and not _I.search(words)
    return before if is_same else {}


def _before(state: State) -> dict[str, Answer]:
    return {fact: Answer(answer) for fact, answer in state.person.items()}


def is_about_another(state: State, text: str) -> bool:
    """Whether a message speaks of somebody else, or names nobody and goes on about one of whom was spoken just now."""
    return (
        told_of_the_person(text, {}).get(SOMEONE_ELSE) is Answer.YES
        or still_meant(state, text, {}).get(SOMEONE_ELSE) is Answer.YES
    )


def speaks_of_another(state: State, text: str, *, says_so: bool) -> bool:
    """Whether what is said to a message is of somebody else: it speaks of one, and not of the writer's own back.

    "He's useless" alone speaks of a doctor, as far as anybody knows.

    Args:
        state: What is remembered, with the person the message speaks of.
        text: The message.
        says_so: Whether somebody else was spoken of before.
    """
    plainly = says_so or _NAMED.search(text.lower()) or re.search(rf"\d|\b(?:his|her) {_BACK}", text.lower())
    return bool(plainly) and is_about_another(state, text) and not names_own_back(text)


def is_another(text: str, said: Mapping[str, Answer], before: Mapping[str, Answer]) -> bool:
    """Whether a check is wished for somebody else than what was told before was told of: "now do it for my wife".

    Args:
        text: The message.
        said: What it says of the person (`told_of_the_person`).
        before: What is known.
    """
    words = text.lower().replace("’", "'")
    now = said.get(SOMEONE_ELSE)
    if now is None and not OF_ANOTHER.search(words) and (FOR_ME.search(words) or _AND_ME.search(words)):
        now = Answer.NO
    return {now, before.get(SOMEONE_ELSE)} == {Answer.YES, Answer.NO}
