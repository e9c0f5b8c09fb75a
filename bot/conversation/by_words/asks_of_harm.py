"""Whether a message asks what harm acupuncture could do: "can it make a slipped disc worse", "is it bad for that".

To the classifier such a question is as near to "does it help a slipped disc" as the words are, and would be told whom
acupuncture suits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.understanding import Candidate, Segment
from bot.safety.written.letters import bare

_HARM, _SORENESS = "ask_not_in_article/harm_to_a_condition", "ask_side_effects"
_CONDITION = "ask_condition_"
# What the article says of good that it does.
_GOOD = frozenset({"ask_pain_relief", "ask_benefits_general", "ask_mobility", "ask_inflammation", "ask_root_causes"})
_NEEDLES = (
    r"(?:it|this|that|they|these|you|acupuncture|acupuncturists?|needles?|needling|"
    r"(?:the |your |a |having )?(?:treatments?|sessions?|needles?|acupuncture))"
)
_MAY = (
    r"(?:can|could|may|might|will|would|does|do|what if|if|afraid|scared|worried|wondering|ever|possible|"
    r"(?:risk|chance|danger)(?: that)?)"
)
_MAKES_WORSE = r"(?:make|makes|making|leave|leaves|leaving)(?! sense)(?: \w+){1,6}? worse"
_HARMS = (
    r"(?:worsen|aggravate|irritate|inflame|damage|harm|injure|rupture|tear|upset|mess(?: \w+){0,3} up|mess with|"
    r"flare(?: up)?(?= (?:a|my|the|his|her|an)\b)|hurt (?:a|my|the|his|her) (?:\w+ ){0,2}(?:dis[ck]s?|nerves?)|"
    r"(?:do|cause)(?: \w+){0,2} (?:damage|harm)|(?:cause|trigger|start|bring on|set off)(?: \w+){0,3} flare)s?"
)
_ASKS_OF_HARM = re.compile(
    rf"\b{_MAY} (?:\w+ ){{0,2}}?{_NEEDLES} (?:\w+ ){{0,3}}?(?:{_MAKES_WORSE}|{_HARMS})\b|"
    r"\b(?:risk|chance|danger|afraid|scared|worried|fear)(?: \w+){0,2} (?:of|about) (?:\w+ ){0,3}?"
    rf"(?:{_MAKES_WORSE}|worsening|aggravating|irritating|damaging|harming|injuring|rupturing)\b|"
    rf"\b(?:is|are|would|could|can|may|might) {_NEEDLES} (?:\w+ ){{0,2}}?(?:bad|risky|dangerous|harmful|unsafe) "
    r"(?:for|with|if)\b|"
    r"\breasons? (?:why )?(?:\w+ ){0,7}(?:not to|to avoid|against|shouldnt|should not|cant|cannot)\b|"
    r"\bshould (?:i|one|you|people|someone|somebody|anyone)(?: \w+){0,6} (?:avoid|stay away|steer clear)\b|"
    r"\bcontra ?indicated\b|\bcontra ?indications?\b|"
    r"\bnot (?:a good idea|recommended|advised|advisable|suitable) (?:for|with|if)\b"
)
_IS_TO_STOP_IT = re.compile(r"\b(?:stop|stops|prevent\w*|keep\w*|so it (?:doesnt|wont)|from getting|less)\b")


def as_feared(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The parts of a message, a fear for one's back or for what is wrong with it read as one and not as a hope."""
    return tuple(map(_as_feared, segments))


def _as_feared(segment: Segment) -> Segment:
    if not segment.candidates or not asks_of_harm(segment.text):
        return segment
    label = segment.candidates[0].label
    feared = _HARM if label.startswith(_CONDITION) else _SORENESS if label in _GOOD else ""
    return segment.read_as(Candidate(feared, segment.candidates[0].confidence)) if feared else segment


def asks_of_harm(text: str) -> bool:
    """Whether the words ask if it could make something worse; "can it keep my disc from getting worse" hopes."""
    words = bare(text)
    return bool(_ASKS_OF_HARM.search(words)) and not _IS_TO_STOP_IT.search(words)
