"""The check as values: facts, sources, criteria and outcomes, with the questions under one version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.suitability.conditions import Condition, Named
from bot.suitability.questions import Question
from bot.suitability.tiers import Level, Tier


class Verification(StrEnum):
    """How a statement was checked against its sources; a criterion carries the weakest mark that matters to it."""

    READ = "read"
    SECOND_HAND = "second_hand"
    NOT_RETRIEVED = "not_retrieved"


@dataclass(frozen=True)
class Fact:
    """Something that is so or not so about the person who needs care.

    Attributes:
        asks: One plain question about this fact alone, for when a message leaves it open.
        called: A few plain words by which it is read back to who told it; "" where that is never done.
        warns: What is said with that, because it can not wait for the result; "" for most.
    """

    id: str
    means: str
    onset: str = ""
    asks: str = ""
    called: str = ""
    warns: str = ""


@dataclass(frozen=True)
class Source:
    """A published text that criteria rest on."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    seen: Verification
    seen_note: str = ""


@dataclass(frozen=True)
class Criterion:
    """One rule: when it is met, the outcome is at least as cautious as its tier.

    Attributes:
        because: Why it matters, to the patient.
        advice: What to do about it, to the patient.
        statutory_consult: It matches Washington's WAC 246-803-310, for staff.
        disagreement: Where the sources differ, for clinicians.
    """

    id: str
    item: str
    tier: Tier
    when: Condition
    because: str
    advice: str
    sources: tuple[str, ...]
    verification: Verification
    reviewed: date
    review_due: date
    watch: str = ""
    statutory_consult: bool = False
    disagreement: str = ""

    @property
    def is_process(self) -> bool:
        """Whether it judges the answers as a whole instead of facts."""
        return isinstance(self.when, Named)


@dataclass(frozen=True)
class Outcome:
    """The words of one tier."""

    tier: Tier
    headline: str
    meaning: str
    what_to_do: tuple[str, ...]
    watch_for: tuple[str, ...]
    limits: str
    what_would_change_it: str


@dataclass(frozen=True)
class RuleSet:
    """Everything the check knows. `version` is a hash of the content: equal content, equal version."""

    version: str
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    outcomes: Mapping[Tier, Outcome]

    def __hash__(self) -> int:
        """Of the version, which stands for the content."""
        return hash(self.version)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id.

        Raises:
            KeyError: when there is none.
        """
        return self._criteria_by_id[criterion_id]

    def question(self, question_id: str) -> Question:
        """The question of that id.

        Raises:
            KeyError: when there is none.
        """
        return self._questions_by_id[question_id]

    def criteria_reading(self, question: Question) -> tuple[Criterion, ...]:
        """The criteria that read a fact of the question."""
        return self._criteria_by_question[question.id]

    @cached_property
    def unanswered(self) -> Mapping[str, Level]:
        """How far each fact is so before anything is said: a fact no question asks counts as denied until mentioned."""
        return {fact: Level.NOT_ASKED if fact in self.asked_facts else Level.NO for fact in self.facts}

    @cached_property
    def over_facts(self) -> tuple[tuple[Criterion, Level], ...]:
        """The criteria that judge facts, in their order, and how far each is met before anything is said."""
        return tuple((c, c.when.level(self.unanswered)) for c in self.criteria if not c.is_process)

    @cached_property
    def places_reading(self) -> Mapping[str, tuple[int, ...]]:
        """Where in `over_facts` the criteria stand that read a fact."""
        read = {fact: [n for n, (c, _) in enumerate(self.over_facts) if fact in c.when.facts()] for fact in self.facts}
        return {fact: tuple(places) for fact, places in read.items()}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each criterion in criteria.yml, by its id."""
        return {criterion.id: number for number, criterion in enumerate(self.criteria)}

    @cached_property
    def asked_facts(self) -> frozenset[str]:
        """The facts some question asks; the others are only ever found in what a person writes."""
        return frozenset().union(*(q.facts for q in self.questions))

    @cached_property
    def asked_alone(self) -> frozenset[str]:
        """The facts that have a question of their own, for when a message leaves them open."""
        return frozenset(fact.id for fact in self.facts.values() if fact.asks)

    @cached_property
    def dated(self) -> frozenset[str]:
        """The facts of which it matters whether they are new."""
        return frozenset(fact.id for fact in self.facts.values() if fact.onset)

    @cached_property
    def _criteria_by_question(self) -> dict[str, tuple[Criterion, ...]]:
        return {q.id: tuple(c for c in self.criteria if c.when.facts() & q.facts) for q in self.questions}

    @cached_property
    def _criteria_by_id(self) -> dict[str, Criterion]:
        return {c.id: c for c in self.criteria}

    @cached_property
    def _questions_by_id(self) -> dict[str, Question]:
        return {q.id: q for q in self.questions}

    def overdue(self, on: date) -> tuple[Criterion, ...]:
        """The criteria whose review was due before that day."""
        return tuple(c for c in self.criteria if c.review_due < on)
