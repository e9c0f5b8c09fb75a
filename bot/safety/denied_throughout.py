"""Whether a short text denies danger signs and does nothing else: "no numbness, no weakness, just a stiff back"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.safety import clauses
from bot.safety.finding import Finding, Heard

# A text of more words may hold something else.
_SHORT = 40
# A sign told with a "no" of its own is no denial: "pee no come out".
_OWN_NO = re.compile(rf"\b(?:{clauses.NOT})\b")
_UNABLE = re.compile(r"\b(?:can|could|was|were) ?(?:not|n['’]?t)(?: able to)? *$")


def only_denies(heard: Heard, told: Sequence[Finding], *, past_too: bool) -> bool:
    """Whether a short text denies danger signs or tells of someone else's, and nothing left of it speaks of one.

    Args:
        heard: The text, and the places of what it denies.
        told: The findings that are about danger.
        past_too: Whether what is over counts as denied.
    """
    text = heard.text
    if len(text.split()) > _SHORT or clauses.turns(text):
        return False
    past_too = past_too or clauses.is_long_over(text)
    denied = [f for f in told if _is_not_so(f, text, past_too)]
    if (not denied and not heard.denied) or len(denied) < len(told):
        return False
    rest = clauses.without(text.lower(), heard.denied)
    left = [
        rest[start:end]
        for start, end in clauses.parts(text)
        if not any(f.start < end and start < f.end for f in denied) and rest[start:end].strip()
    ]
    if not denied and not all(clauses.is_ordinary(part) for part in left):
        return False  # "no numbness, it just trickles": words alone deny, and what is left may be anything
    return not any(clauses.names_danger(part) and not clauses.is_well(part) for part in left)


def _is_not_so(finding: Finding, text: str, past_too: bool) -> bool:
    if finding.status == "harmless":
        return True
    if finding.status == "absent":
        unable = _UNABLE.search(text[: finding.start].lower())  # "couldn't pee yesterday, back to normal"
        return not unable and not _OWN_NO.search(finding.phrase.lower())
    return finding.subject != "patient" or (past_too and finding.status == "past")
