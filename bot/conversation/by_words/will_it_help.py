"""The many ways of asking whether acupuncture would help, put into the plain one.

"Would needles touch that", "is this a thing you sort", "worth coming in" are idioms; what is asked about stands beside
them, and is read better beside plain words: "been told it's my disc, would acupuncture help that".
"""

from __future__ import annotations

import re

_PLAINLY = "would acupuncture help"
_YOU = r"(?:you|u|ya|they)(?: guys| lot| people| folks| all| ladies| girls| gents)?"
_THE_CARE = (
    rf"(?:{_YOU}|it|this|that|acupuncture(?: people| folks)?|acu|(?:the |this |that |a |one |your |having |getting )*"
    r"(?:acupuncture|needle (?:thing|treatment|medicine)|sessions?|treatments?)|"
    r"(?:the |some |these |those |a few |your |sticking |having )*(?:needles|needling|pins)|"
    r"one of your sessions|someone|anyone|somebody)"
)
_MAY = r"(?:can|could|would|will|might|may|does|do|did|is|are)"
_REALLY = (
    r"(?:even |actually |really |ever |possibly |realistically |honestly |genuinely |sort of |kind of |maybe |perhaps |"
    r"be able to |able to |help |likely to |going to |gonna |supposed to |meant to |still |just )*"
)
# Where a question begins: "how soon would it shift it" asks for something else.
_BEGINS = (
    r"(?P<before>^\W*|[.,;:!?…)\n-]\s*|"
    r"\b(?:and|but|so|or|think|reckon|suppose|believe|wonder|wondering|if|know|whether|"
    r"ask|asking|please|hi|hello|hey|yo|chance|hope|then|just|mate|atm|now|again|is that|know is) )"
)
_DO_YOU_THINK = r"(?:do you (?:guys )?(?:think|reckon|suppose|believe) (?:that )?|(?:you )?reckon (?:that )?)?"
_ACHE = r"(?:pain|ache|aching|sciatica|stiffness|tightness|soreness|spasms?|knots?|tension)"
_BACK = r"(?:back|neck|spine|dis[ck]|muscles?)"
_POINTED_AT = (
    r" (?:it|that|this|mine|me|him|her|them|us)\b(?! (?:disc|disk|bone|nerve|booking|appointment|bill|chair|desk))|"
    r" (?:this|that|the|these|those|my) (?:sort|kind|type)s?\b|"
    r" (?:something|anything|stuff|things?|problems?|pains?|aches?|cases?)(?: \w+)? (?:like|as|that|this)\b"
)
_SOMEBODYS = r" (?:(?:my|the|this|that|a|an|his|her|their|our|any|some) (?:[\w'/-]+ ){0,3}?|(?:\w+ )?)"
# Needles that touch a bone or shift a disc are feared, and a bill is fixed otherwise.
_OF_AN_ACHE = rf"(?={_POINTED_AT}|{_SOMEBODYS}{_ACHE}\b)"
_OF_WHAT_IS_WRONG = rf"(?={_POINTED_AT}|{_SOMEBODYS}(?:{_ACHE}|{_BACK})\b)"
_NOT_IN_TIME = r"(?! (?:before|by|in time|for (?:the|my|our|her|his))\b)"
_NOT_WORSE = r"(?! or (?:make (?:it )?)?worse)"
_MENDS = (
    rf"(?:(?:touch|shift|budge|crack|clear){_OF_AN_ACHE}|"
    r"(?:sort(?: out)?|fix|tackle|cure|get rid of|get shot of|put right|take care of|deal with|do away with|"
    rf"have an effect on|get to the bottom of){_OF_WHAT_IS_WRONG}|"
    rf"works? (?:on|for){_OF_WHAT_IS_WRONG}|"
    rf"(?:calm|settle|soothe|quieten|ease)(?={_SOMEBODYS}(?:{_ACHE}|{_BACK})\b)|"
    rf"put (?:it|this|that|things|me|him|her|(?:my|his|her) {_BACK}) right|"
    r"be (?:it|the (?:thing|answer|ticket))(?=\W*$)|"
    r"(?:sort|improve|change|ease) (?:matters|things|anything|the situation)|do the (?:job|trick|business)|"
    r"(?:bring|give)(?: (?:me|him|her|them|us|some|any|a bit of|a little))* (?:relief|ease|comfort)|"
    r"take (?:(?:some|most|all|any|a bit|a little) of )?(?:it|this|that|(?:this|that|the|my) (?:pain|ache)) away|"
    r"get (?:me|you|him|her|it|that) (?:right|better|sorted|back to normal)"
    rf"(?: (?:again|faster|quicker|sooner))?{_NOT_IN_TIME}|"
    r"speed (?:it|this|that|things|(?:my |the )?(?:recovery|healing)) (?:up|along)|"
    r"make (?:life|it|things|(?:my|his|her) (?:days?|nights?|back)|me|him|her|them)(?: any| a (?:bit|little))? "
    r"(?:easier|better|good|bearable|more comfortable|more bearable|less painful|less sore)(?: (?:for|on)\b)?"
    rf"{_NOT_WORSE})"
)
_SOME = r"(?:any|some|much|a|a bit of|a world of|a lot of|much of a|any real|a big|a real)"
_DOES_SOMETHING = (
    rf"(?:do (?:anything|something|{_SOME} good(?! (?:deal|offer|price|rate)))(?: at all)?(?: (?:for|about)\b)?"
    rf"(?! (?:to|with|about)\b(?!{_POINTED_AT}|{_SOMEBODYS}(?:{_ACHE}|{_BACK})\b))"
    r"(?! (?:the|my|your|a) (?:noise|heat\w*|light|music|bill|smell|room)\b)|"
    rf"(?:make|be) (?:good|better) (?:for|to)(?= (?:him|her|them|me|us|my|his|our)\b)|"
    rf"make {_SOME} (?:difference|dent|impact)(?: at all)?(?: (?:to|in|with|on|for)\b)?|"
    rf"(?:be )?(?:of )?{_SOME} (?:use|help|good|benefit)(?: at all)?(?! at (?:it|this|that|what)\b)"
    r"(?: (?:to|in|with|on|for|at)\b)?)"
    # "Does it make a difference if I sit".
    r"(?! (?:if|how|when|whether|which|where|what)\b)"
)
# What lasts, and what is only masked, are questions of their own.
_NOT_FOR_GOOD = (
    r"(?!.*\b(?:for good|for ?ever|permanent\w*|long[ -]term|or (?:just|only|does|is|will|mask\w*))\b)(?!\w)"
)
_A_THING_YOU_TREAT = (
    r"(?:sort(?: out)?|fix|treat|do|help(?: (?:out )?with)?|deal with|work on|handle|see(?: a lot of)?|take on|look at)"
)
_BETWEEN = r"(?:can |could |would |might |d |'d |guys |lot )*"
_NOT_AGAIN = (
    r"(?!(?: in| along| over)? (?:again|back|with|when|before|so|twice|early|straight|today|tomorrow|after|every|more|"
    r"while)\b)"
)
_SOMEBODY = r"(?:i|he|she|they|we|one|my \w+|his \w+|her \w+|someone like me|a person)"

