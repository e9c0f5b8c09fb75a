"""Yes, no and not sure as people type them, wherever in a message they stand; read by words alone."""

from __future__ import annotations

import re

from bot.safety.written.letters import bare

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
# Before a denial these words add to it; alone, they are a yes.
_SURELY = (
    r"(?:thank (?:god|goodness|heavens)|definitely|absolutely|of course|certainly|obviously|clearly|surely|"
    r"thankfully|luckily|fortunately|hell|heck|oh god|good lord)"
)
_NO = (
    # "No more control than a toddler" is no no.
    r"(?:no(?! (?:answer|comment|more|longer|control|feelings?|sensation|strength|power|grip|movement|urge|warning|"
    r"breath|balance|use|sense|worries|rush|hurry|doubt|wonder|kidding)\b)|nope|nah|nada|noo+|n|uh uh|nuh uh|nu uh|"
    r"uhuh|mm mm|none|never(?! (?:mind|(?:been |had (?:it |that |one |them )?)?(?:"
    r"tested|scanned|checked|looked|measured))\b)|negative|not really|not at all|not that i know of|"
    r"not as far as i know|not to my knowledge|not that (?:im|i am) aware(?: of)?|neither|nil|no thanks|"
    r"cant (?:really )?think of (?:any|anything|one|a thing|much)\b|"
    r"not that (?:i|we|he|she|they|ive|weve|hes|shes|theyve|anyone|anybody)(?: (?:has|have|had|s|ever|can))* "
    r"(?:know|knows|mentioned|said|says|told|noticed|remember|remembers|recall|think of|heard|is aware|aware)(?: of)?|"
    r"nothing(?= (?:like|of|new|sudden|serious|major|bad|unusual|odd|weird|special|worrying|really|at all|so far|there|"
    r"here|to report|comes to mind|in particular|on (?:that|this|the) list|(?:that )?i (?:can|know|have)|i feel fine|"
    r"as far)\b)|"
    # "Definitely not, I would have called": "definitely not right" is no denial.
    rf"(?:{_SURELY} )+(?:not(?=$| (?:i|id|ive|im|he|she|they|we|that|thats|thank|thanks|lol|haha|nothing|none|no|"
    r"at (?:all|my|his|her)|as far|any|one|me|him|her|in (?:my|his|her))\b)|"
    r"(?:i |he |she |they )?(?:dont|havent|hasnt|doesnt|didnt|never) (?:have |had |got |get )?"
    r"(?:any|that|those|these|them|anything|none))|"
    r"(?:i|we|he|she|they) (?:have |has |had |ve )?(?:got )?none\b)"
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
    r"(?:i )(?:really |honestly |truly |just )?(?:dunno|dont know)|(?:yes and no|no and yes)\b|"
    r"(?:i |we |she |he )?(?:really |sincerely )?hope not|(?:i )?wouldnt know|"
    r"no idea|(?:hard|difficult|not easy) to (?:say|tell)|cant (?:tell|say)|can not (?:tell|say)|"
    r"(?:i )?(?:really |honestly )?(?:could not|couldnt) (?:say|tell(?: you)?)|"
    r"i think so|i guess|im not sure|i am not sure|not really sure|"
    # "Kind of, my legs", "sort of in the evening".
    r"(?:kind of|sort of|kinda|sorta|a bit|a little|somewhat)"
    r"(?= (?:my|both|the|in|on|at|after|when|only|just|mostly|one) (?:\w+ ){0,3}\w+$)|"
    r"i suppose|who knows)"
)
_UNSURE_ALONE = (
    r"(?:could be|might be|kind of|sort of|sometimes|a bit|a little|now and then|on and off|"
    r"how (?:would|should|could|can|do|am) (?:i|we) (?:to |supposed to |meant to )?(?:know|tell))"
)
_AFTER = (
    r"(?: (?:yes|yeah|yep|no|nope|then|thanks|thank you|please|cool|great|good|fine|thing|so|do|does|am|is|are|not|"
    r"have|has|too|though|now|really|actually|sometimes|often|lately|all|both|either|ever|yet|new|a bit|a little|"
    r"at times|at all|think so|believe so|go|go on|go ahead|start|lets|do it|do that|check|check it|"
    r"carry on|why not|got it|any|"
    r"(?:had |got )?(?:any |one |some |two )?(?:of )?(?:these|those|them|that|this|the above|it)|"
    r"(?:anything )?like that|that i know of|i think|i guess|to be honest|tbh|for sure|certain|sure))*"
)
# What an answer may be led in to with.
FILLER = (
    r"(?:um |uh |er |well |oh |so |k |kk |ok |okay |then |right |actually |honestly |sorry |hmm |"
    r"fair enough |makes sense |i see |got it |understood |thanks |thank you |good to know |alright |all right |"
    r"lol |haha+ |ha |god |gosh |goodness |phew )*"
)
# "No wait, this is about me": what follows answers, if anything does.
_TAKEN_BACK = re.compile(r"^(?:oh |ok |sorry )?(?:no|nope|yes|yeah) (?:wait|hang on|hold on)\b ?")
_READ = tuple(
    (answer, re.compile(rf"^{FILLER}{surely}(?:{words}\b|{alone}{_AFTER}$)"))
    for answer, surely, words, alone in (
        ("not_sure", "", _UNSURE, _UNSURE_ALONE),
        ("deny", rf"(?:{_SURELY} )*", _NO, _NO_ALONE),
        ("affirm", "", _YES, _YES_ALONE),
    )
)
# "Right?" wants to hear a yes and is none.
_ASKS_FOR_ASSENT = re.compile(r"\W*(?:(?:so|and|but|ok) )?(?:right|true|sure|correct|really)\s*\?+\W*")
# Whoever answers for another: "she says no".
_SHE_SAYS = re.compile(
    r"^(?:and |well |ok )?(?:he|she|they|mum|mom|dad|my (?!doctor|gp|provider)\w+) "
    r"(?:says?|said|reckons?|thinks|tells me|told me|swears)(?: that)? "
)
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
_AND_SO = r"(?:and |so |but |anyway |oh |well |the answer is |my answer is |its |thats )*"
_CLOSES = tuple(
    (answer, re.compile(rf"{_AND_SO}(?:{pattern.pattern}|{more}){_TO_ALL}"))
    for (answer, pattern), more in zip(
        PLAINLY,
        (
            r"(?:i )?(?:really )?hope not|not certain|could be|possibly|hard to (?:say|tell)",
            rf"no (?:chance|way)|not me|nothing like (?:that|this)|none of (?:that|this|it)|(?:{_SURELY} )+(?:not|no)",
            "definitely|absolutely",
        ),
        strict=True,
    )
)
# Where a message breaks off and says its answer: "I had it out, so no".
_BREAKS = re.compile(r"[.!;,:\n]+|\s[-–—]+\s|\b(?=(?:so|but) (?:no|nope|yes|yeah|i hope not|not me)\b)", re.IGNORECASE)
# "No to the first five, not sure on the last": of several answers to a list the graver counts.
_NOT_TO_ALL = re.compile(
    rf"\b(?P<answer>yes|yeah|maybe|possibly|not sure|unsure|dont know|idk)(?: (?:to|on|about|for|with|of))? "
    rf"(?:the )?(?:{_PLACE}|other one|rest)\b"
)
_NOTHING_SINCE = re.compile(
    r"\b(?:nothing|none)(?: (?:like that|of (?:that|the) (?:kind|sort)|bad|serious|new|else|more|much|at all))?"
    r"(?: (?:since|since then|lately|recently|now|these days|after that|now though|this year))+$"
)
_NAMED = {"yes": "affirm", "no": "deny", "none": "deny", "unsure": "not_sure"}
_NOT_THAT = re.compile(
    r"\b(?<!should have )(?<!shouldve )(?<!meant to )(?<!wanted to )"
    r"(?:not|instead of|rather than|said|say|pressed|hit|clicked|tapped|typed|put|answered|chose|picked)"
    r"(?: an?| the)? (?:yes|no|none|unsure)\b|^(?:oh |oops |sorry )*no\b(?= \w)"
)
_NAMES = re.compile(
    r"\b(yes|no|none|unsure)(?: (?:there|now|then|please|pls|sorry|instead)| (?:on|to|for) (?:that|it|"
    r"(?:that|the) (?:last|previous|latest|one before|first)(?: (?:one|question))?))*$"
)
_MOST_CORRECTING = 14


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
    read = next((answer for answer, pattern in _READ if pattern.match(words)), None)
    if read == "deny" and (other := _NOT_TO_ALL.search(words)):
        return "affirm" if other["answer"] in ("yes", "yeah") else "not_sure"
    return read


def closing_answer(text: str) -> str | None:
    """The intent of an answer that ends a message: "who reads this? no to those", "I had it out, so no"; else None."""
    before, mark, last = text.rpartition("?")
    if mark and not bare(last):
        return None  # "it is nothing, no?"
    parts = [*filter(bare, _BREAKS.split(last))]
    if not parts or (len(parts) == 1 and not bare(before)):
        return None
    words = bare(parts[-1])
    return next((answer for answer, pattern in _CLOSES if pattern.fullmatch(words)), None)


def ends_in_nothing_since(text: str) -> bool:
    """Whether the message ends by saying that what it tells is over: "but nothing since"."""
    return bool(_NOTHING_SINCE.search(bare(text)))


def answer_named(text: str) -> str | None:
    """The intent of the answer that a correction wishes for: "the last one ought to be a no, not a yes"; else None."""
    words = " ".join(_NOT_THAT.sub(" ", bare(text)).split())
    named = _NAMES.findall(words)
    return _NAMED[named[-1]] if named and len(words.split()) <= _MOST_CORRECTING else None
