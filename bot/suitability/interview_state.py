"""What has happened in one check, as JSON: a list of events, from which everything else is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.suitability.questions import FollowUp, Option, Question
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Level

# The fact that somebody else than the writer needs care.
SOMEONE_ELSE = "for_someone_else"


@dataclass(frozen=True)
class Event:
    """One step.

    Attributes:
        kind: "facts" (said in free text), "correct", "answer" (yes, no or unsure to a screen) or "choose".
        question: The question answered, for "answer" and "choose".
        value: The answer or the id of the option.
        facts: The facts said or corrected, with their answers.
    """

    kind: str
    question: str = ""
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class State:
    """A check under way. Only events are kept: `back` drops one and the rest is computed anew.

    Attributes:
        rules_version: The version of the rules it was begun with.
        events: In order.
    """

    rules_version: str
    events: tuple[Event, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "rules_version": self.rules_version,
            "events": [
                {"kind": e.kind, "question": e.question, "value": e.value, "facts": dict(e.facts)} for e in self.events
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> State:
        """Read back what `to_dict` wrote.

        Raises:
            KeyError, TypeError: when `data` is not such a state.
        """
        events = tuple(
            Event(e["kind"], e["question"], e["value"], tuple((f, a) for f, a in e["facts"].items()))
            for e in data["events"]
        )
        return cls(data["rules_version"], events)

    def add(self, event: Event) -> State:
        """The state after one more event."""
        return State(self.rules_version, (*self.events, event))


@dataclass
class Known:
    """What the events add up to.

    Attributes:
        facts: What is known about each fact.
        volunteered: What was said in free text or corrected, apart from the answers to screens.
        answered: The questions that are done.
        unsure_once: The screens answered "not sure" once, to be asked again in simpler words (see `screen`).
        choosing: The question whose follow-up is on screen.
        chosen: What was chosen there so far.
    """

    facts: dict[str, Answer] = field(default_factory=dict)
    volunteered: dict[str, Answer] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    unsure_once: set[str] = field(default_factory=set)
    choosing: str = ""
    chosen: list[str] = field(default_factory=list)

    def on_follow_up(self, question: Question) -> bool:
        """Whether the question is at its follow-up: reached, or known from what was said.

        "I am 20 weeks pregnant" leaves only the danger signs to be asked.
        """
        if question.follow_up is None:
            return False
        narrowed = question.follow_up.yes and any(self.facts.get(f) is Answer.YES for f in question.facts)
        return self.choosing == question.id or bool(narrowed)

    def screen(self, question: Question) -> str:
        """The name of the screen the question is at."""
        return f"{question.id}/which" if self.on_follow_up(question) else question.id

    def learn(self, facts: Mapping[str, Answer]) -> None:
        """Take in answers; concern is never lowered by a later answer, only by a correction.

        "No blood thinners" after "I take Eliquis" must not hide the drug.
        """
        for fact, answer in facts.items():
            if fact not in self.facts or Level.of(answer) > Level.of(self.facts[fact]):
                self.facts[fact] = answer

    def fill(self, question: Question, answer: Answer) -> None:
        """Give one answer to every fact of a question that is not known yet."""
        for fact in question.facts:
            self.facts.setdefault(fact, answer)

    def finish(self, question: Question, rest: Answer) -> None:
        """Close a question."""
        self.fill(question, rest)
        self.answered.add(question.id)
        self.choosing, self.chosen = "", []


def known(rules: RuleSet, state: State) -> Known:
    """Compute what the events add up to."""
    result = Known()
    for event in state.events:
        facts = {fact: Answer(answer) for fact, answer in event.facts}
        if event.kind == "facts":
            result.learn(facts)
            result.volunteered |= {fact: result.facts[fact] for fact in facts}
            _take_as_choice(rules, result, facts)
        elif event.kind == "correct":
            result.facts |= facts
            result.volunteered |= facts
        elif event.kind == "choose":
            question = rules.question(event.question)
            _choose(question, result, question.option(event.value))
        else:
            _answer(rules.question(event.question), result, Answer(event.value))
        if result.choosing and not open_options(question := rules.question(result.choosing), result):
            # What was said or corrected meanwhile left nothing to choose from.
            result.finish(question, Answer.NO)
    return result


def _take_as_choice(rules: RuleSet, result: Known, facts: Mapping[str, Answer]) -> None:
    """What was said in free text while a follow-up is on screen answers the follow-up."""
    if not result.choosing:
        return
    question = rules.question(result.choosing)
    for option in question.options:
        if any(facts.get(fact) is Answer.YES and answer is Answer.YES for fact, answer in option.sets.items()):
            _choose(question, result, option)
            if not result.choosing:
                return


def _choose(question: Question, result: Known, option: Option) -> None:
    result.learn(option.sets)
    result.choosing = question.id
    result.chosen.append(option.id)
    if option.closes or not open_options(question, result):
        result.finish(question, Answer.NO)


def _answer(question: Question, result: Known, answer: Answer) -> None:
    if question.follow_up and result.on_follow_up(question):
        _answer_follow_up(question, question.follow_up, result, answer)
    elif answer is Answer.YES and question.confirms and question.id not in result.unsure_once:
        result.unsure_once.add(question.id)
    elif answer is Answer.YES:
        result.learn(question.yes)
        result.choosing = question.id
        left = open_options(question, result)
        if len(left) == 1:
            _choose(question, result, left[0])
        elif not left:
            # Facts named beside the one affirmed stay open: they were not denied.
            result.answered.add(question.id)
            result.choosing = ""
    elif answer is Answer.UNSURE and question.id not in result.unsure_once:
        result.unsure_once.add(question.id)
    else:
        result.finish(question, answer)


def _answer_follow_up(question: Question, follow_up: FollowUp, result: Known, answer: Answer) -> None:
    screen = result.screen(question)
    if answer is Answer.YES:
        result.learn(follow_up.yes)
        result.finish(question, Answer.NO)
    elif answer is Answer.NO and result.chosen:
        result.finish(question, Answer.NO)
    elif answer is Answer.UNSURE and follow_up.simpler and screen not in result.unsure_once:
        result.unsure_once.add(screen)
        result.choosing = question.id
    else:
        if not result.chosen:
            result.learn(follow_up.unsure if answer is Answer.UNSURE else follow_up.none)
        result.finish(question, Answer.UNSURE)


def open_options(question: Question, result: Known) -> tuple[Option, ...]:
    """The options of a follow-up that could still tell something."""
    return tuple(
        option
        for option in question.options
        if option.id not in result.chosen and any(fact not in result.facts for fact in option.sets)
    )
