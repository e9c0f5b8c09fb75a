"""Pain that is told in whatever words: met with a word of pain, since to be spared it is worse than to read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.answering.small_replies import CHITCHAT
from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.worded_as_told import tells
from bot.conversation.understanding import Candidate, intent_of
from bot.safety.written.letters import bare

_IN_PAIN = f"{CHITCHAT}/user_pain"
_MAY_BE_PAIN = 0.15
# Danger that triage has let pass is a complaint all the same.
_MAY_BE_ILL = 0.3
_HURTS = r"hurt\w*|pains?|painful|ach(?:e|es|y|ing)|sore\w*|agony|suffer\w*"
_PAIN = re.compile(rf"\b(?:{_HURTS}|stiff\w*|awful|terrible|killing|backs?|spine|neck|legs?|hips?|shoulders?|knees?)\b")
_OF_PAIN = re.compile(
    rf"\b(?:{_HURTS}|stiff\w*|seized|(?:killing|crippling) (?:me|him|her)|playing up|"
    r"backs? (?:(?:is|has|was|all|really|totally|completely|just) )*(?:shot|gone|knackered|wrecked|ruined|dodgy|"
    r"iffy|bad|broken|in bits|in pieces|a mess|a wreck|out|done in|locked|locks up|stuck|spasming|in spasm))\b"
)
_OWN_BACK = re.compile(r"\b(?:my|his|her|our) (?:\w+ )?(?:backs?|spine|neck|hips?|sciatica|disc|disk)\b")


def may_be_pain(candidates: Sequence[Candidate], text: str) -> bool:
    """Whether words that ask nothing may tell of pain, as the classifier heard them and as they name a part that hurts.

    Args:
        candidates: Of all parts of the message.
        text: The message.
    """
    in_pain = sum(c.confidence for c in candidates if c.label == _IN_PAIN)
    ill = sum(c.confidence for c in candidates if intent_of(c.label) == "red_flag")
    likely = in_pain >= _MAY_BE_PAIN or (ill >= _MAY_BE_ILL and tells(text))
    return likely and bool(_PAIN.search(bare(text))) and not asks(text)


def speaks_of_pain(text: str) -> bool:
    """Whether words say that something hurts, or that a back is not what it should be: "my back is shot"."""
    return bool(_OF_PAIN.search(bare(text)))


def names_own_back(text: str) -> bool:
    """Whether words name the back, or what lies near it, of who writes or of who is theirs: "my poor back"."""
    return bool(_OWN_BACK.search(bare(text)))
