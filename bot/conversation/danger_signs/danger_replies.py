"""What a patient is told about a danger sign: at once what to do, or one question where it is not clear."""

from __future__ import annotations

import re
from typing import Any

from bot.conversation.choices import NO, UNSURE, YES
from bot.conversation.danger_signs.danger import Triage
from bot.conversation.danger_signs.second_line import SUICIDAL
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.wording.voice import Voice
from bot.safety.written.letters import bare
from bot.suitability.evaluator import Assessment, tier_alone
from bot.suitability.ruleset import Criterion
from bot.suitability.tiers import Tier

RED_FLAG = "red_flag"
YES_NO_UNSURE = (Button("Yes", YES), Button("No", NO), Button("Not sure", UNSURE))

# The criterion that a danger sign stands for which only the classifier saw.
_SECOND_LINE = {"red_flag/crisis": "E13", "red_flag/emergency": "E15", "red_flag/urgent": ""}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Share of a sentence's words that an earlier one has said, from which on it is a repetition.
_SAME = 0.7


def alarm(voice: Voice, triaged: Triage) -> Reply:
    """The reply to a danger sign: what to do first, nothing to choose, nothing else answered."""
    rules = voice.content.rules
    tier = max((fired.tier for fired in triaged.alarming), default=Tier.GENERALLY_SUITABLE_CONSULT_FIRST)
    criteria = [fired.criterion for fired in triaged.alarming if fired.tier is tier]
    # Fever that the net saw and raving that it did not: the graver reading of the two is told.
    if triaged.certain and triaged.second_tier > tier:
        tier = triaged.second_tier
        criterion = _SECOND_LINE[triaged.second_line]
        criteria = [rules.criterion(criterion)] if criterion else []
    record = {"assessment": triaged.assessment.to_record()} if triaged.assessment else None
    return _alarm_reply(voice, tier, criteria, record)


def outcome_alarm(voice: Voice, assessment: Assessment) -> Reply:
    """The reply to an assessment that is urgent or worse."""
    criteria = [f.criterion for f in assessment.deciding]
    record = {"assessment": assessment.to_record()}
    return _alarm_reply(voice, assessment.tier, criteria, record)


def _alarm_reply(voice: Voice, tier: Tier, criteria: list[Criterion], record: dict[str, Any] | None = None) -> Reply:
    outcome = voice.content.rules.outcomes[tier]
    lines = _each_once([outcome.headline, *outcome.what_to_do, *(c.advice for c in criteria[:2])])
    return voice.reply(
        Kind.EMERGENCY if tier >= Tier.EMERGENCY else Kind.OUTCOME,
        "\n".join(filter(None, (voice.help_in_their_language(tier), lines))),
        topics=[RED_FLAG],
        tier="emergency" if tier is Tier.CRISIS else tier.id,
        rules=[c.id for c in criteria],
        record=record,
        consult_length="after_help",
    )


def _each_once(lines: list[str]) -> str:
    """The lines without the sentences that an earlier line has said in nearly the same words."""
    said: list[frozenset[str]] = []
    kept: list[str] = []
    for line in lines:
        fresh = []
        for sentence in _SENTENCE_END.split(line):
            words = frozenset(bare(sentence).split())
            if not any(len(words & earlier) >= _SAME * len(words) for earlier in said):
                fresh.append(sentence)
            said.append(words)
        if fresh:
            kept.append(" ".join(fresh))
    return "\n".join(kept)


def ask_about(voice: Voice, fact: str, *, why: bool = False, of_another: bool = False) -> Reply:
    """One clarifying question, in the simpler words of the check, with what to do if the answer is yes.

    Args:
        voice: Speaks.
        fact: What is unclear; "" asks about the main danger signs.
        why: Whether to say first why it is asked.
        of_another: Whether somebody else than the writer needs care.
    """
    person = "_other" if of_another else ""
    if fact == SUICIDAL:
        text = voice.phrase(f"danger_suicidal{person}")
    else:
        known = voice.content.rules.facts.get(fact)
        question = known.asks if known and known.asks else voice.phrase(f"danger_general{person}")
        today = "_today" if _is_for_today(voice, fact) else ""
        text = voice.phrase(f"danger_unclear{today}{person}", question=question)
    if why:
        text = f"{voice.phrase('danger_why')} {text}"
    text = "\n".join(filter(None, (voice.sorry_in_their_language(), text)))
    return voice.reply(Kind.QUESTION, text, topics=[RED_FLAG], buttons=YES_NO_UNSURE)


def left_open(voice: Voice, fact: str) -> Reply:
    """What is said of a danger question that nobody answered: when to get help, without a claim that it is needed."""
    kind = "_suicidal" if fact == SUICIDAL else "_today" if _is_for_today(voice, fact) else ""
    return voice.reply(Kind.CHITCHAT, voice.phrase(f"danger_left_open{kind}"), topics=[RED_FLAG])


def _is_for_today(voice: Voice, fact: str) -> bool:
    rules = voice.content.rules
    return fact in rules.facts and tier_alone(rules, fact) is Tier.URGENT
