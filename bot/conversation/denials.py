"""Messages that only say what is not so: "no numbness, bladder fine, just a stiff back", "a colleague had that".

To the classifier they are full of danger's words. What is left without the parts that the net has read tells whether
there is anything to ask about.
"""

from __future__ import annotations

import re
from collections.abc import Container

from bot.conversation.understanding import Finding, Understanding

# A longer message may hold something else.
_SHORT = 40
_PART = re.compile(r"[^.,;:!?()\n]+")
_JOINT = re.compile(r"\b(?:and|or|nor)\b")
# After these comes what is there after all.
_TURNS = re.compile(r"\b(?:but|except|although|though|however|only since|apart from|other than|until|yet|still)\b")
# A sign told with a "no" of its own is no denial: "pee no come out".
_OWN_NO = re.compile(r"\b(?:no|not|never|without|cannot|\w*n['’]?t)\b")
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
    told = [f for f in understanding.findings if f.fact not in neutral]
    denied = [f for f in told if _is_not_so(f, past_too)]
    if not denied or len(denied) < len(told) or len(text.split()) > _SHORT or _TURNS.search(text.lower()):
        return False
    return not any(
        _OF_DANGER.search(text[start:end].lower())
        for start, end in _parts(text)
        if not any(f.start < end and start < f.end for f in denied)
    )


def names_danger(text: str) -> bool:
    """Whether a text names a place where danger signs sit, or a word they are told in."""
    return bool(_OF_DANGER.search(text.lower()))


def _is_not_so(finding: Finding, past_too: bool) -> bool:
    if finding.status == "absent":
        return not _OWN_NO.search(finding.phrase.lower())
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
