"""When the classifier sees so little of the danger that the safety net read that it is asked about before any alarm.

Why, and from which figures: docs/decisions/0008.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.danger_signs.second_line import SUICIDAL
from bot.conversation.understanding import Understanding
from bot.safety.clauses import is_new_or_lasting, is_of_these_days
from bot.safety.injuries import happens_now, hurts_or_is_dated, is_attack
from bot.safety.legs import gives_way_under_weight

_TRAUMA = "major_trauma"
# Below it the classifier sees next to nothing of what the net read in words that sayings use as well ("can't stand my
# chair", "we crashed at my sister's"): asked about before anyone is alarmed. Words of some facts are in no saying, and
# these alarm whatever the classifier sees; those of others nearly so.
DOUBTS_THE_NET = 0.05
_DOUBTED_MORE = 0.11
_DOUBTED_LESS = 0.045
# Blood that is thrown up or a stroke is in few sayings, and told in words that no example resembles; and a question
# behind a numb saddle takes likeness from it.
_DOUBTED_LITTLE = 0.012
# A wish to die in strange words is better told where to get help than asked about.
_DOUBTED_LEAST = 0.008
_NEVER_DOUBTED = frozenset(
    {
        "pregnancy_danger",
        "severe_needling_reaction",
        "known_aneurysm",
        "osteoporosis",
    }
)
# "Weight loss" and "the slimming club has me down two sizes" are no news, and those who waste away look like others.
_WEIGHT = frozenset({"weight_loss_unexplained"})
# An accident that hurts and is not of these days: of held-out examples the least like danger had twice this likeness.
_DOUBTED_UNDATED = 0.008
# Where no kind of danger is among the likeliest five meanings of any sentence, even those are asked about first; not so
# what may be a wish to die, which alarms in any words.
_ALARMS_UNSEEN = frozenset({SUICIDAL})
# A pain between the shoulder blades is a sign where it is new and stays: "mid back pain, good for that?" says neither.
_SIGN_WHERE_NEW = frozenset({"thoracic_pain"})
_OF_LEGS = frozenset({"leg_weakness_severe", "both_legs"})
_SWOON = frozenset({"other_emergency"})
# "Fainting?" may ask about side effects or cry for help.
_ONLY_NAMED = re.compile(r"(?:(?:and|or|any|what about|how about) )?[a-z]+ing ?\?+", re.IGNORECASE)
_LIKE_NO_OTHER = frozenset({"other_emergency", "saddle_numbness"})
_IDIOMATIC = frozenset(
    {
        "leg_weakness_severe",
        "leg_weakness_mild",
        "both_legs",
        "night_pain_constant",
        "worse_after_needling",
        "fever",
        "chest_or_breath",
        "sepsis_signs",
    }
)


def doubts(understanding: Understanding, facts: Sequence[str]) -> bool:
    """Whether the classifier sees too little of the danger that the net read: it knows English, and likeness only."""
    here = [f for f in understanding.findings if f.fact in facts]
    if understanding.language != "en" or any(f.language != "en" for f in here):
        return False
    if happens_now(understanding.heard):
        return False
    if _is_only_named(understanding, facts):
        return True
    if any(f.fact == _TRAUMA and is_attack(f, understanding.heard) for f in here):
        return False
    if _OF_LEGS.intersection(facts) and gives_way_under_weight(understanding.heard):
        return False
    if understanding.danger is None:
        return not _ALARMS_UNSEEN.intersection(facts)
    if _TRAUMA in facts:
        if is_of_these_days(understanding.text):
            return False
        least = _DOUBTED_UNDATED if hurts_or_is_dated(understanding.heard) else DOUBTS_THE_NET
        return understanding.danger.confidence < least
    if _WEIGHT.issuperset(facts):
        return understanding.danger.confidence < DOUBTS_THE_NET
    if _NEVER_DOUBTED.intersection(facts):
        return False
    if SUICIDAL in facts:
        return understanding.danger.confidence < _DOUBTED_LEAST
    return understanding.danger.confidence < _least(facts)


def _least(facts: Sequence[str]) -> float:
    """The likeness that keeps what the net read of these facts from being asked about."""
    if _IDIOMATIC.issuperset(facts):
        return _DOUBTED_MORE
    if _LIKE_NO_OTHER.intersection(facts):
        return _DOUBTED_LITTLE
    return _DOUBTED_LESS


def _is_only_named(understanding: Understanding, facts: Sequence[str]) -> bool:
    """Whether a message names what may be a sign and says nothing that would make it one."""
    if _SWOON.issuperset(facts):
        return bool(_ONLY_NAMED.fullmatch(understanding.text.strip()))
    return _SIGN_WHERE_NEW.issuperset(facts) and not is_new_or_lasting(understanding.heard.text)
