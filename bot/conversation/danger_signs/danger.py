"""Danger signs in what a patient writes: told at once what to do, or asked about once when it is not clear."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.danger_signs import second_line
from bot.conversation.danger_signs.doubts import doubts
from bot.conversation.understanding import Understanding
from bot.safety.finding import Finding
from bot.safety.proxy import asks_for_another, tells_of_another
from bot.safety.reading import SAID_OF_ANY_PAIN, names_danger_beside
from bot.suitability.conditions import Is
from bot.suitability.evaluator import Assessment, Fired, evaluate, tier_alone
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier

# Facts that many people have had for years for harmless reasons: "is it new?" is asked before anyone is alarmed.
# The other facts with an onset alarm unless the patient says that they are old (docs/decisions/0005).
_OFTEN_OLD = frozenset({"sexual_change"})
# Told with more they are signs; what is said of them is no mere history.
_SIGNS_WITH_MORE = frozenset(
    {
        "pregnancy_danger",
        "pregnant",
        "band_pain",
        "leg_pain_stable",
        "old_checked_neuro",
        "belly_symptoms",
        "inflammatory_pattern",
    }
)
_URINARY = "urinary_infection_signs"
_SECOND_TIER = {
    "red_flag/crisis": Tier.CRISIS,
    "red_flag/emergency": Tier.EMERGENCY,
    "red_flag/urgent": Tier.URGENT,
}


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
        listed: Whether the check asks about what the second line saw: "here" by the question on screen, "later", or "".
    """

    told: Mapping[str, Answer]
    assessment: Assessment | None = None
    alarming: tuple[Fired, ...] = ()
    unclear: str = ""
    second_line: str = ""
    certain: bool = False
    listed: str = ""

    @property
    def alarms(self) -> bool:
        """Whether the patient must be told at once to get care."""
        return bool(self.alarming) or (bool(self.second_line) and self.certain)

    @property
    def asks(self) -> bool:
        """Whether one clarifying question comes before anything else."""
        return not self.alarms and not self.listed and bool(self.unclear or self.second_line)

    @property
    def second_tier(self) -> Tier:
        """What the classifier's label calls for."""
        return _SECOND_TIER.get(self.second_line, Tier.GENERALLY_SUITABLE_CONSULT_FIRST)


def facts_told(
    findings: Iterable[Finding], text: str = "", supposed: frozenset[str] = frozenset(), *, for_another: bool = False
) -> dict[str, Answer]:
    """The health facts that a message tells of the person who needs care; concern wins over denial.

    What is past, hypothetical, or another person's is left out: the net reports cancer long ago as `cancer_past`.
    Who asks whether her mother may have it asks for her mother: what is told of "her" counts then.

    Args:
        findings: What the net found.
        text: The message.
        supposed: Facts that count even where they are only supposed: "can I have it if I am pregnant" tells as much.
        for_another: Whether it is known that somebody else needs care; the net, which reads one message, is not told.
    """
    of_another = asks_for_another(text) or (for_another and tells_of_another(text))
    others = {"patient", "other", "family"} if of_another else {"patient"}
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
        if answer in (Answer.YES, Answer.UNSURE) and finding.onset == "old":
            answer = None
        if answer is not None and (finding.fact not in told or rank[answer] > rank[told[finding.fact]]):
            told[finding.fact] = answer
    return told


def precautions_of_another(rules: RuleSet, understanding: Understanding) -> frozenset[str]:
    """What a message tells of somebody else and that alone calls for no care today: "my mum has a pacemaker"."""
    others = {f.fact for f in understanding.findings if f.subject in ("other", "family") and f.status == "present"}
    return frozenset(fact for fact in others & rules.facts.keys() if tier_alone(rules, fact) < Tier.URGENT)


@lru_cache(maxsize=2)
def precautions(rules: RuleSet) -> frozenset[str]:
    """The facts that alone send to a provider or wait, and never to an emergency room."""
    alone = {c.when.fact for c in rules.criteria if isinstance(c.when, Is) and c.tier < Tier.URGENT}
    return frozenset(alone - {c.when.fact for c in rules.criteria if isinstance(c.when, Is) and c.tier >= Tier.URGENT})


@lru_cache(maxsize=2)
def histories(rules: RuleSet) -> frozenset[str]:
    """The illnesses, medicines and habits that alone send nobody to a doctor today: no sign, whoever has them."""
    quiet = {fact for fact in rules.facts if tier_alone(rules, fact) < Tier.URGENT}
    return frozenset(quiet - SAID_OF_ANY_PAIN - _SIGNS_WITH_MORE)


