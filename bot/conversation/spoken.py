"""Bare answers as people type them: yes, no, not sure, a number; read by words alone, where they are due."""

from __future__ import annotations

import re

from bot.conversation.follow_ups import bare

# A word that answers whatever follows it ("yes, Eliquis"), and words that do so only where nothing follows: "I have" is
# a yes, "I have diabetes" tells something that was not asked, and "ok what about the needles" asks.
_YES = (
    r"(?:yes|yeah|yep|yup|ya|yea|yess+|y|si|uh huh|uhhuh|mm hm+|mhm+|affirmative|definitely|absolutely|of course|"
    r"please do|"
    # "correct that, she is 16" takes an answer back.
    r"correct(?! (?:that|this|it|me|my|an|the|one|her|his|him)\b))"
)
# "Two of them", "the first and the third", to a list.
_PLACE = r"(?:the )?(?:first|second|third|fourth|fifth|sixth|last)(?: one)?"
_OF_A_LIST = (
    r"(?:just |only |maybe |about |i have |ive got )*(?:all|all but one|some|one|one or two|two or three|a few|"
    r"a couple|several|most|half|many|two|three|four|five|six|[1-6](?: or [1-6])?) of "
    r"(?:them|these|those|it|the (?:above|list))|"
    rf"{_PLACE}(?: (?:and|or) {_PLACE})+|(?:the )?(?:first|last|top|bottom) (?:[2-5]|two|three|four|few)"
)
_YES_ALONE = (
    # "Ok then no" is no yes.
    r"(?!.*\b(?:no|nope|not)\b)(?:(?:i|we|he|she|they|it) (?:do|does|am|is|are|have|has|had|did)|"
    rf"sure|true|right|ok|okay|ja|oui|both|{_OF_A_LIST})"
)
_NO = (
    # "No more control than a toddler" is no no.
    r"(?:no(?! (?:answer|comment|more|longer|control|feelings?|sensation|strength|power|grip|movement|urge|warning|"
    r"balance|use|sense|worries|rush|hurry|doubt|wonder|kidding)\b)|nope|nah|nada|noo+|n|uh uh|nuh uh|nu uh|uhuh|mm mm|"
    r"none|never(?! mind\b)|negative|not really|not at all|not that i know of|"
    r"not as far as i know|not to my knowledge|not that (?:im|i am) aware(?: of)?|neither|nil|no thanks|"
    r"not that (?:i|we|he|she|they|ive|weve|hes|shes|theyve|anyone|anybody)(?: (?:has|have|had|s|ever|can))* "
    r"(?:know|knows|mentioned|said|says|told|noticed|remember|remembers|recall|think of|heard|is aware|aware)(?: of)?|"
    r"nothing(?= (?:like|of)\b)|(?:i|we|he|she|they) (?:have |has |had |ve )?(?:got )?none\b)"
)
_NO_ALONE = (
    r"(?:(?:i|we|he|she|they|it) (?:dont|doesnt|havent|hasnt|isnt|arent|didnt|do not|does not|have not|has not|is not|"
    r"am not|are not|did not)|(?:im|hes|shes|its|theyre) not|dont have|nothing|false|nein|non|nao|nej)"
)
_UNSURE = (
    r"(?:no (?:understand|comprend\w*|entiend\w*|clue)|(?:yes|yeah|yep) (?:but|although|though|except)"
    r"(?=.*\b(?:years?|always|long time|old|birth|checked|doctor|knows?|childhood|since (?:i was|the|19|20))\b)|"
    r"not sure|not certain|unsure|(?:maybe|perhaps)(?! (?:later|tomorrow|next|(?:an|some) ?other|one day))|possibly|"
    r"i dont know|dont know|do not know|i do not know|idk|dunno|"
    r"no idea|(?:hard|difficult|not easy) to (?:say|tell)|cant (?:tell|say)|can not (?:tell|say)|"
    r"(?:i )?(?:really |honestly )?(?:could not|couldnt) (?:say|tell(?: you)?)|"
    r"i think so|i guess|im not sure|i am not sure|not really sure|"
    # "Kind of, my legs", "sort of in the evening".
    r"(?:kind of|sort of|kinda|sorta|a bit|a little|somewhat)"
    r"(?= (?:my|both|the|in|on|at|after|when|only|just|mostly|one) (?:\w+ ){0,3}\w+$)|"
    r"i suppose|who knows)"
)
_UNSURE_ALONE = r"(?:could be|might be|kind of|sort of|sometimes|a bit|a little|now and then|on and off)"
_AFTER = (
    r"(?: (?:yes|yeah|yep|no|nope|then|thanks|thank you|please|cool|great|good|fine|thing|so|do|does|am|is|are|not|"
    r"have|has|too|though|now|really|actually|sometimes|often|lately|all|both|either|ever|yet|new|a bit|a little|"
    r"at times|at all|think so|believe so|go|go on|go ahead|start|lets|do it|do that|check|check it|"
    r"carry on|why not|got it|any|"
    r"(?:had |got )?(?:any |one |some |two )?(?:of )?(?:these|those|them|that|this|the above|it)|"
    r"(?:anything )?like that|that i know of|i think|i guess|to be honest|tbh|for sure|certain|sure))*"
)
_FILLER = (
    r"(?:um |uh |er |well |oh |so |ok |okay |then |right |actually |honestly |sorry |hmm |"
    r"fair enough |makes sense |i see |got it |understood |thanks |thank you |good to know |alright |all right |"
    r"lol |haha+ |ha |god |gosh |goodness |phew )*"
)
# "No wait, this is about me": what follows answers, if anything does.
_TAKEN_BACK = re.compile(r"^(?:oh |ok |sorry )?(?:no|nope|yes|yeah) (?:wait|hang on|hold on)\b ?")
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
    r"\b(?:(?:what|how|when|why|where|who)s?|which|do you|does it|do they|is it|are there|are they|can i|can you|"
    r"could i|will it|will i|would it|should i)\b|"
    r"(?:^|\b(?:and|but|so|then|or) )am i\b|"
    # "No and do the needles hurt": a verb before its subject.
    r"(?:^|\b(?:and|but|also|so|oh|or|btw|way|though) )(?:do|does|did|is|are|was|will|would|can|could|should) "
    r"(?:i|it|they|you|we|he|she|there|this|that|these|those|the|a|an|any|my|your|needles?|acupuncture|insurance|"
    r"people|patients)\b|"
    # "Ok. Would the needles go near it"; "ok do it" asks nothing.
    r"^(?:(?:ok|okay|right|well|then|fine|thanks) )+(?:does|is|are|will|would|can|could|should) "
    r"(?:i|it|they|you|we|he|she|there|this|that|these|those|the|an?|any|my|your|needles?|acupuncture)\b"
)
_SENTENCE_ENDS = re.compile(r"[.!;,\n]+")
_TELL_ME = re.compile(
    r"\b(?:tell me|explain|wonder(?:ing|ed)?|like to know|want to know|need to know|curious|ask you|what about|cost)\b"
)
# Agrees to an offer or wishes to go on, and says nothing to a question about one's health.
_AGREEMENT = re.compile(
    rf"^{_FILLER}(?:ok|okay|sure|right|alright|all right|fine|cool|got it|i see|k|kk|"
    r"continue|go on|carry on|keep going|proceed|im back|ready|next|next question)"
    r"(?: thanks| thank you| please| then)?$"
)
# "Right?" wants to hear a yes and is none.
_ASKS_FOR_ASSENT = re.compile(r"\W*(?:(?:so|and|but|ok) )?(?:right|true|sure|correct|really)\s*\?+\W*")
# Whoever answers for another: "she says no".
_SHE_SAYS = re.compile(r"^(?:and |well |ok )?(?:he|she|they|mum|mom|dad|my (?!doctor|gp|provider)\w+) says? ")
# "no wait, yes": the last word counts.
_CHANGED = re.compile(
    r"^(?:.{1,25} )?(?:wait|sorry|oops|i mean|i meant|scratch that|actually|make that|or rather|correction) "
    r"(?P<last>.+)$"
)
PLAINLY = tuple(
    (answer, re.compile(rf"(?:{words})(?: (?:i|we|he|she|they|it) (?:am|is|are|do|does|have|has|did|had))?"))
    for answer, words in (
        ("not_sure", r"not sure|unsure|maybe|(?:i )?dont know|idk|dunno"),
        (
            "deny",
            r"no|nope|nah|n|(?:no )?i(?: dont| havent|m not)|none(?: of (?:them|these|those))?",
        ),
        ("affirm", r"yes|yeah|yep|yup|y|i do|i am|i have"),
    )
)
_TO_ALL = (
    r"(?: (?:to|for|on|of|any|all|none|both)(?: (?:all|any|none|both))?(?: of)?(?: (?:those|these|them|that|this|"
    r"(?:the|your) (?:list|question|questions|others?|rest|first|last)(?: one)?))?)?"
    r"(?: (?:thanks|thank you|btw|though|so far))?"
)
_CLOSES = tuple(
    (answer, re.compile(rf"(?:and |so |but |anyway |oh |the answer is |my answer is )*(?:{pattern.pattern}){_TO_ALL}"))
    for answer, pattern in PLAINLY
)
_NOTHING_SINCE = re.compile(
    r"\b(?:nothing|none)(?: (?:like that|of (?:that|the) (?:kind|sort)|bad|serious|new|else|more|much|at all))?"
    r"(?: (?:since|since then|lately|recently|now|these days|after that|now though|this year))+$"
)
_NAMED = {"yes": "affirm", "no": "deny", "none": "deny", "unsure": "not_sure"}
_NOT_THAT = re.compile(
    r"\b(?:not|instead of|rather than|said|say|pressed|hit|clicked|tapped|typed|put|answered|chose|picked)"
    r"(?: an?| the)? (?:yes|no|none|unsure)\b|^(?:oh |oops |sorry )*no\b(?= \w)"
)
_NAMES = re.compile(
    r"\b(yes|no|none|unsure)(?: (?:there|now|then|please|pls|sorry|instead)| (?:on|to|for) (?:that|it|"
    r"(?:that|the) (?:last|previous|latest|one before|first)(?: (?:one|question))?))*$"
)
_MOST_CORRECTING = 14
_REPEAT = re.compile(
    r"^(?:sorry |pardon |wait |ok |please )*(?:(?:can|could|would) you )?(?:please )?(?:repeat|say)"
    r"(?: (?:that|it|this|again))+(?: please)?$|"
    r"^(?:sorry |pardon |wait )*(?:what was (?:that|the question|your question|it)(?: again)?|"
    r"whats the question(?: again)?|(?:the )?question again|what did you (?:ask|say)|sorry what)(?: please)?$|"
    r"^(?:pardon|come again|once more|again(?: please)?|what was that|(?:in |use )?(?:simpler|plain|easier) words?|"
    r"(?:in |say (?:that|it) in )?(?:plain|simple|normal|proper) english)(?: please| pls)?$"
)
_NUMBER = re.compile(r"\b(10|\d)\b")
# A score may be written as a word, nearly alone: "one" in a sentence is seldom a score.
_NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_OUT_OF_TEN = re.compile(r"(?:\bout )?(?:\bof |/ ?)(?:10|ten)\b")
_SCORE_IN_WORDS = re.compile(
    r"(?:(?:about|around|maybe|probably|perhaps|like|roughly|say|id say|i would say|i guess|i think|i suppose|its|"
    r"it is|was|an?|solid|more|close to|just|only|at least|well|oh|um|uh|hmm|so|usually|mostly|today|on average|up to|"
    r"my pain) )*"
    rf"(?P<score>{'|'.join(_NUMBER_WORDS)})"
    r"(?: (?:or so|i think|i guess|i suppose|maybe|probably|perhaps|today|usually|mostly|most days|on average|"
    r"really|now|id say|i would say|ish))*"
)


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


