"""The check as values: facts, sources, criteria, questions and outcomes, under one version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.suitability.conditions import Condition, Named
from bot.suitability.tiers import Answer, Level, Tier


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
    """

    id: str
    means: str
    onset: str = ""
    asks: str = ""


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
class Option:
    """One choice of a follow-up; choosing it sets facts. `closes`: nothing else of the list is asked then."""

    id: str
    label: str
    sets: Mapping[str, Answer]
    closes: bool = False


@dataclass(frozen=True)
class FollowUp:
    """Asks which of a group it is, after "yes" to the group.

    Attributes:
        yes: What a plain "yes" sets, where the follow-up is itself a yes-or-no question that narrows down the first one
            ("is it someone under 18?"); empty where it asks which one of a list.
        simpler: The re-ask of such a question after "not sure"; `simpler_other` about another person.
        unsure: What is set when the person does not know which; the rest of the group is then unsure.
        none: What is set when the person says "none of these"; being contradicted, the rest is then unsure.
    """

    text: str
    text_other: str
    options: tuple[Option, ...]
    unsure: Mapping[str, Answer]
    none: Mapping[str, Answer]
    yes: Mapping[str, Answer] = field(default_factory=dict)
    simpler: str = ""
    simpler_other: str = ""


@dataclass(frozen=True)
class Question:
    """One screen, worded so that "no" is the reassuring answer.

    Attributes:
        yes: The facts that "yes" sets at once, before any follow-up.
        also: Further facts the wording names; "no" denies them, and "yes" leaves them open.
        items: What the question lists, where it has no follow-up that does.
        text_other: The same question about another person.
        simpler: The re-ask after "not sure"; `simpler_other` about another person.
        why: The answer to "why do you ask?".
        confirms: Whether a first plain "yes" is asked about once more in the simpler words: people who are adults
            answer "yes" to a question about age out of habit.
    """

    id: str
    text: str
    text_other: str
    simpler: str
    simpler_other: str
    why: str
    yes: Mapping[str, Answer]
    also: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    follow_up: FollowUp | None = None
    confirms: bool = False

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact the question speaks about; "no" denies those not known yet."""
        return frozenset(self.yes).union(self.also, *(o.sets for o in self.options))

    @property
    def options(self) -> tuple[Option, ...]:
        """The choices of its follow-up, if it has one."""
        return self.follow_up.options if self.follow_up else ()

    def option(self, option_id: str) -> Option:
        """The choice of that id.

        Raises:
            KeyError: when the follow-up has no such choice.
        """
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


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
