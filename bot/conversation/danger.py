"""Danger signs in what a patient writes: told at once what to do, or asked about once when it is not clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.conversation.choices import NO, UNSURE, YES
from bot.conversation.denials import says_it_is_not
from bot.conversation.follow_ups import bare
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.understanding import Finding, Understanding
from bot.conversation.voice import Voice
from bot.suitability.conditions import Is
from bot.suitability.evaluator import Assessment, Fired, evaluate
from bot.suitability.ruleset import Criterion, RuleSet
from bot.suitability.tiers import Answer, Tier

RED_FLAG = "red_flag"
YES_NO_UNSURE = (Button("Yes", YES), Button("No", NO), Button("Not sure", UNSURE))

# Facts that many people have had for years for harmless reasons: "is it new?" is asked before anyone is alarmed.
# The other facts with an onset alarm unless the patient says that they are old (docs/decisions/0005).
_SUICIDAL = "suicidal"
_OFTEN_OLD = frozenset({"sexual_change"})
# The classifier's word for a danger sign that the net has no pattern for, and the criterion it stands for then.
_SECOND_LINE = {"red_flag/crisis": "E13", "red_flag/emergency": "E15", "red_flag/urgent": ""}
_ASKS_FOR_ANOTHER = re.compile(
    r"\b(?:can|could|would|will|may|should|is it|is this|be|ok|okay|safe|suitable|right|good)(?: \w+)? (?:for )?"
    r"(?:my|our) (?:\w+ )?(?:mum|mom|mother|dad|father|wife|husband|partner|sister|brother|aunt|uncle|friend|gran|nan|"
    r"grandma|grandmother|grandpa|grandfather|boyfriend|girlfriend|son|daughter|client|mil|fil|parents?)\b"
    r"(?!.*\b(?:for me|can i|i have)\b)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Share of a sentence's words that an earlier one has said, from which on it is a repetition.
_SAME = 0.7
_SECOND_TIER = {
    "red_flag/crisis": Tier.CRISIS,
    "red_flag/emergency": Tier.EMERGENCY,
    "red_flag/urgent": Tier.URGENT,
}
# Between net and classifier (docs/decisions/0008): measured on one half of tests/blind, counted on the other.
# From here on the classifier alarms where the net read nothing; urgent signs look more like daily pain.
ALARMS_ALONE = {"red_flag/crisis": 0.66, "red_flag/emergency": 0.72, "red_flag/urgent": 0.88}
# From here on it asks; and where the net read the words as denied, past or another person's, from there.
ASKS_ALONE = {"red_flag/crisis": 0.1, "red_flag/emergency": 0.1, "red_flag/urgent": 0.12}
ASKS_AGAINST_THE_NET = 0.9
# Where the net read an urgent sign, from there the classifier's graver reading is told.
GRAVER = 0.9
# Where the net knows the words as harmless ("my foot fell asleep when I sat on it"), from there.
ASKS_LOOK_ALIKES = 0.97
# A message of more words may hold something else that the classifier is right about.
_SHORT = 30
_OLD_AND_CHECKED = "old_checked_neuro"
# What is no danger as long as the pain is not new.
_QUIET_WITHOUT_NEW_PAIN = frozenset({"known_aneurysm", "cancer_now", "cancer_past"})
# What is said of these says nothing about a danger sign.
_SAID_OF_ANY_PAIN = frozenset(
    {"new_or_worse_pain", "recent_pain", "pain_unchecked", "age_65_plus", "for_someone_else", "minor_injury_pain"}
)
# Below it the classifier sees next to nothing of what the net read in words that sayings use as well ("can't stand my
# chair", "we crashed at my sister's"): asked about before anyone is alarmed. Words of some facts are in no saying, and
# these alarm whatever the classifier sees; those of others nearly so.
DOUBTS_THE_NET = 0.05
_DOUBTED_LESS = 0.001
_NEVER_DOUBTED = frozenset({"pregnancy_danger", "severe_needling_reaction", "known_aneurysm", "fever", "major_trauma"})
# Where no kind of danger is among the likeliest five meanings of any sentence, even those are asked about first; not so
# what may be a wish to die, which alarms in any words.
_ALARMS_UNSEEN = frozenset({"suicidal"})
_IDIOMATIC = frozenset(
    {
        "leg_weakness_severe",
        "leg_weakness_mild",
        "both_legs",
        "night_pain_constant",
        "worse_after_needling",
        "chest_or_breath",
        "sepsis_signs",
    }
)


@dataclass(frozen=True)
class Triage:
    """What one message means for the patient's safety.

    Attributes:
        told: Facts told in this message about whoever needs care.
        assessment: The rules' outcome for all that is known by now; None when nothing in this message alarms.
        alarming: The criteria that this message meets and that call for care today or at once.
        unclear: The fact to ask about once, when an emergency or urgent sign is possible but not certain; else "".
        second_line: The label of the classifier that alone saw a danger sign; else "".
        certain: Whether the second line is sure enough to act on.
    """

    told: Mapping[str, Answer]
    assessment: Assessment | None = None
    alarming: tuple[Fired, ...] = ()
    unclear: str = ""
    second_line: str = ""
    certain: bool = False

    @property
    def alarms(self) -> bool:
        """Whether the patient must be told at once to get care."""
        return bool(self.alarming) or (bool(self.second_line) and self.certain)

    @property
    def asks(self) -> bool:
        """Whether one clarifying question comes before anything else."""
        return not self.alarms and bool(self.unclear or self.second_line)

    @property
    def second_tier(self) -> Tier:
        """What the classifier's label calls for."""
        return _SECOND_TIER.get(self.second_line, Tier.GENERALLY_SUITABLE_CONSULT_FIRST)


