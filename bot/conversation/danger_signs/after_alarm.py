"""What is said to someone who has just been told to get care, as long as nothing else is asked or told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation import small_replies
from bot.conversation.reply import Kind, Reply
from bot.conversation.small_replies import CHITCHAT
from bot.conversation.state import State
from bot.conversation.voice import Voice
from bot.conversation.wish import Wish
from bot.suitability.tiers import Tier

_AGREES = frozenset({"affirm"})
# "No, it's just asleep" takes back what alarmed, and what is not understood may be the same in other words.
_TAKES_BACK = frozenset({"deny", "not_sure", "wrong_answer", "correct_answer", "go_back"})
_UNREAD = frozenset({"miss", "unclear", "off_topic"})
# What someone asks who has just been told to get care: "what should I do", "why".
_ASKS = {"help": "alarm_stands", "why_ask": "alarm_why"}
# "I'll see my doctor first", "should I", and "can I still book".
_PERSON = Wish("control", "talk_to_person")
_DOCTOR, _BOOKING = Wish("topic", "consult_provider"), Wish("gap", "booking")
_CHECK = Wish("check")
_PARTING = frozenset({"thanks", "goodbye"})


def remember(voice: Voice, state: State, alarmed: Reply, *, by_check: Mapping[str, Any] | None = None) -> State:
    """Keep that the patient has been told to get care, and whether it was for thoughts of suicide.

    Args:
        voice: Knows the rules.
        state: The memory so far.
        alarmed: What was said.
        by_check: Of the result of a check, whose answers can be corrected and looked at again: the check as it ended.
    """
    crisis = any(voice.content.rules.criterion(rule).tier is Tier.CRISIS for rule in alarmed.rules)
    asked = {"kind": "alarmed", "crisis": crisis, "said": []}
    return state.but(asked={**asked, "by_check": by_check} if by_check else asked, offered=())


def hear(voice: Voice, state: State, found: Sequence[Wish], *, corrected: bool = False) -> tuple[Reply, State] | None:
    """The reply to thanks, a denial, "what now" or words not understood after an alarm; None for all else.

    The alarm is neither said again nor withdrawn: who cannot examine anyone does not tell them to stay at home. It
    stands until something else is asked. Thanks and goodbyes are answered as such from the second time on; a crisis
    line is named every time.
    None too where an answer of the check that ended so is `corrected`: its outcome is told anew.
    """
    if state.asked is None or state.asked.get("kind") != "alarmed":
        return None
    if corrected and state.asked.get("by_check") and Wish("control", "correct_answer") in found:
        return None
    if set(found) == {_PERSON} and not state.asked["crisis"]:
        return small_replies.person(voice), state  # and the alarm stands
    key = _key(found, state.asked["said"])
    if not key:
        return None
    if state.asked["crisis"]:
        key = "alarm_crisis"
    elif key in state.asked["said"] and {(w.kind, w.value in _PARTING) for w in found} == {("talk", True)}:
        return small_replies.small_talk(voice, found[0].value), state
    said = sorted({*state.asked["said"], key})
    reply = voice.reply(Kind.CHITCHAT, voice.phrase(key), topics=[CHITCHAT])
    return reply, state.but(asked={**state.asked, "said": said})


def _key(found: Sequence[Wish], said: Sequence[str]) -> str:
    if set(found) <= {_DOCTOR, _BOOKING}:
        return "alarm_doctor" if _DOCTOR in found else "alarm_stands"
    if set(found) == {_PERSON}:
        return "alarm_stands"  # of a crisis: its own words follow
    if set(found) == {_CHECK} and "alarm_stands" not in said:
        return "alarm_stands"  # "so am I fine"; who asks once more for a check gets it
    controls = {wish.value for wish in found if wish.kind == "control"}
    kinds = {wish.kind for wish in found} - {"control"}
    asks = controls.intersection(_ASKS)
    if asks and not controls - asks and kinds <= {"talk", *_UNREAD}:
        return _ASKS[min(asks)]
    if controls <= _AGREES and kinds <= {"talk"}:
        return "alarm_stands"
    if controls <= _TAKES_BACK and kinds <= _UNREAD:
        return "alarm_stands" if "alarm_if_wrong" in said else "alarm_if_wrong"
    return ""
