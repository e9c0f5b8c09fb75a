"""What a clause tells by its words alone: a place or sign of danger, health, something of these days or long over.

The lists that the net's patterns do not need: what is left of a message beside the facts found in it has no pattern.
One list a subject; what they are used for is in `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"[^.,;:!?()\n]+")
_JOINT = re.compile(r"\b(?:and|or|nor)\b")
# After these comes what is there after all.
_TURNS = re.compile(r"\b(?:but|except|although|though|however|only since|apart from|other than|until|yet|still)\b")
NOT = r"not|no|never|without|cannot|\w*n['’]t|(?:do|does|did|ca|wo|is|are|was|has|have|had|could)nt"
# "Can pee fine", "everything down below works": a part that tells of health, and of nothing amiss.
_HEALTHY = re.compile(
    r"\b(?:works?|working|fine|ok|okay|normal(?:ly)?|perfect(?:ly)?|as (?:ever|always|usual)|"
    r"(?:is|are|am|feels?|legs) (?:all )?(?:strong|great|good)|"
    r"feel everything|feels? (?:(?:much|so|far|way|a lot|a bit) )?better|"
    r"can (?:still )?(?:pee|poo|poop|go|walk|feel|move|breathe))\b"
)
_AMISS = re.compile(
    rf"\b(?:{NOT}|nothing|none|neither|hardly|barely|only|was|were|used|before|until|since|but|except|half|if|when|"
    r"numb\w*|weak\w*|dead|tingl\w*|funny|odd|strange|weird|different|worse|pain\w*|hurts?|hot|fever\w*|blood|leak\w*|"
    r"gone|gives?|burn\w*|los[et]\w*|swoll\w+|swell\w*|stop\w*|drop\w*|drag\w*|collapse\w*|collapsing|slow\w*|hard\w*|troubl\w+|"
    r"problems?|struggl\w+|push\w*|strain\w*|forc\w+)\b"
)
# "The bladder is fine and so are the bowels": as well as what stands before it.
_SO_IS = re.compile(r"\W*so (?:is|are|am|do|does|was|were)\b")
# What people come with or ask about.
_ORDINARY = re.compile(
    r"\b(?:back|neck|shoulders?|hips?|stiff\w*|sore|ach\w+|pain|tight\w*|muscles?|knots?|sessions?|prices?|costs?|charge|"
    r"book\w*|appointments?|slots?|hours|open|how|what|when|can i|(?:should|shall|could) i|do you|"
    r"thanks?|thank god|\d+)\b"
    r"|^\W*(?:i|i've|we)\W*$"
)
# What is told as years ago or as quite over, and words that tell it has come back or is of these days.
_LONG_OVER = re.compile(
    r"\b(?:in|since|from|of|back in) (?:19|20)\d\d\b|\b(?:years?|decades?|yrs) ago\b|\bwore off\b|"
    r"\b(?:all )?(?:gone|fine|well|good|ok|okay|nothing|no trouble|no problems?) since\b|"
    r"\b(?:fully|completely|totally) (?:recovered|healed|gone|cleared)\b|"
    r"\brecovered (?:fully|completely)\b|\bas a (?:kid|child|teenager|baby)\b"
)
_RETURNS = re.compile(
    r"\b(?:again|today|tonight|yesterday|this (?:morning|week|month|afternoon)|last (?:night|week)|lately|recently|"
    r"(?<!nothing )(?<!no )new(?:ly)?|worse|suddenly|returned|"
    r"(?:came|comes|come|coming|is|are|it'?s) back|back again|started|starting|"
    r"since (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"now(?! (?:only|just|all|fine|(?:a |my |the )?(?:bit )?(?:sore|stiff|achy|tight|desk|ordinary)|i (?:only|just)|"
    r"it'?s (?:only|just|fine))))\b"
)
# Of a pain: since when, that it stays, that nothing explains it, or how bad it is.
_NEW_OR_LASTING = re.compile(
    r"\b(?:since|ago|new(?:ly)?|now|today|tonight|yesterday|lately|recently|sudden\w*|started|starting|began|"
    r"came (?:on|from)|comes? on|woke|wak\w+|appeared|arrived|turned up|first time|never (?:had|been|used)|"
    r"(?:\d+|a|an|one|two|three|four|five|six|few|couple|several|last|past|this|all|every|each|most|for) (?:\w+ ){0,2}"
    r"(?:hours?|hrs?|days?|nights?|weeks?|wks?|months?|mornings?|evenings?|time)|"
    r"constant\w*|always|24.?7|non.?stop|never (?:stops|goes|leaves|ends|eases)|relentless|unrelenting|keeps|"
    r"morning|night|nights|round the clock|(?:not|never|no|wo|does|do|is|has|will|ca)(?:n['’]?t|nt)? (?:\w+ )?"
    r"(?:shift|go|eas\w+|let up|budge|stop|leave|quit|move|lift|going|shifting|stopping|shifted|gone)|"
    r"no (?:reason|idea|injury|strain|cause)|out of (?:nowhere|the blue)|nothing (?:helps|touches|eases|shifts)|"
    r"did(?:n['’]?t| not) (?:\w+ ){0,2}(?:lift|strain|pull|do|hurt|injure)|bor(?:ing|es)|deep|gnaw\w*|"
    r"worst|worse|severe|bad|awful|terrible|horrible|agony|unbearable|excruciating|killing|stab\w*|knife|burn\w*|intense|"
    r"breath\w*|chest|fever|cancer|weight|sweat\w*|rest|lying|lie)\b"
)
# "It's fine now", "no leg stuff now" put nothing in these days.
_WELL_NOW = re.compile(
    r"\b(?:fine|ok|okay|good|great|well|better|normal|gone|alright|right|passed|over|healed|clear(?:ed)?|stopped|back) "
    r"(?:again )?now\b|\b(?:no|without|nothing|none) (?:\w+ ){0,3}now\b"
)
# Where danger signs sit, and the words they are told in.
_OF_DANGER = re.compile(
    r"\b(?:legs?|foot|feet|toes?|knees?|thighs?|calf|groin|crotch|privates?|genitals?|penis|vagina|willy|balls|bum|butt|"
    r"bottom|saddle|pee|peeing|wee|urine|urinate|bladder|waterworks|bowels?|poo|poop|toilet|loo|sex|chest|heart|arm|face|"
    r"breath|breathe|breathing|numb|numbness|tingl\w+|weak|weakness|feel|feels|feeling|fever|hot|chills|sweat\w*|blood|"
    r"bleed\w*|cancer|pregnant|weight|lump|swollen|rash|accident|fell|fall|crash|night|faint\w*|confused|suicid\w+|die|"
    r"kill|living|worse|down there|downstairs|down below|baby|babies|(?<!under )control|sensation|vision|speech)\b"
)
# Words that danger signs are told in as well, and much else: a sentence with none of either tells of an ordinary ache.
_MAY_BE_OF_DANGER = re.compile(
    r"\b(?:soil\w*|mess(?:ed|ing|es)?|wet\w*|leak\w*|dribbl\w*|drip\w*|trickl\w*|incontinen\w*|constipat\w*|"
    r"catheter|napp(?:y|ies)|diapers?|pants|trousers|knickers|underwear|panties|eyes?|sight|head|neck|skin|tongue|"
    r"lips?|hives|shak\w+|shook|shiver\w*|trembl\w*|seizures?|fits?|fitting|convuls\w*|collapse\w*|collapsing|"
    r"pass(?:ed|ing)? out|black(?:ed|ing)? out|unconscious|woke|wake\w*|respond\w*|vomit\w*|sick|ill|poorly|"
    r"gr[ea]y|pale|clammy|dizz\w+|giddy|stroke|slur\w*|droop\w*|paraly\w*|limp\w*|walk\w*|stand\w*|stairs|steps?|"
    r"stumbl\w*|trip\w*|wobbl\w*|unsteady|balance|hit|crash\w*|smash\w*|thrown|threw|tumbl\w*|slip\w*|landed|"
    r"knock\w*|kick\w*|stab\w*|came off|hospital|ambulance|911|999|emergency|lungs?|chok\w*|swallow\w*|pills?|"
    r"tablets?|drank|overdos\w*|infect\w*|abscess|sepsis|septic|temperature|burn\w*|inject\w*|losing|lose|loose|"
    r"hang off|lying|lie|bed|constant\w*|never|nothing|shape|bulg\w*|curve|swell\w*|calves|ankles?|veins?|clot\w*|"
    r"blister\w*|belly|stomach|tummy|flank|ribs?|side|between|kidneys?|gone|going|dead|asleep|useless|floppy|"
    r"heavy|cold|stop\w*|sudden\w*|new|worst|rip\w*|tear\w*|tore|pulse\w*|pulsing|pulsat\w+|throb\w*|weeks|waters|contraction\w*|"
    r"tumou?rs?|growth|lumps?|steroids?|chemo\w*|dialysis|transplant\w*|bones?|cracked|snapped|"
    r"soak\w*|drench\w*|grow\w*|aneurysm\w*|aort\w*|pads?|straighten\w*|pressure|squeez\w*|needles? again)\b"
)
# Words that a wish to die is told in, plain or veiled.
_MAY_BE_OF_CRISIS = re.compile(
    r"\b(?:finish\w*|decided|enough|goodbye|farewell|anymore|any more|end (?:it|everything|things|my|this)|suicid\w+|"
    r"pills?|tablets?|burden|without me|better off|exist\w*|disappear\w*|bridge|rope|gun|(?:be|being) (?:here|around)|"
    r"done|over|gone|tonight|sorry|points?|"
    r"dead|kill\w*|whole|for good|plans?|planned|planning|hop(?:e|eless|eful|ing)|tired|alone|sleep|wake|longer|"
    r"bother\w*|peace|giv(?:e|en|ing) up|quit\w*|miss|stop|myself|want (?:to|2) die|wanna die|never|forever|ever again|"
    r"alive|living|liv(?:e|ing))\b"
)
# A part of a text in which the writer speaks of herself or himself, and its fewest words.
_OF_ONESELF, _LEAST_TOLD = re.compile(r"\b(?:i|i['’]\w+|me|my|im|ill|ive|wont|no need)\b"), 3
# Nothing but where it is or since when: "left leg", "both knees", "about an hour ago", "since last night".
_ONLY_PLACE_OR_TIME = re.compile(
    r"^\W*(?:(?:it|its|it's|is|the|my|his|her|in|on|to|down|up|at|of|a|an|just|only|mostly|mainly|and|or|left|right|both|"
    r"one|ones|other|side|sides|lower|low|upper|mid|middle|back|front|inner|outer|legs?|foot|feet|toes?|knees?|thighs?|"
    r"calf|calves|hips?|ankles?|heels?|shins?|buttocks?|bum|butt|groin|arms?|hands?|shoulders?|neck|spine|tailbone|"
    r"about|around|since|for|ago|now|today|tonight|yesterday|this|last|past|few|couple|half|two|three|four|five|six|\d+|"
    r"minutes?|mins?|hours?|hrs?|days?|nights?|mornings?|evenings?|afternoon|weeks?|months?|years?|weekend|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\W*)+$"
)
# "What do you mean by both legs", asked of a list just read; not "what do you mean, my legs are numb".
_ASKS_FOR_MEANING = re.compile(
    r"^\W*(?:(?:and|so|sorry|but|ok|okay|erm?|um) )*(?:what(?:['’]?s| is| do| does)? (?:(?:you|they|it|that) )?"
    r"(?:mean(?:t|ing)? (?:by|of|with)|(?:mean(?:t|ing)? )?by|counts? as|qualif\w+ as|exactly is)|define) "
    r"(?!.*\b(?:i|my|mine|me|im|i['’]m|ive)\b)"
)
# "Dizzy how, like fainting?": asked back, of a word that was said.
_ASKS_WHICH = re.compile(
    r"\W*(?:(?:and|so|sorry|but|ok|okay|erm?|um) )*\w+ (?:how|as in)\b[,?]? ?(?:(?:do )?you mean |as in |like )*"
    r"(?!.*\b(?:i|my|mine|me|im|i['’]m|ive)\b)(?:\w+ ?){0,3}\?\W*"
)
# What is dated of oneself: "and so do I since my back went".
_DATED_OF_ONESELF = re.compile(
    r"\b(?:i|me|my)\b.*\b(?:since|ever since|after)\b|\b(?:since|ever since)\b.*\b(?:i|me|my)\b"
)


def parts(text: str) -> list[tuple[int, int]]:
    """The places between punctuation marks, and between "and" and "or"."""
    found: list[tuple[int, int]] = []
    for match in _PART.finditer(text):
        start = match.start()
        for joint in _JOINT.finditer(match.group()):
            found.append((start, match.start() + joint.start()))
            start = match.start() + joint.end()
        found.append((start, match.end()))
    return found


def without(text: str, places: Iterable[tuple[int, int]]) -> str:
    """A text with these places left blank; the others keep where they stand."""
    letters = list(text)
    for start, end in places:
        letters[start:end] = " " * len(letters[start:end])
    return "".join(letters)


def names_danger(text: str) -> bool:
    """Whether a text names a place where danger signs sit, or a word they are told in."""
    return bool(_OF_DANGER.search(text.lower()))


def may_name_danger(text: str) -> bool:
    """Whether a text holds any word at all that a danger sign is told in."""
    return names_danger(text) or bool(_MAY_BE_OF_DANGER.search(text.lower()))


def may_name_crisis(text: str) -> bool:
    """Whether a text holds any word at all that a wish to die is told in."""
    return bool(_MAY_BE_OF_CRISIS.search(text.lower()))


def tells_of_oneself(part: str) -> bool:
    """Whether a part of a text tells something of the writer that is not what people come with or ask about."""
    return bool(_OF_ONESELF.search(part)) and len(part.split()) >= _LEAST_TOLD and not is_ordinary(part)


def tells_danger(text: str) -> bool:
    """Whether a part of a text names a place or word of danger, and not only that it is well."""
    well = False
    for start, end in parts(text):
        part = text[start:end]
        well = is_well(part) or (well and bool(_SO_IS.match(part)) and not _AMISS.search(part))
        if names_danger(part) and not well:
            return True
    return False


def is_well(part: str) -> bool:
    """Whether a part of a text tells of health and of nothing amiss: "can pee fine"."""
    return bool(_HEALTHY.search(part)) and not _AMISS.search(part)


def is_ordinary(part: str) -> bool:
    """Whether a part of a text is about what people come with or ask about."""
    return bool(_ORDINARY.search(part))


def is_new_or_lasting(text: str) -> bool:
    """Whether a text says of a pain since when it is there, that it does not go, or how bad it is."""
    return bool(_NEW_OR_LASTING.search(text.lower()))


def is_of_these_days(text: str) -> bool:
    """Whether a text puts something in these days, or says that it has come back."""
    return bool(_RETURNS.search(_WELL_NOW.sub("", text.lower())))


def is_long_over(text: str) -> bool:
    """Whether a text puts what it tells years back, or says it is quite over, and names nothing of these days."""
    return bool(_LONG_OVER.search(text.lower())) and not is_of_these_days(text)


def turns(text: str) -> bool:
    """Whether a text goes on to what is there after all ("but", "except")."""
    return bool(_TURNS.search(text.lower()))


def is_only_a_place_or_time(text: str) -> bool:
    """Whether a text says where something is or since when, and not what: "left leg", "about an hour ago"."""
    return bool(_ONLY_PLACE_OR_TIME.match(text.lower()))


def asks_for_meaning(text: str) -> bool:
    """Whether a text asks what a word means and tells nothing of the writer: "what do you mean by both legs"."""
    return bool(_ASKS_FOR_MEANING.search(text.lower()) or _ASKS_WHICH.fullmatch(text.lower()))


def is_dated_of_oneself(text: str) -> bool:
    """Whether the writer dates something of his or her own: "and so do I since my back went"."""
    return bool(_DATED_OF_ONESELF.search(text))