def facts_told(
    findings: Iterable[Finding], text: str = "", supposed: frozenset[str] = frozenset()
) -> dict[str, Answer]:
    """The health facts that a message tells of the person who needs care; concern wins over denial.

    What is past, hypothetical, or another person's is left out: the net reports cancer long ago as `cancer_past`.
    Who asks whether her mother may have it asks for her mother: what is told of "her" counts then.

    Args:
        findings: What the net found.
        text: The message.
        supposed: Facts that count even where they are only supposed: "can I have it if I am pregnant" tells as much.
    """
    others = {"patient", "other", "family"} if _ASKS_FOR_ANOTHER.search(text.lower()) else {"patient"}
    told: dict[str, Answer] = {}
    rank = {Answer.NO: 0, Answer.UNSURE: 1, Answer.YES: 2}
    for finding in findings:
        if finding.subject not in others:
            continue
        answer = {"present": Answer.YES, "uncertain": Answer.UNSURE, "absent": Answer.NO}.get(finding.status)
        if finding.status == "hypothetical" and finding.fact in supposed:
            answer = Answer.YES
        if answer is Answer.YES and finding.onset == "unknown" and finding.fact in _OFTEN_OLD:
            answer = Answer.UNSURE
        if answer is Answer.YES and finding.onset == "old":
            answer = None
        if answer is not None and (finding.fact not in told or rank[answer] > rank[told[finding.fact]]):
            told[finding.fact] = answer
    return told


def precautions(rules: RuleSet) -> frozenset[str]:
    """The facts that alone send to a provider or wait, and never to an emergency room."""
    alone = {c.when.fact for c in rules.criteria if isinstance(c.when, Is) and c.tier < Tier.URGENT}
    return frozenset(alone - {c.when.fact for c in rules.criteria if isinstance(c.when, Is) and c.tier >= Tier.URGENT})


