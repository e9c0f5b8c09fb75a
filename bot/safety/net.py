"""The safety net: all health facts of one message."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.safety.context import Surroundings
from bot.safety.finding import STATUSES, Finding, Heard
from bot.safety.patterns.grammar import Grammar
from bot.safety.patterns.loader import load
from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rule_matches import asks_if_well, matches, tightest
from bot.safety.patterns.rules import FactRule
from bot.safety.people import People
from bot.safety.tongues.languages import Phrasebook
from bot.safety.when.times import times
from bot.safety.written.spelling import Speller
from bot.safety.written.words import Message, read

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CHECKED_NEURO = "old_checked_neuro"
_PREGNANT, _OF_PREGNANCY = "pregnant", "pregnancy_danger"
# Weeks of one, and a child that moves; not what "has hurt for 31 weeks".
_TELLS_PREGNANCY = re.compile(
    r"\b(?:[5-9]|[1-3]\d|4[0-2]) ?(?:weeks?|wks?)\b(?! ago| old)|\bkick|\bexpecting\b|\bbump\b|\bdue\b|"
    r"\b(?:fifth|sixth|seventh|eighth|ninth|tenth|eleventh|\w+teenth|twelfth|twentieth|thirtieth) week\b"
    r"(?! (?:of|at|on|off|back))|"
    r"\bweek (?:six|seven|eight|nine|ten|eleven|\w+teen|twelve|twenty|thirty)\b(?! (?:of|at|on|off|back))",
    re.IGNORECASE,
)
_LASTED, _LASTED_WITHIN = re.compile(r"\b(?:for|last|past|over|after|in|since|every)\b[^.,]*$", re.IGNORECASE), 14
# Told in the same words.
_OF_LEGS = frozenset({"both_legs", "leg_weakness_mild", "leg_weakness_severe"})


class SafetyNet:
    """Finds health facts in messages, with status, subject and onset.

    Args:
        data_dir: The directory `data/safety`.
        today: Gives the day against which years are counted.

    Raises:
        ContentFaults: when `data_dir` cannot be used as it is.
    """

    def __init__(self, data_dir: Path, today: Callable[[], date] = date.today) -> None:
        data = load(data_dir)
        self._today = today
        self._facts = data.facts
        self._context = data.context
        self._filler = data.filler
        self._vague = {
            fact: tuple(r.found_by for r in data.facts if r.fact == fact and r.vague != "no")
            for fact in {r.fact for r in data.facts}
        }
        # A rule finds nothing where none of these stands: what voids a match needs one.
        self._rules_by_concept: dict[str, list[int]] = {}
        for number, rule in enumerate(data.facts):
            for concept in {rule.found_by, rule.absent_by, rule.harmless} - {""}:
                self._rules_by_concept.setdefault(concept, []).append(number)
        self._grammar = Grammar(data.concepts)
        self._phrasebook = Phrasebook(data.tongues, _dated(data.facts))
        people = frozenset[str]().union(*data.context.people.values())
        self._speller = Speller(self._grammar.words | people, dict(data.respelt), data.left_alone)

    @property
    def facts(self) -> frozenset[str]:
        """The ids of all facts that can be found."""
        later = {rule.past_becomes for rule in self._facts if rule.past_becomes}
        return frozenset({rule.fact for rule in self._facts} | later | {_CHECKED_NEURO})

    def scan(self, doc: Doc) -> tuple[Finding, ...]:
        """The facts of a parsed message, in the order in which they were written."""
        return self.hear(doc).findings

    def hear(self, doc: Doc) -> Heard:
        """The facts of a parsed message, and what it denies."""
        message = read(doc, self._speller.correct, self._filler)
        found = list(self._phrasebook.findings(doc.text))
        denied: tuple[tuple[int, int], ...] = ()
        voided: tuple[tuple[int, int], ...] = ()
        if message.words:
            reader = Reader(message, self._grammar)
            surroundings = Surroundings(reader, self._context, times(message, self._today()))
            facts, sounding = self._scan_words(message, reader, surroundings)
            found = [f for f in found if not _is_of_the_past_in_english(f, facts)] + facts
            voided = tuple(sorted({_place(message, span) for span in sounding}))
            told = [f for f in found if f.status in ("present", "uncertain")]
            denied = tuple(d for d in surroundings.denied() if not any(f.start < d[1] and d[0] < f.end for f in told))
        return Heard(doc.text, tuple(sorted(found, key=lambda f: (f.start, f.end, f.fact))), denied, voided)

    def _scan_words(
        self, message: Message, reader: Reader, surroundings: Surroundings
    ) -> tuple[list[Finding], list[Span]]:
        """The facts, and where words of a fact mean something else."""
        people = People(reader, self._context)
        found: list[Finding] = []
        ill: list[Span] = []
        of_family: list[tuple[int, Span]] = []
        sounding: list[Span] = []
        in_reach = {number for name in reader.in_reach() for number in self._rules_by_concept.get(name, ())}
        for rule in (self._facts[number] for number in sorted(in_reach)):
            vague = self._vague[rule.fact] if rule.vague == "no" else ()
            spans, voided, alike = matches(reader, rule, vague, people.shared, surroundings.lasting)
            sounding += alike
            spans = [span for span in spans if not surroundings.is_read_into_a_question(span, rule)]
            late = _is_late(surroundings, rule, spans)
            found += [_finding(message, span, rule, "harmless", "patient", "unknown") for span in voided]
            for span in spans:
                status = surroundings.status(span, rule)
                onset = surroundings.onset(span, rule)
                subject = people.subject(span, rule)
                if status == "uncertain" and subject == "other" and surroundings.is_dated(span):
                    subject = "patient"  # "someone whose legs went numb yesterday" is asked about
                if late and status == "present" and not surroundings.is_just_now(span):
                    found.append(_late(_finding(message, span, rule, status, subject, onset), rule, surroundings))
                    continue
                found.append(_finding(message, span, rule, status, subject, onset))
                if rule.nature in ("symptom", "event") and (status, subject) == ("present", "patient"):
                    ill.append(span)
                elif rule.nature in ("condition", "medicine") and subject != "patient":
                    of_family.append((len(found) - 1, span))
            if rule.absent_by and not any(f.fact == rule.fact and f.status != "harmless" for f in found):
                said = [s for s in reader.spans(rule.absent_by) if not asks_if_well(message.words, s)]
                for span in tightest(reader, said)[:1]:
                    found.append(_finding(message, span, rule, "absent", people.subject(span, rule), "unknown"))
        for index, span in of_family:
            # A relative who has a symptom now is the patient, and so is his or her illness the patient's.
            if any(people.same_person(span, symptom) for symptom in ill):
                found[index] = replace(found[index], subject="patient")
        found = _with_pregnancy(_beside_what_is_explained(found), message.text)
        return _settled(found) + self._old_and_checked(found, surroundings, message), sounding

    def _old_and_checked(self, found: list[Finding], around: Surroundings, message: Message) -> list[Finding]:
        """`old_checked_neuro`, only where the message says old, unchanged and checked (criterion P08)."""
        old = [f for f in found if f.onset == "old" and f.status in ("present", "past")]
        span = around.old_and_checked() if old else None
        if span is None or any(f.fact == _CHECKED_NEURO for f in found):
            return []
        start, end = message.words[span.start].start, message.words[span.end - 1].end
        return [Finding(_CHECKED_NEURO, "present", old[0].subject, "old", message.text[start:end], start, end)]


def _beside_what_is_explained(found: list[Finding]) -> list[Finding]:
    """The findings without signs of the legs all of whose words another sign of the legs tells to be harmless.

    "Knees like jelly when I saw her" is explained under one fact, and no weak leg either.
    """
    explained = [f for f in found if f.status == "harmless" and f.fact in _OF_LEGS]
    return [
        f
        for f in found
        if f.fact not in _OF_LEGS
        or f.status not in ("present", "uncertain")
        or not any(h.fact != f.fact and h.start <= f.start and f.end <= h.end for h in explained)
    ]


def _is_of_the_past_in_english(foreign: Finding, facts: Iterable[Finding]) -> bool:
    """Whether a word that is the same in English was read there as long over: "a convulsion in 2022"."""
    return any(
        f.fact == foreign.fact and f.status == "past" and f.start < foreign.end and foreign.start < f.end for f in facts
    )


def _with_pregnancy(found: list[Finding], text: str) -> list[Finding]:
    """The findings, with the pregnancy that a danger sign of it tells: "pains every six minutes, 35 weeks"."""
    if any(f.fact == _PREGNANT and f.status != "past" and f.subject == "patient" for f in found):
        return found
    for sign in found:
        if sign.fact == _OF_PREGNANCY and sign.status == "present" and (told := _TELLS_PREGNANCY.search(sign.phrase)):
            at = sign.start + told.start()
            if not _LASTED.search(text[max(0, at - _LASTED_WITHIN) : at]):
                return [*found, replace(sign, fact=_PREGNANT, onset="unknown")]
    return found


def _dated(rules: Iterable[FactRule]) -> dict[str, str]:
    """The facts that are over when they are long ago, with what is told then: events, and illnesses that become past.

    Signs are left out: what somebody felt years ago may have come back.
    """
    events = {rule.fact: "" for rule in rules if rule.nature == "event"}
    return events | {rule.fact: rule.past_becomes for rule in rules if rule.past_becomes}


def _place(message: Message, span: Span) -> tuple[int, int]:
    return message.words[span.start].start, message.words[span.end - 1].end


def _finding(message: Message, span: Span, rule: FactRule, status: str, subject: str, onset: str) -> Finding:
    start, end = _place(message, span)
    fact = rule.fact
    if status == "past" and rule.past_becomes:
        fact, status = rule.past_becomes, "present"
    return Finding(fact, status, subject, onset, message.text[start:end], start, end)


def _is_late(surroundings: Surroundings, rule: FactRule, spans: Iterable[Span]) -> bool:
    """Whether the event is said to be so long ago that it matters whether a clinician has looked at it."""
    if rule.checked_days is None:
        return False
    return any((surroundings.days_ago(span, rule) or 0) >= rule.checked_days for span in spans)


def _late(finding: Finding, rule: FactRule, surroundings: Surroundings) -> Finding:
    if surroundings.is_checked():
        return replace(finding, status="past")
    return replace(finding, fact=rule.checked_becomes, status="uncertain")


def _settled(found: list[Finding]) -> list[Finding]:
    """One finding for each fact and place; a denial goes where the same fact is affirmed of the same person."""
    affirmed = {(f.fact, f.subject) for f in found if f.status == "present"}
    by_place: dict[tuple[str, int, str], Finding] = {}
    for finding in found:
        if finding.status == "absent" and (finding.fact, finding.subject) in affirmed:
            continue
        key = (finding.fact, finding.start, finding.subject)
        kept = by_place.get(key)
        if kept is None or STATUSES.index(finding.status) < STATUSES.index(kept.status):
            by_place[key] = finding
    return list(by_place.values())
