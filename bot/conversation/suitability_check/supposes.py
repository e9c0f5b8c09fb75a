"""What is only supposed: "what if I was pregnant, would that change it" tells of no pregnancy."""

from __future__ import annotations

import re

from bot.conversation.content import Content
from bot.conversation.danger_signs.danger import histories, precautions
from bot.conversation.state import State
from bot.conversation.suitability_check.after_result import is_told
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

_ON_AN_ILLNESS = Wish("gap", "harm_to_a_condition")
_SUPPOSED = re.compile(
    r"\b(?:if|suppose|supposing|imagine|pretend|say|lets say)(?: that)? (?:i|we|he|she|they|it) "
    r"(?:was|were|had|took|used|got|did have|did take|wasnt|werent|hadnt|didnt have|didnt take)\b"
)
# "If I had cancer once, is that a problem" has had it: what is asked of is another result, not the illness.
_OF_THE_RESULT = re.compile(
    r"\bwould (?:(?:that|it|this|the (?:answers?|results?|outcome)|your answers?|you|anything) )?(?:\w+ )?"
    r"(?:change|be (?:any )?different|differ|say|still (?:be|say)|come out)\b|"
    r"\bwhat would (?:you|it|the (?:result|answer|check)) (?:say|be|tell)\b"
)


def only_supposes(text: str) -> bool:
    """Whether a message asks what would come of something that it tells not to be so.

    Danger signs are heard all the same.
    """
    words = bare(text)
    return bool(_SUPPOSED.search(words) and _OF_THE_RESULT.search(words))


def asked_of_what_is_supposed(content: Content, state: State, understanding: Understanding) -> Wish | None:
    """What who only supposes wishes of the check under way or just done, or of an illness in general; else None."""
    if not only_supposes(understanding.text):
        return None
    if state.check is not None or is_told(content, state):
        return Wish("remark", "check_if_told")
    quiet = precautions(content.rules) | histories(content.rules)
    return _ON_AN_ILLNESS if any(finding.fact in quiet for finding in understanding.findings) else None
