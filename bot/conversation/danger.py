"""Danger signs in what a patient writes: told at once what to do, or asked about once when it is not clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.choices import NO, UNSURE, YES
from bot.conversation.follow_ups import bare
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.understanding import Finding, Understanding
from bot.conversation.voice import Voice
from bot.suitability.evaluator import Assessment, Fired, evaluate
from bot.suitability.ruleset import Criterion, RuleSet
from bot.suitability.tiers import Answer, Tier

RED_FLAG = "red_flag"
YES_NO_UNSURE = (Button("Yes", YES), Button("No", NO), Button("Not sure", UNSURE))

# Facts that many people have had for years for harmless reasons: "is it new?" is asked before anyone is alarmed.
# The other facts with an onset alarm unless the patient says that they are old (docs/decisions/0005).
_OFTEN_OLD = frozenset({"sexual_change"})
# The classifier's word for a danger sign that the net has no pattern for, and the criterion it stands for then.
_SECOND_LINE = {"red_flag/crisis": "E13", "red_flag/emergency": "E15", "red_flag/urgent": ""}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Share of a sentence's words that an earlier one has said, from which on it is a repetition.
_SAME = 0.7
ALARMS_ALONE = 0.80
ASKS_ALONE = 0.45


@dataclass(frozen=True)
class Triage:
    """What one message means for the patient's safety.

    Attributes:
        told: Facts told in this message about whoever needs care.
        assessment: The rules' outcome when it is urgent or worse because of this message; else None.
        unclear: The fact to ask about once, when an emergency or urgent sign is possible but not certain; else "".
        second_line: The label of the classifier that alone saw a danger sign; else "".
        certain: Whether the second line is sure enough to act on.
    """

    told: Mapping[str, Answer]
    assessment: Assessment | None = None
    unclear: str = ""
    second_line: str = ""
    certain: bool = False

    @property
    def alarms(self) -> bool:
        """Whether the patient must be told at once to get care."""
        return self.assessment is not None or (bool(self.second_line) and self.certain)

    @property
    def asks(self) -> bool:
        """Whether one clarifying question comes before anything else."""
        return not self.alarms and bool(self.unclear or self.second_line)


def facts_told(findings: Iterable[Finding]) -> dict[str, Answer]:
    """The health facts that a message tells of the person who needs care; concern wins over denial.

    What is past, hypothetical, or another person's is left out: the net reports cancer long ago as `cancer_past`.
    """
    told: dict[str, Answer] = {}
    rank = {Answer.NO: 0, Answer.UNSURE: 1, Answer.YES: 2}
    for finding in findings:
        if finding.subject != "patient":
            continue
        answer = {"present": Answer.YES, "uncertain": Answer.UNSURE, "absent": Answer.NO}.get(finding.status)
        if answer is Answer.YES and finding.onset == "unknown" and finding.fact in _OFTEN_OLD:
            answer = Answer.UNSURE
        if answer is Answer.YES and finding.onset == "old":
            answer = None
        if answer is not None and (finding.fact not in told or rank[answer] > rank[told[finding.fact]]):
            told[finding.fact] = answer
    return told


def triage(rules: RuleSet, understanding: Understanding, known: Mapping[str, Answer]) -> Triage:
    """Judge one message, together with what the patient told before.

    Only what this message adds can alarm: a danger sign already answered does not answer every later message.

    Args:
        rules: The rule set.
        understanding: The message, with the net's findings and the classifier's candidates.
        known: Facts told earlier in the conversation.
    """
    told = {fact: answer for fact, answer in facts_told(understanding.findings).items() if fact in rules.facts}
    assessment = evaluate(rules, {**known, **told})
    here = {fact for fact, answer in told.items() if answer is not Answer.NO}
    if assessment.tier >= Tier.URGENT and _touches(assessment.deciding, here, Answer.YES, told):
        return Triage(told, assessment)
    for doubt in sorted(assessment.in_doubt, key=lambda f: -f.criterion.tier):
        if doubt.criterion.tier >= Tier.URGENT:
            unclear = [fact for fact in doubt.facts if told.get(fact) is Answer.UNSURE]
            if unclear:
                return Triage(told, unclear=unclear[0])
    label, confidence = _second_line(understanding)
    if label and not _net_explains(understanding):
        return Triage(told, second_line=label, certain=confidence >= ALARMS_ALONE)
    return Triage(told)


def _touches(fired: Iterable[Fired], here: set[str], level: Answer, told: Mapping[str, Answer]) -> bool:
    return any(fact in here and told[fact] is level for f in fired for fact in f.facts)


def _second_line(understanding: Understanding) -> tuple[str, float]:
    danger = understanding.danger
    if danger is None or danger.label not in _SECOND_LINE or danger.confidence < ASKS_ALONE:
        return "", 0.0
    return danger.label, danger.confidence


def _net_explains(understanding: Understanding) -> bool:
    """Whether the net read the same words and found them harmless: denied, past, supposed, someone else's."""
    return any(f.status in ("absent", "past", "hypothetical") or f.subject != "patient" for f in understanding.findings)


def alarm(voice: Voice, triaged: Triage) -> Reply:
    """The reply to a danger sign: what to do first, nothing to choose, nothing else answered."""
    if triaged.assessment is not None:
        return outcome_alarm(voice, triaged.assessment)
    rules = voice.content.rules
    tier = {"red_flag/crisis": Tier.CRISIS, "red_flag/emergency": Tier.EMERGENCY}.get(triaged.second_line, Tier.URGENT)
    criterion = _SECOND_LINE[triaged.second_line]
    return _alarm_reply(voice, tier, [rules.criterion(criterion)] if criterion else [])


def outcome_alarm(voice: Voice, assessment: Assessment) -> Reply:
    """The reply to an assessment that is urgent or worse."""
    criteria = [f.criterion for f in assessment.deciding]
    record = {"assessment": assessment.to_record()}
    return _alarm_reply(voice, assessment.tier, criteria, record)


def _alarm_reply(voice: Voice, tier: Tier, criteria: list[Criterion], record: dict[str, Any] | None = None) -> Reply:
    outcome = voice.content.rules.outcomes[tier]
    lines = [outcome.headline, *outcome.what_to_do, *(c.advice for c in criteria[:2])]
    return voice.reply(
        Kind.EMERGENCY if tier >= Tier.EMERGENCY else Kind.OUTCOME,
        _each_once(lines),
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


def ask_once(voice: Voice, triaged: Triage) -> Reply:
    """One clarifying question, in the simpler words of the check."""
    text = voice.phrase("danger_unclear", question=question_about(voice, triaged.unclear))
    return voice.reply(Kind.QUESTION, text, topics=[RED_FLAG], buttons=YES_NO_UNSURE)


def question_about(voice: Voice, fact: str) -> str:
    """The check's simpler question about a fact, or one about the main danger signs."""
    for question in voice.content.rules.questions:
        if fact and fact in question.facts:
            return question.simpler
    return voice.phrase("danger_general")