def asks(text: str) -> bool:
    """Whether some part of the message is worded as a question or asks to be told."""
    parts = (bare(text), *map(bare, _SENTENCE_ENDS.split(text)))
    return "?" in text or any(_ASKS.search(words) or _TELL_ME.search(words) for words in parts)


def leading_answer(text: str) -> str | None:
    """The intent (affirm, deny, not_sure) when the message begins with such an answer; else None.

    Only to be used where a question waits: elsewhere "no pain, no gain" is no answer.
    """
    if _ASKS_FOR_ASSENT.fullmatch(text.strip().lower()):
        return None
    words = _SHE_SAYS.sub("", bare(text))
    if changed := _CHANGED.match(words):
        for answer, pattern in PLAINLY:
            if pattern.fullmatch(changed["last"]):
                return answer
    words = _TAKEN_BACK.sub("", words)
    return next((answer for answer, pattern in _READ if pattern.match(words)), None)


def closing_answer(text: str) -> str | None:
    """The intent of an answer that stands after a question: "who reads this? no to those"; else None."""
    question, mark, last = text.rpartition("?")
    words = bare(last)
    if not mark or not bare(question):
        return None
    return next((answer for answer, pattern in _CLOSES if pattern.fullmatch(words)), None)


def ends_in_nothing_since(text: str) -> bool:
    """Whether the message ends by saying that what it tells is over: "but nothing since"."""
    return bool(_NOTHING_SINCE.search(bare(text)))


