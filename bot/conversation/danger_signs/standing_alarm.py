"""An alarm stands for the whole conversation: what else is talked of comes after it, a check above all."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import check_state
from bot.conversation.danger_signs.danger import Triage
from bot.conversation.reply import Kind, Reply
from bot.conversation.state import State
from bot.conversation.wording.read_back import read_back
from bot.conversation.wording.voice import Voice
from bot.suitability.evaluator import evaluate, tier_alone
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier


def raised(tier: Tier) -> dict[str, object]:
    """What is remembered of an alarm."""
    return {"tier": tier.id, "check_waits": False}


def stands(state: State) -> bool:
    """Whether someone was told in this conversation to get care, and it was not put right since."""
    return state.alarm is not None


def tier_of(state: State) -> Tier | None:
    """How grave the alarm is that stands; None where none does."""
    return Tier.from_id(state.alarm["tier"]) if state.alarm is not None else None


def put_right(rules: RuleSet, told: Mapping[str, Answer]) -> bool:
    """Whether what is told takes back a danger sign; that somebody takes no aspirin leaves an alarm as it is."""
    denied = (fact for fact, answer in told.items() if answer is Answer.NO and fact in rules.facts)
    return any(tier_alone(rules, fact) >= Tier.URGENT for fact in denied)


def as_soon(voice: Voice, state: State, key: str) -> str:
    """The phrase for how soon help is to be got: an urgent sign is for today, and not for this minute."""
    today = f"{key}_today"
    return today if tier_of(state) is Tier.URGENT and today in voice.content.phrases.wordings else key


def holds(rules: RuleSet, state: State, triaged: Triage) -> bool:
    """Whether a sign that is not certain would send to no other help than the alarm that was said last.

    Who was told to call 911 is not asked whether they are numb; who may wish to die is asked that.
    """
    alarm = tier_of(state)
    if alarm is None or (state.asked or {}).get("kind") != "alarmed":
        return False
    possible = triaged.second_tier
    if triaged.unclear in rules.facts:
        possible = max(possible, tier_alone(rules, triaged.unclear))
    return possible <= alarm


def check_waits(voice: Voice, state: State, told: Mapping[str, Answer]) -> tuple[Reply, State] | None:
    """The reply to a wish for a check while an alarm stands; None where there is no alarm, or a check may begin.

    Where what was told leads to the alarm again, it always waits. Where only the likeness of words alarmed, who wishes
    for it once more gets it: it asks for the danger signs first.

    Args:
        voice: Says it.
        state: What is remembered.
        told: The facts in the message, which are noted.
    """
    if state.alarm is None or (state.alarm["check_waits"] and not _leads_there(voice.content.rules, state)):
        return None
    crisis = tier_of(state) is Tier.CRISIS
    noted = read_back(voice.content.rules, told)
    key = "alarm_before_check_crisis" if crisis else "alarm_before_check_noted" if noted else "alarm_before_check"
    reply = voice.reply(
        Kind.CHITCHAT,
        voice.phrase(as_soon(voice, state, key), what=noted),
        topics=[check_state.SUITABILITY],
        consult_length="after_help",
    )
    asked = {"said": [], **(state.asked or {}), "kind": "alarmed", "crisis": crisis}
    return reply, state.but(asked=asked, alarm={**state.alarm, "check_waits": True}, misses=0)


def _leads_there(rules: RuleSet, state: State) -> bool:
    """Whether a check begun now would end at once, and with an alarm."""
    return (
        check_state.would_be_over(rules, state) and evaluate(rules, check_state.known(rules, state)).tier >= Tier.URGENT
    )