def triage(rules: RuleSet, understanding: Understanding, known: Mapping[str, Answer]) -> Triage:
    """Judge one message, together with what the patient told before.

    Only what this message adds can alarm: a danger sign already answered does not answer every later message.

    Args:
        rules: The rule set.
        understanding: The message, with the net's findings and the classifier's candidates.
        known: Facts told earlier in the conversation.
    """
    found = facts_told(understanding.findings, understanding.text, _supposed(rules, understanding))
    told = {fact: answer for fact, answer in found.items() if fact in rules.facts}
    assessment = evaluate(rules, {**known, **told})
    here = {fact for fact, answer in told.items() if answer is not Answer.NO}
    affirmed = {fact for fact in here if told[fact] is Answer.YES}
    alarming = tuple(f for f in assessment.fired if f.tier >= Tier.URGENT and affirmed.intersection(f.facts))
    danger = understanding.danger
    label, confidence = (danger.label, danger.confidence) if danger else ("", 0.0)
    certain = bool(label) and confidence >= ALARMS_ALONE.get(label, 2)
    doubted = [fact for fired in alarming for fact in fired.facts if fact in affirmed]
    if doubted and _is_doubtful(understanding, doubted):
        return Triage(told, unclear=doubted[0])
    if alarming:
        return Triage(told, assessment, alarming, second_line=label, certain=certain and confidence >= GRAVER)
    for doubt in sorted(assessment.in_doubt, key=lambda f: -f.criterion.tier):
        if doubt.criterion.tier >= Tier.URGENT:
            unclear = [fact for fact in doubt.facts if told.get(fact) is Answer.UNSURE]
            if unclear:
                return Triage(told, unclear=unclear[0])
    # A history that the net has read ("heart attack in May, recovered") looks like an urgent sign and is for the check.
    explained = _net_explains(understanding) or (
        label == "red_flag/urgent"
        and any(answer is Answer.YES for fact, answer in told.items() if fact not in _SAID_OF_ANY_PAIN)
    )
    looks_alike = (_SAID_OF_ANY_PAIN | precautions(rules)).issuperset(told) and _looks_alike(understanding)
    looks_alike = looks_alike or _is_old_and_checked(understanding)
    asks_from = ASKS_LOOK_ALIKES if looks_alike else ASKS_AGAINST_THE_NET if explained else ASKS_ALONE.get(label, 1)
    quiet = label != "red_flag/crisis" and says_it_is_not(
        understanding, _SAID_OF_ANY_PAIN, past_too=label == "red_flag/urgent"
    )
    if label in _SECOND_LINE and confidence >= asks_from and not quiet:
        return Triage(told, second_line=label, certain=certain and not explained and not looks_alike)
    return Triage(told)


def _is_doubtful(understanding: Understanding, facts: Sequence[str]) -> bool:
    """Whether the classifier sees too little of the danger that the net read: it knows English, and likeness only."""
    here = [f for f in understanding.findings if f.fact in facts]
    if understanding.language != "en" or any(f.language != "en" for f in here):
        return False
    if understanding.danger is None:
        return not _ALARMS_UNSEEN.intersection(facts)
    if _NEVER_DOUBTED.intersection(facts):
        return False
    least = DOUBTS_THE_NET if _IDIOMATIC.issuperset(facts) else _DOUBTED_LESS
    return understanding.danger.confidence < least


def _supposed(rules: RuleSet, understanding: Understanding) -> frozenset[str]:
    asks_for_check = any(s.candidates and s.candidates[0].label == "check_suitability" for s in understanding.segments)
    return precautions(rules) if asks_for_check else frozenset()


def _net_explains(understanding: Understanding) -> bool:
    """Whether the net read the same words and found them harmless: denied, past, supposed, someone else's."""
    history = any(f.fact in _QUIET_WITHOUT_NEW_PAIN for f in understanding.findings)
    if history and any((f.fact, f.status) == ("new_or_worse_pain", "absent") for f in understanding.findings):
        return True
    return any(
        f.fact not in _SAID_OF_ANY_PAIN
        and (f.status in ("absent", "past", "hypothetical") or f.onset == "old" or f.subject != "patient")
        for f in understanding.findings
    )


def _is_old_and_checked(understanding: Understanding) -> bool:
    """Whether all that a short message tells is old, unchanged and seen by a clinician."""
    facts = [f for f in understanding.findings if f.status in ("present", "uncertain")]
    aged = all(f.onset == "old" or f.fact == _OLD_AND_CHECKED for f in facts)
    return aged and any(f.fact == _OLD_AND_CHECKED for f in facts) and len(understanding.text.split()) <= _SHORT


def _looks_alike(understanding: Understanding) -> bool:
    """Whether the net knows these words as a harmless saying or situation, and the message holds little else."""
    harmless = any(f.status == "harmless" for f in understanding.findings)
    return harmless and len(understanding.text.split()) <= _SHORT


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
    text = question_about(voice, triaged.unclear)
    if triaged.unclear != _SUICIDAL:
        text = voice.phrase("danger_unclear", question=text)
    return voice.reply(Kind.QUESTION, text, topics=[RED_FLAG], buttons=YES_NO_UNSURE)


def question_about(voice: Voice, fact: str) -> str:
    """The plain question about a fact, or one about the main danger signs."""
    if fact == _SUICIDAL:
        return voice.phrase("danger_suicidal")
    known = voice.content.rules.facts.get(fact)
    return known.asks if known and known.asks else voice.phrase("danger_general")
