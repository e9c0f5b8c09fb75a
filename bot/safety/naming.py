"""Health facts that a message names in a question about them and tells of nobody: "what about sciatica?"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.safety.finding import Finding

_MARK = re.compile(r"[.?!;,\n]| but ")
# A question about the thing, or nothing but the thing.
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|or|but|ok|hi|hello|also|then|please)\W+)*"
    r"(?:what|whats|what's|how|is|are|does|do|did|can|could|will|would|should|shall|has|which|who|any|anything|instead"
    r"|rather|without|versus|vs|for|with|good|ok|okay)\b"
    # "Or a punctured lung", after another question.
    r"|^\W*or (?:a|an)\b"
    r"|^\W*(?:(?:please|and|so|ok|can you|could you)\W+)*"
    r"(?:tell me (?:\w+ )?about|explain|info(?:rmation)? (?:on|about))\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\b(?:my|mine|our|his|her|their|someone|somebody|im|ive"
    r"|(?:i|we|he|she|they)(?: (?:am|are|is|was|were|have|had|has|got|get|gets|take|takes|took)|['’](?:m|ve|s|re|d))"
    r"|(?:with|as|being|having|since|after|while|when) (?:me|i|a))\b",
    re.IGNORECASE,
)
# "Punctured lung, I read": heard of, and nobody's.
_I_READ = re.compile(
    r"[\s,]+(?:i|we)(?:['’]?ve)?(?: (?:also|once|just|have))* (?:read|heard|saw|seen)"
    r"(?: (?:of|about|it|that|this|somewhere|online|once|recently|(?:on|in) (?:the )?\w+))*\W*$",
    re.IGNORECASE,
)
_FEW_WORDS = 4
# Who comes along needs no care: "can I bring my dog and my four year old".
_COMES_ALONG = re.compile(
    r"\b(?:bring(?:ing)?|com(?:e|es|ing) (?:along|with)|tag along|sit (?:in|with)|wait|babysit\w*|child ?care"
    r"|watch(?:es|ed)?)\b",
    re.IGNORECASE,
)
_FOR_THEM = re.compile(r"\b(?:back|spine|pain|treat\w*|needles|for (?:him|her|them|it))\b", re.IGNORECASE)


def only_named(text: str, findings: Iterable[Finding]) -> frozenset[str]:
    """The facts of a message that nobody is told to have: asked about as a thing, or of a child who comes along.

    Args:
        text: The message.
        findings: What the net found in it.
    """
    named: dict[str, bool] = {}
    for finding in findings:
        start = max((mark.end() for mark in _MARK.finditer(text, 0, finding.start)), default=0)
        mark = _MARK.search(text, finding.end)
        clause = text[start : mark.start() + 1 if mark else len(text)]
        asked = _about_the_thing(clause) or (finding.fact == "minor" and _comes_along(text))
        named[finding.fact] = named.get(finding.fact, True) and asked
    return frozenset(fact for fact, asked in named.items() if asked)


def _about_the_thing(clause: str) -> bool:
    if _OF_SOMEBODY.search(_I_READ.sub("", clause)):
        return False
    if _I_READ.search(clause):
        return True
    return bool(_ASKS.match(clause)) or ("?" in clause and len(clause.split()) <= _FEW_WORDS)


def _comes_along(text: str) -> bool:
    return bool(_COMES_ALONG.search(text)) and not _FOR_THEM.search(text)