def triage(
    rules: RuleSet, understanding: Understanding, known: Mapping[str, Answer], *, undoubted: Collection[str] = ()
) -> Triage:
    """Judge one message, together with what the patient told before.

    Only what this message adds can alarm: a danger sign already answered does not answer every later message.

    Args:
        rules: The rule set.
        understanding: The message, with the net's findings and the classifier's candidates.
        known: Facts told earlier in the conversation.
        undoubted: What alarms however little its words look like danger, because it is one by what was told earlier:
            "it's a new pain though", after a cancer.
    """
    supposed, for_another = _supposed(rules, understanding), known.get(SOMEONE_ELSE) is Answer.YES
    found = facts_told(understanding.findings, understanding.text, supposed, for_another=for_another)
    told = _judged_by(rules, found)
    # Most messages tell nothing, and only what this one tells is looked for in the outcome.
    assessment = evaluate(rules, {**known, **told}) if told else None
    affirmed, alarming = _alarming(told, assessment)
    in_doubt = assessment.in_doubt if assessment else ()
    doubted = [fact for alarm in alarming for fact in alarm.facts if fact in affirmed]
    if doubted and not set(undoubted).issuperset(doubted) and doubts(understanding, doubted):
        if second_line.is_sure_of_an_emergency(understanding):
            return Triage(told, assessment, alarming, second_line=second_line.EMERGENCY, certain=True)
        return Triage(told, unclear=doubted[0])
    label = understanding.danger.label if understanding.danger else ""
    if alarming:
        graver = second_line.is_graver(understanding) and not _is_only_of_urine(understanding, doubted)
        return Triage(told, assessment, alarming, second_line=label, certain=graver)
    seen = second_line.sees(understanding, told, precautions(rules), histories(rules))
    if seen.verdict == second_line.ALARM:
        return Triage(told, second_line=seen.label, certain=True)
    if second_line.alarms_of_an_emergency(understanding) and _befalls_a_relative(rules, understanding.findings):
        return Triage(told, second_line=second_line.EMERGENCY, certain=True)
    for doubt in sorted(in_doubt, key=lambda f: -f.criterion.tier):
        if doubt.criterion.tier >= Tier.URGENT:
            unclear = [fact for fact in doubt.facts if told.get(fact) is Answer.UNSURE]
            if unclear:
                return Triage(told, unclear=unclear[0])
    if seen.verdict and seen.label == second_line.CRISIS:
        # Who may wish to die is asked about that, not about numb legs.
        return Triage(told, unclear=second_line.SUICIDAL)
    return Triage(told, second_line=seen.label)


def alarm_alone(rules: RuleSet, understanding: Understanding) -> Triage:
    """Judge a message by itself where no answer to a question could be taken: it alarms, or nothing is known of danger.

    What the net affirms alarms even where the classifier doubts it, which may not have read the message.
    """
    told = _judged_by(rules, facts_told(understanding.findings, understanding.text))
    assessment = evaluate(rules, told) if told else None
    _, alarming = _alarming(told, assessment)
    if alarming:
        return Triage(told, assessment, alarming)
    seen = second_line.sees(understanding, told, precautions(rules), histories(rules))
    return Triage(told, second_line=seen.label, certain=True) if seen.verdict == second_line.ALARM else Triage(told)


def _judged_by(rules: RuleSet, told: Mapping[str, Answer]) -> dict[str, Answer]:
    return {fact: answer for fact, answer in told.items() if fact in rules.facts}


def _alarming(told: Mapping[str, Answer], assessment: Assessment | None) -> tuple[set[str], tuple[Fired, ...]]:
    """The facts that a message affirms, and the criteria they meet that call for care today or at once."""
    affirmed = {fact for fact, answer in told.items() if answer is Answer.YES}
    fired = assessment.fired if assessment else ()
    return affirmed, tuple(f for f in fired if f.tier >= Tier.URGENT and affirmed.intersection(f.facts))


def _befalls_a_relative(rules: RuleSet, findings: Iterable[Finding]) -> bool:
    """Whether a relative has what is an emergency whosever it is: "lifting mum hurt my back, she is vomiting blood".

    Of what may be old, as a father's weak bladder, the relative's is not the writer's to be asked about.
    """
    now = {f.fact for f in findings if f.subject == "family" and f.status == "present" and f.onset != "old"}
    return any(tier_alone(rules, fact) >= Tier.EMERGENCY for fact in (now & rules.facts.keys()) - rules.dated)


def _is_only_of_urine(understanding: Understanding, facts: Iterable[str]) -> bool:
    """Whether a message tells of burning or frequent urine and of no other danger.

    To the classifier that is the same as being unable to pass it, which it must not be read as (E01, U08).
    """
    if set(facts) != {_URINARY}:
        return False
    return not names_danger_beside(understanding.heard)


def _supposed(rules: RuleSet, understanding: Understanding) -> frozenset[str]:
    asks_for_check = any(s.candidates and s.candidates[0].label == "check_suitability" for s in understanding.segments)
    return precautions(rules) if asks_for_check else frozenset()
