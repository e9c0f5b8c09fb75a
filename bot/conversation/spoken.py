"""Bare answers as people type them: yes, no, not sure, a number, for whom; read by words alone, where they are due."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare
from bot.safety.kin import ANYBODY, CHILD, OF_ANY_AGE

# A word that answers whatever follows it ("yes, Eliquis"), and words that do so only where nothing follows: "I have" is
# a yes, "I have diabetes" tells something that was not asked, and "ok what about the needles" asks.
_YES = (
    r"(?:yes|yeah|yep|yup|ya|yea|yess+|y|si|uh huh|uhhuh|mm hm+|mhm+|affirmative|definitely|absolutely|of course|"
    r"please do|"
    # "correct that, she is 16" takes an answer back.
    r"correct(?! (?:that|this|it|me|my|an|the|one|her|his|him)\b))"
)
_YES_ALONE = (
    r"(?:(?:i|we|he|she|they|it) (?:do|does|am|is|are|have|has|had|did)|sure|true|right|ok|okay|"
    r"all of (?:them|these|those|it)|both|some of (?:them|these|those))"
)
_NO = (
    r"(?:no|nope|nah|nada|noo+|n|uh uh|nuh uh|nu uh|uhuh|mm mm|"
    r"none|never|negative|not really|not at all|not that i know of|neither|nil|no thanks|"
    r"nothing(?= (?:like|of)\b))"
)
_NO_ALONE = (
    r"(?:(?:i|we|he|she|they|it) (?:dont|doesnt|havent|hasnt|isnt|arent|didnt|do not|does not|have not|has not|is not|"
    r"am not|are not|did not)|(?:im|hes|shes|its|theyre) not|dont have|nothing|false)"
)
_UNSURE = (
    r"(?:not sure|not certain|unsure|maybe|perhaps|possibly|i dont know|dont know|do not know|i do not know|idk|dunno|"
    r"no idea|hard to say|cant tell|can not tell|i think so|i guess|im not sure|i am not sure|not really sure|could be|"
    r"might be|i suppose|who knows)"
)
_UNSURE_ALONE = r"(?:kind of|sort of|sometimes|a bit|a little|now and then|on and off)"
_AFTER = (
    r"(?: (?:yes|yeah|yep|no|nope|then|thanks|thank you|please|cool|great|good|fine|thing|so|do|does|am|is|are|not|"
    r"have|has|too|though|now|really|actually|sometimes|often|lately|all|both|either|ever|yet|new|a bit|a little|"
    r"at times|at all|think so|believe so|go|go on|go ahead|start|lets|do it|do that|check|check it|"
    r"carry on|why not|got it|any|"
    r"(?:had |got )?(?:any |one |some |two )?(?:of )?(?:these|those|them|that|this|the above|it)|"
    r"(?:anything )?like that|that i know of|i think|i guess|to be honest|tbh|for sure|certain|sure))*"
)
_CORRECTS = re.compile(
    r"^(?:no |wait |oh |sorry |please |hang on |hold on |can you |could you |can i |i need to |i want to |let me )*"
    r"(?:correct|fix|amend) (?:that|this|it|me|myself|my|an|the|one|her|his|what)\b|^(?:correction|scratch that)\b|"
    r"^(?:no |wait |oh |sorry |oops |hang on |hold on |actually )+(?:what )?i meant\b"
)
_UNDOES = re.compile(
    r"^(?:no |wait |oh |sorry |oops |actually |hang on |hold on |please |can i |could i |i need to |i want to |let me |"
    r"id like to )*(?:scratch that|undo(?: that)?|(?:change|correct|fix|redo) "
    r"(?:that|it|my (?:last |previous )?(?:answer|reply|one)|the last (?:one|answer))|"
    r"i (?:made a mistake|got that wrong|pressed the wrong (?:one|button))|"
    r"that was (?:wrong|a mistake)|wrong (?:answer|button|one)|my mistake)$"
)
_FILLER = r"(?:um |uh |er |well |oh |so |ok |okay |actually |honestly |sorry |hmm )*"
_READ = tuple(
    (answer, re.compile(rf"^{_FILLER}(?:{words}\b|{alone}{_AFTER}$)"))
    for answer, words, alone in (
        ("not_sure", _UNSURE, _UNSURE_ALONE),
        ("deny", _NO, _NO_ALONE),
        ("affirm", _YES, _YES_ALONE),
    )
)
# "Yes but does it hurt" answers and asks.
_ASKS = re.compile(
    r"\b(?:what|how|when|why|where|which|who|do you|does it|do they|is it|are there|are they|can i|can you|could i|"
    r"will it|will i|would it|should i)\b"
)
# Agrees to an offer or wishes to go on, and says nothing to a question about one's health.
_AGREEMENT = re.compile(
    rf"^{_FILLER}(?:ok|okay|sure|right|alright|all right|fine|cool|got it|i see|k|kk|"
    r"continue|go on|carry on|keep going|proceed|im back|ready|next|next question)"
    r"(?: thanks| thank you| please| then)?$"
)
# "no wait, yes": the last word counts.
_CHANGED = re.compile(
    r"^(?:.{1,25} )?(?:wait|sorry|oops|i mean|i meant|scratch that|actually|make that|or rather|correction) "
    r"(?P<last>.+)$"
)
_PLAINLY = tuple(
    (answer, re.compile(rf"(?:{words})(?: (?:i|we|he|she|they|it) (?:am|is|are|do|does|have|has|did|had))?"))
    for answer, words in (
        ("not_sure", r"not sure|unsure|maybe|(?:i )?dont know|idk|dunno"),
        ("deny", r"no|nope|nah|n|i dont|i havent|im not|no i (?:dont|havent)|no im not"),
        ("affirm", r"yes|yeah|yep|yup|y|i do|i am|i have"),
    )
)
_REPEAT = re.compile(
    r"^(?:sorry |pardon |wait |ok |please )*(?:(?:can|could|would) you )?(?:please )?(?:repeat|say)"
    r"(?: (?:that|it|this|again))+(?: please)?$|"
    r"^(?:sorry |pardon |wait )*(?:what was (?:that|the question|your question|it)(?: again)?|"
    r"whats the question(?: again)?|(?:the )?question again|what did you (?:ask|say)|sorry what)(?: please)?$|"
    r"^(?:pardon|come again|once more|again(?: please)?|what was that|(?:in |use )?(?:simpler|plain|easier) words?|"
    r"(?:in |say (?:that|it) in )?(?:plain|simple|normal|proper) english)(?: please| pls)?$"
)
_DOUBT = re.compile(
    r"^(?:oh |hm+ |and |but |so |wait )*(?:are )?(?:you |u )?(?:really |quite |absolutely |100 |very )?(?:sure|certain)"
    r"(?: about that| of that| it is| it does)?$|"
    r"^(?:oh |hm+ |no |but )*(?:really|seriously|honestly|truly|for real|no way|no kidding|"
    r"is (?:that|it) (?:so|true|right|really true|a fact|for sure)|you (?:reckon|think so)|"
    r"i (?:doubt it|dont believe (?:it|that|you))|(?:i am |im |still )*"
    r"(?:not|un) ?(?:so |really |quite )?convinced|(?:thats |that is |its |it is )?not (?:very |really )?convincing|"
    r"(?:do you |you |pinky )*promise|is that (?:real|legit)|(?:please |just )*be (?:honest|straight)(?: with me)?)"
    r"(?: though| now| really)?$"
)
_NUMBER = re.compile(r"\b(10|\d)\b")
# A score may be written as a word, alone: "one" in a sentence is seldom a score.
_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


# "Emotionally, I mean": words that sounded like a danger sign were an image.
_IMAGE = re.compile(
    r"^(?:(?:no|oh|sorry|haha|lol|nah|i|it|that|thats|its|was|is|am|im|meant|mean|just|only|purely|more|a|an|in|by) )*"
    r"(?:emotionally|mentally|figuratively|metaphorically|not literally|not physically|(?:figure|manner|way) of "
    r"(?:speech|speaking)|(?:old )?(?:expression|saying)|metaphor|jok(?:e|ing)|kidding|exaggerating|exaggeration|"
    r"being dramatic)"
    r"(?: (?:i|mean|meant|only|of|speech|thing|sense|haha|lol|speaking|though))*$"
)


def calls_it_an_image(text: str) -> bool:
    """Whether the message says no more than that words were no symptom: "emotionally i mean", "just an expression"."""
    return bool(_IMAGE.match(bare(text)))


def leading_answer(text: str) -> str | None:
    """The intent (affirm, deny, not_sure) when the message begins with such an answer; else None.

    Only to be used where a question waits: elsewhere "no pain, no gain" is no answer.
    """
    words = bare(text)
    if changed := _CHANGED.match(words):
        for answer, pattern in _PLAINLY:
            if pattern.fullmatch(changed["last"]):
                return answer
    return next((answer for answer, pattern in _READ if pattern.match(words)), None)


def takes_back(text: str) -> bool:
    """Whether the message begins by taking an earlier answer back: "correct that, she is 16"."""
    return bool(_CORRECTS.match(bare(text)))


def undoes(text: str) -> bool:
    """Whether the message takes the last answer back and says no more: "scratch that", "can I change my answer"."""
    return bool(_UNDOES.match(bare(text)))


def is_bare_answer(text: str) -> bool:
    """Whether the message is an answer and next to nothing else."""
    words = bare(text)
    return leading_answer(text) is not None and len(words.split()) <= 5 and not _ASKS.search(words)


def only_agrees(text: str) -> bool:
    """Whether the message is an "ok" and no more: a yes to an offer, no answer to a question about one's health."""
    return bool(_AGREEMENT.match(bare(text)))


_SELF = re.compile(
    r"^(?:no )?(?:its |it is |this is |just )?(?:for )?(?:me|myself|my own back|me i am .*|me im .*)\b(?! and)"
)
_INSTEAD = re.compile(r"^(?:(?:no|wait|sorry|oh|oops|actually|hang on|i mean|i meant) )+(?=\w)")
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
_GROWN = re.compile(
    r"(?:yes |yeah |yep |no |im |i am |hes |he is |shes |she is |they are |theyre |over |above |aged |age |only |just |"
    r"nearly |almost )*(?:1[89]|[2-9]\d)(?: (?:years?|yrs?)(?: old)?| yo)?(?: and over)?"
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


def asks_to_repeat(text: str) -> bool:
    """Whether the message wants to hear the last answer again."""
    return bool(_REPEAT.match(bare(text)))


def doubts(text: str) -> bool:
    """Whether the message asks if the last answer is really so ("you sure?", "really?")."""
    return bool(_DOUBT.match(bare(text)))


def number_in(text: str) -> str | None:
    """The score written in a message, 0 to 10; None when there is none."""
    if match := _NUMBER.search(text):
        return match[1]
    word = bare(text)
    return str(_NUMBER_WORDS.index(word)) if word in _NUMBER_WORDS else None
