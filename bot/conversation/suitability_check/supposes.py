"""What is only supposed of the check: "what if I was pregnant, would that change it" tells of no pregnancy."""

from __future__ import annotations

import re

from bot.conversation.content import Content
from bot.conversation.state import State
from bot.conversation.suitability_check.after_result import is_told
from bot.safety.written.letters import bare

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


def supposes_of_the_check(content: Content, state: State, text: str) -> bool:
    """Whether a message asks, in the check or right after it, what would come of something that it tells not to be so.

    Danger signs are heard all the same.
    """
    words = bare(text)
    if not (_SUPPOSED.search(words) and _OF_THE_RESULT.search(words)):
        return False
    return state.check is not None or is_told(content, state)
