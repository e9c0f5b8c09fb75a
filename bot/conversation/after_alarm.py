"""What is said to someone who has just been told to get care, and neither asks anything nor tells anything new."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reply import Kind, Reply
from bot.conversation.small_replies import CHITCHAT
from bot.conversation.state import State
from bot.conversation.voice import Voice
from bot.conversation.wish import Wish
from bot.suitability.tiers import Tier

_AGREES = frozenset({"affirm"})
# "No, it's just asleep" takes back what alarmed, and what is not understood may be the same in other words.
_TAKES_BACK = frozenset({"deny", "not_sure", "wrong_answer", "correct_answer"})
_UNREAD = frozenset({"miss", "unclear", "off_topic"})


def remember(voice: Voice, state: State, alarmed: Reply) -> State:
    """Keep that the patient has been told to get care, and whether it was for thoughts of suicide."""
    crisis = any(voice.content.rules.criterion(rule).tier is Tier.CRISIS for rule in alarmed.rules)
    return state.but(asked={"kind": "alarmed", "crisis": crisis}, offered=())


def heard(state: State) -> State:
    """The state after that reply: it is said once, but a crisis line may be named too often and not too seldom."""
    return state if state.asked and state.asked["crisis"] else state.but(asked=None)


def hear(voice: Voice, state: State, found: Sequence[Wish]) -> Reply | None:
    """The reply to thanks, a denial or words not understood right after an alarm; None for all else.

    The alarm is neither said again nor withdrawn: who cannot examine anyone does not tell them to stay at home.
    """
    if state.asked is None or state.asked.get("kind") != "alarmed":
        return None
    controls = {wish.value for wish in found if wish.kind == "control"}
    kinds = {wish.kind for wish in found} - {"control"}
    if controls <= _AGREES and kinds <= {"talk"}:
        key = "alarm_stands"
    elif controls <= _TAKES_BACK and kinds <= _UNREAD:
        key = "alarm_if_wrong"
    else:
        return None
    return voice.reply(Kind.CHITCHAT, voice.phrase("alarm_crisis" if state.asked["crisis"] else key), topics=[CHITCHAT])
