"""Whether a message asks if somebody in particular may have it: "would it be safe for him", "is it risky for my age".

To the classifier it is as near to the question whether acupuncture is safe, of which the article says that it is. For a
certain person that is not for the article to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.understanding import Candidate, Segment
from bot.safety.kin import ANYBODY
from bot.safety.written.letters import bare

_FOR_A_PERSON = "check_suitability"
_IN_GENERAL = frozenset({"ask_is_it_safe", "ask_benefits_general", "ask_who_can_benefit"})
_IT = r"(?:it|this|that|(?:the |having |getting )?(?:acupuncture|needling|needles|treatment))"
_FOR_WHOM = (
    r"(?:me|myself|him|her|"
    rf"(?:my|our) (?:\w+ )?(?:{ANYBODY}|age)|"
    r"(?:someone|somebody|anyone|a (?:man|woman|person|guy|lady)) (?:like (?:me|him|her)|(?:of )?(?:my|his|her) age|"
    r"(?:thats |who is |whos |of |aged )?\d\d))"
)
_ASKS = re.compile(
    rf"\b(?:(?:is|are|was|would|will|could|might|does) {_IT}|"
    # "Can you tell me if acupuncture is safe for me".
    rf"(?:if|whether) {_IT} (?:is|are|was|would|will|could|might)) (?:\w+ ){{0,2}}?"
    r"(?:safe|ok|okay|alright|all right|fine|good|right|suitable|sensible|wise|dangerous|risky|bad|unsafe|harmful|"
    r"a (?:risk|danger|problem|bad idea|good idea)) "
    # "Is it ok for me to drive" asks about driving.
    rf"(?:for|with) {_FOR_WHOM}\b(?! to (?!(?:get|have|try|do|use) (?:it|this|that|acupuncture|needles|needling)\b))"
)


def as_personal(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The parts of a message, one that asks for somebody in particular read as a wish for the check."""
    return tuple(map(_as_personal, segments))


def _as_personal(segment: Segment) -> Segment:
    first = segment.candidates[0] if segment.candidates else None
    if first is None or first.label not in _IN_GENERAL or not _ASKS.search(bare(segment.text)):
        return segment
    return segment.read_as(Candidate(_FOR_A_PERSON, first.confidence))