def answer_named(text: str) -> str | None:
    """The intent of the answer that a correction wishes for: "the last one ought to be a no, not a yes"; else None."""
    words = " ".join(_NOT_THAT.sub(" ", bare(text)).split())
    named = _NAMES.findall(words)
    return _NAMED[named[-1]] if named and len(words.split()) <= _MOST_CORRECTING else None


def is_bare_answer(text: str) -> bool:
    """Whether the message is an answer and next to nothing else."""
    words = bare(text)
    return leading_answer(text) is not None and len(words.split()) <= 5 and not _ASKS.search(words)


def only_agrees(text: str) -> bool:
    """Whether the message is an "ok" and no more: a yes to an offer, no answer to a question about one's health."""
    return bool(_AGREEMENT.match(bare(text)))


def asks_to_repeat(text: str) -> bool:
    """Whether the message wants to hear the last answer again."""
    return bool(_REPEAT.match(bare(text)))


def number_in(text: str) -> str | None:
    """The score written in a message, 0 to 10; None when there is none."""
    if match := _NUMBER.search(_OUT_OF_TEN.sub("", text.lower())):
        return match[1]
    said = _SCORE_IN_WORDS.fullmatch(bare(_OUT_OF_TEN.sub("", text.lower())))
    return str(_NUMBER_WORDS.index(said["score"])) if said else None
