"""What is left of a message without what the net heard denied or knows as harmless, and whether it speaks of danger.

To the classifier "no numbness, bladder fine, just a stiff back" and "a colleague had that" are full of danger's words.
What a "no" takes back is read by the net (bot/safety/scope.py); here only what remains is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from bot.conversation.understanding import Understanding
from bot.safety.finding import Finding

# Facts that have nothing to do with a danger sign, told beside a denial ("no numbness, stiff in the mornings").
_BESIDE = frozenset(
    {"inflammatory_pattern", "needle_fear", "nsaid_or_aspirin", "metal_allergy", "keloid", "for_someone_else"}
)
# A longer message may hold something else.
_SHORT = 40
_PART = re.compile(r"[^.,;:!?()\n]+")
_JOINT = re.compile(r"\b(?:and|or|nor)\b")
# After these comes what is there after all.
_TURNS = re.compile(r"\b(?:but|except|although|though|however|only since|apart from|other than|until|yet|still)\b")
_NOT = r"not|no|never|without|cannot|\w*n['’]t|(?:do|does|did|ca|wo|is|are|was|has|have|had|could)nt"
# "Can pee fine", "everything down below works": a part that tells of health, and of nothing amiss.
_HEALTHY = re.compile(
    r"\b(?:works?|working|fine|ok|okay|normal(?:ly)?|perfect(?:ly)?|"
    r"(?:is|are|am|feels?|legs) (?:all )?(?:strong|great|good)|"
    r"feel everything|feels? (?:(?:much|so|far|way|a lot|a bit) )?better|"
    r"can (?:still )?(?:pee|poo|poop|go|walk|feel|move|breathe))\b"
)
_AMISS = re.compile(
    rf"\b(?:{_NOT}|nothing|none|neither|hardly|barely|only|was|were|used|before|until|since|but|except|half|if|when|"
    r"numb\w*|weak\w*|dead|tingl\w*|funny|odd|strange|weird|different|worse|pain\w*|hurts?|hot|fever\w*|blood|leak\w*|"
    r"gone|gives?|burn\w*|los[et]\w*|swoll\w+|swell\w*|stop\w*|drop\w*|drag\w*|collapse\w*|collapsing|slow\w*|hard\w*|troubl\w+|"
    r"problems?|struggl\w+|push\w*|strain\w*|forc\w+)\b"
)
# What people come with or ask about.
_ORDINARY = re.compile(
    r"\b(?:back|neck|shoulders?|hips?|stiff\w*|sore|ach\w+|pain|tight\w*|muscles?|knots?|sessions?|prices?|costs?|charge|"
    r"book\w*|appointments?|slots?|hours|open|how|what|when|can i|do you|thanks?|thank god|\d+)\b"
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
    r"new(?:ly)?|worse|suddenly|returned|(?:came|comes|come|coming|is|are|it'?s) back|back again|started|starting|"
    r"since (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"now(?! (?:only|just|all|fine|i (?:only|just)|it'?s (?:only|just|fine))))\b"
)
# A sign told with a "no" of its own is no denial: "pee no come out".
_OWN_NO = re.compile(rf"\b(?:{_NOT})\b")
_UNABLE = re.compile(r"\b(?:can|could|was|were) ?(?:not|n['’]?t)(?: able to)? *$")
# Where danger signs sit, and the words they are told in.
_OF_DANGER = re.compile(
    r"\b(?:legs?|foot|feet|toes?|knees?|thighs?|calf|groin|crotch|privates?|genitals?|penis|vagina|willy|balls|bum|butt|"
    r"bottom|saddle|pee|peeing|wee|urine|urinate|bladder|waterworks|bowels?|poo|poop|toilet|loo|sex|chest|heart|arm|face|"
    r"breath|breathe|breathing|numb|numbness|tingl\w+|weak|weakness|feel|feels|feeling|fever|hot|chills|sweat\w*|blood|"
    r"bleed\w*|cancer|pregnant|weight|lump|swollen|rash|accident|fell|fall|crash|night|faint\w*|confused|suicid\w+|die|"
    r"kill|living|worse|down there|downstairs|down below|baby|babies|control|sensation|vision|speech)\b"
)


def says_it_is_not(understanding: Understanding, neutral: Container[str], *, past_too: bool) -> bool:
    """Whether a short message denies danger signs or tells of someone else's, and nothing left of it speaks of one.

    Args:
        understanding: The message, with the net's findings.
        neutral: Facts that say nothing about a danger sign.
        past_too: Whether what is over counts as denied.
    """
    text = understanding.text
    told = [f for f in understanding.findings if f.fact not in neutral and f.fact not in _BESIDE]
    if len(text.split()) > _SHORT or _TURNS.search(text.lower()):
        return False
    past_too = past_too or _is_long_over(text)
    denied = [f for f in told if _is_not_so(f, text, past_too)]
    if (not denied and not understanding.denied) or len(denied) < len(told):
        return False
    rest = _without(text.lower(), understanding.denied)
    left = [
        rest[start:end]
        for start, end in _parts(text)
        if not any(f.start < end and start < f.end for f in denied) and rest[start:end].strip()
    ]
    if not denied and not all(_ORDINARY.search(part) for part in left):
        return False  # "no numbness, it just trickles": words alone deny, and what is left may be anything
    return not any(_OF_DANGER.search(part) and not _is_healthy(part) for part in left)


def left_to_tell(understanding: Understanding) -> str:
    """What a message tells beside what it denies, and the clauses of harmless sayings and of what it doubts.

    Places keep their positions; what is taken away is blank.
    """
    text = understanding.text
    places = [*understanding.denied]
    for finding in understanding.findings:
        if finding.status == "absent":
            places.append((finding.start, finding.end))
        elif finding.status in ("harmless", "uncertain"):
            places += [p for p in _parts(text) if p[0] < finding.end and finding.start < p[1]]
    return _without(text.lower(), places)


def tells_danger(text: str) -> bool:
    """Whether a part of a text names a place or word of danger, and not only that it is well."""
    return any(names_danger(text[a:b]) and not _is_healthy(text[a:b]) for a, b in _parts(text))


def is_of_these_days(text: str) -> bool:
    """Whether a text puts something in these days, or says that it has come back."""
    return bool(_RETURNS.search(text.lower()))


def names_danger(text: str) -> bool:
    """Whether a text names a place where danger signs sit, or a word they are told in."""
    return bool(_OF_DANGER.search(text.lower()))


def _without(text: str, places: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in places:
        letters[start:end] = " " * len(letters[start:end])
    return "".join(letters)


def _is_healthy(part: str) -> bool:
    return bool(_HEALTHY.search(part)) and not _AMISS.search(part)


def _is_long_over(text: str) -> bool:
    """Whether a message puts what it tells years back, or says it is quite over, and names nothing of these days."""
    lowered = text.lower()
    return bool(_LONG_OVER.search(lowered)) and not _RETURNS.search(lowered)


def _is_not_so(finding: Finding, text: str, past_too: bool) -> bool:
    if finding.status == "harmless":
        return True
    if finding.status == "absent":
        unable = _UNABLE.search(text[: finding.start].lower())  # "couldn't pee yesterday, back to normal"
        return not unable and not _OWN_NO.search(finding.phrase.lower())
    return finding.subject != "patient" or (past_too and finding.status == "past")


def _parts(text: str) -> list[tuple[int, int]]:
    """The places between punctuation marks, and between "and" and "or"."""
    parts: list[tuple[int, int]] = []
    for match in _PART.finditer(text):
        start = match.start()
        for joint in _JOINT.finditer(match.group()):
            parts.append((start, match.start() + joint.start()))
            start = match.start() + joint.end()
        parts.append((start, match.end()))
    return parts