_IDIOMS = (
    # "Do you think needles would do anything for it", "can you shift that", "going to do my back any good".
    rf"{_BEGINS}{_DO_YOU_THINK}(?:{_MAY} {_THE_CARE}|{_THE_CARE} {_MAY}|(?:going|likely|able) to) {_REALLY}"
    rf"(?:{_MENDS}|{_DOES_SOMETHING}){_NOT_FOR_GOOD}",
    # "Going to help my nan's back or no".
    rf"{_BEGINS}(?:going|likely) to help\b",
    # "Does acupuncture even make sense for her"; "does that make sense" asks whether one was understood.
    rf"{_BEGINS}{_DO_YOU_THINK}{_MAY} (?:the |this )?(?:acupuncture|acu|needles|needling)(?: thing)? {_REALLY}"
    r"make (?:any |much )?sense(?: at all)?(?: (?:for|in|with)\b)?(?! (?:to|that|if|when|before|after)\b)",
    # "Is this a thing you sort", "is that something you treat".
    rf"{_BEGINS}(?:is|are|would) (?:it|this|that|these|those|mine) (?:be )?"
    r"(?:(?:a|the|some|one of the|(?:the |a )?(?:sort|kind|type)s? of) )*(?:things?|something|problems?|case)s?"
    rf" (?:that |which )?(?:you|acupuncture(?: people| folks)?|they|needles) {_BETWEEN}{_A_THING_YOU_TREAT}"
    r"(?! (?:at|on|in) )",
    # "Do you treat that kind of thing".
    rf"{_BEGINS}{_MAY} you {_BETWEEN}{_A_THING_YOU_TREAT} (?:this|that|these|those|such|my) "
    r"(?:(?:sort|kind|type)s? of )?(?:things?|pains?|problems?|stuff|injur(?:y|ies)|issues?)",
    # "Anything you can do for it", "can anything be done", "any joy with that from needles".
    rf"{_BEGINS}(?:is there )?(?:anything|something) (?:that )?{_THE_CARE} (?:can|could|might|would)"
    r"(?: be able to)? (?:really |still )?do(?: (?:for|about|with|to help))?"
    r"(?= (?:it|that|this|me|him|her|mine|my)\b|\W*$)",
    rf"{_BEGINS}(?:can|could) (?:anything|something) (?:really |still )?be done(?: (?:for|about|with))?",
    rf"{_BEGINS}any (?:joy|luck|success|good results?)(?: (?:with|for|on))?"
    r"(?= (?:it|that|this|those|my|backs?|sciatica|dis[ck]s?)\b|\W*$)",
    # "You any good with that".
    rf"{_BEGINS}{_THE_CARE} (?:any|much) (?:use|good|help)(?: (?:to|with|on|for)\b)?(?! at\b)",
    # "Back is done by Friday, any good for that", "slipped disc, anything for me here"; alone it leans on an answer.
    rf"(?!\A\W*any){_BEGINS}any (?:good|use|help)(?: at all)? (?:for|with|on)"
    rf"(?= (?:it|that|this|these|those|mine|me|him|her|us|(?:my|his|her|our|an?) (?:\w+ )?(?:{_ACHE}|{_BACK}))\b)",
    rf"(?!\A\W*(?:any|some)thing){_BEGINS}(?:anything|something|much) (?:for|against)"
    rf"(?= (?:me|him|her|it|that|this|mine|my (?:\w+ )?{_BACK})\b(?! to\b))",
    # "Would she get anything out of it", "would I feel any benefit", "would I be wasting my money".
    rf"{_BEGINS}{_MAY} {_SOMEBODY} {_REALLY}"
    r"(?:get (?:anything|something|much) (?:out of|from)|(?:get|feel|see|notice) any (?:benefit|relief|good)(?: from)?)"
    rf"(?: {_THE_CARE})?(?=\W*$)",
    rf"{_BEGINS}(?:{_MAY}|am) {_SOMEBODY} (?:be |just )*wasting (?:my|his|her|your|our|their) (?:time|money|cash)"
    r"(?: (?:coming|with (?:it|this|you|that)|here))?",
    # "Worth me coming in": again, or with a cold, is another question.
    rf"{_BEGINS}(?:(?:is|would|might|could) (?:it|that|this|acupuncture|needles) |(?:its|it's|it is) )?"
    r"(?:even |really |be |still |actually )*worth (?:(?:me|us|him|her|my|our|his|while|a) )*"
    rf"(?:coming{_NOT_AGAIN}(?: in| along| over| to you| to see you)?|"
    rf"(?:go|shot|try|visit|punt|whirl|bash|gamble){_NOT_AGAIN}|booking{_NOT_AGAIN}(?: in)?)",
)
_ASKED = [re.compile(idiom, re.IGNORECASE) for idiom in _IDIOMS]
# Words of which one stands in each of them.
_PERHAPS = re.compile(
    r"\b(?:anything|something|matters|things?|good|better|trick|job|business|difference|dent|impact|effect|use|help|"
    r"touch|shift|sort|fix|put|be|calm|settle|soothe|quieten|budge|tackle|crack|clear|cure|rid|shot|right|care|"
    r"deal|away|works?|bottom|problems?|case|stuff|issues?|injur\w+|pains?|worth|make|speed|take|get|relief|"
    r"ease|comfort|sense|benefit|joy|luck|success|results?|wasting)\b",
    re.IGNORECASE,
)
_IN_PLAIN_WORDS = re.compile(
    rf"{_BEGINS}{_DO_YOU_THINK}(?:{_MAY} {_THE_CARE}|{_THE_CARE} {_MAY}) {_REALLY}(?:help|ease|relieve)\b"
    # "Can you help me find the place".
    rf"(?!(?: me)? (?:with|find|book|understand|to)\b(?!{_POINTED_AT}|{_SOMEBODYS}(?:{_ACHE}|{_BACK})\b))",
    re.IGNORECASE,
)


def plainly_asked(text: str) -> str:
    """The text with such an idiom put plainly; the same object where there is none."""
    if not _PERHAPS.search(text):
        return text
    plain = text
    for idiom in _ASKED:
        plain = idiom.sub(lambda match: f"{match['before']}{_PLAINLY}", plain)
    return text if plain == text else plain


def asks_whether_it_helps(text: str) -> bool:
    """Whether the words ask if acupuncture would help, plainly or by an idiom."""
    return bool(_IN_PLAIN_WORDS.search(text)) or plainly_asked(text) is not text
