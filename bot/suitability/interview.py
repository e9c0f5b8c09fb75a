"""The conversation of the check as a pure state machine: what to ask next, and when it is over.

Every function takes the rules and a `State` and gives a value; nothing is kept here but the latest screens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.suitability.evaluator import Assessment, evaluate
from bot.suitability.interview_course import ending, expected_length, open_questions, standing
from bot.suitability.interview_state import Event, Known, State, known, open_options
from bot.suitability.questions import Option, Question
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

SOMEONE_ELSE = "for_someone_else"
# One message asks up to five times what is on screen, and three times whether that was all; each time the rest of the
# check would be gone through.
_LATEST = 8


@dataclass(frozen=True)
class Choice:
    """One button of a follow-up."""

    id: str
    label: str


@dataclass(frozen=True)
class Prompt:
    """What is on screen.

    Attributes:
        question: The id of the question.
        kind: "yes_no", "which" (choose one of `choices`) or "anything_else" (choose another; "no" means that is all).
        text: The words, for the person who needs care or about her.
        items: What a "yes" to a group may mean, to be listed below a yes-or-no question about it.
        choices: For "which" and "anything_else". "No" and "not sure" are always possible as well.
        why: The answer to "why do you ask?".
        examples: What people might say.
        named_by_item: As `Question.named`; none where a choice is asked for.
        told_by: Of each of `items` or `choices` that has such: its label and the words that tell of it
            (`Option.named`).
        again: Asked again in simpler words, after "not sure".
        besides: Something of this question is known already: ask for what else there is.
        step, of: Progress; `of` is about how many there will be.
    """

    question: str
    kind: str
    text: str
    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    why: str
    examples: tuple[str, ...]
    named_by_item: tuple[tuple[str, ...], ...]
    told_by: tuple[tuple[str, tuple[str, ...]], ...]
    again: bool
    besides: bool
    step: int
    of: int

    @property
    def named(self) -> tuple[str, ...]:
        """The names of all that is listed."""
        return tuple(dict.fromkeys(chain.from_iterable(self.named_by_item)))


def start(rules: RuleSet, facts: Mapping[str, Answer] | None = None, subject: str = "") -> State:
    """Begin a check.

    Args:
        rules: The rule set.
        facts: What the person has said already; it is not asked again.
        subject: "self" or "other" when it is known who needs care, else "".
    """
    said = dict(facts or {})
    if subject:
        said.setdefault(SOMEONE_ELSE, Answer.YES if subject == "other" else Answer.NO)
    return add_facts(rules, State(rules.version), said)


def add_facts(rules: RuleSet, state: State, facts: Mapping[str, Answer]) -> State:
    """Take in what was said in free text, at any time.

    A fact said to be so stays so until it is corrected. "Not sure" about something a question asks leaves it to the
    question.

    Raises:
        KeyError: when a fact does not exist.
    """
    _must_exist(rules, facts)
    kept = {f: a for f, a in facts.items() if a is not Answer.UNSURE or f not in rules.asked_facts}
    return state.add(Event("facts", facts=_plain(kept))) if kept else state


def correct(rules: RuleSet, state: State, fact: str, value: Answer) -> State:
    """Replace what is known of a fact, in either direction and also after the end; the outcome follows.

    Raises:
        KeyError: when the fact does not exist.
    """
    _must_exist(rules, {fact: value})
    return state.add(Event("correct", facts=_plain({fact: value})))


def answer(rules: RuleSet, state: State, value: Answer) -> State:
    """Answer what is on screen. Nothing happens when nothing is.

    On a follow-up "no" means "none of these" (or "that is all"), "unsure" that she does not know which; "yes" leaves
    the screen as it is, but where the follow-up is a yes-or-no question.
    """
    so_far = known(rules, state)
    question = _on_screen(rules, so_far)
    if question is None:
        return state
    if value is Answer.YES and question.follow_up and so_far.on_follow_up(question) and not question.follow_up.yes:
        return state
    return state.add(Event("answer", question.id, value.value))


def choose(rules: RuleSet, state: State, choice: str) -> State:
    """Choose from the follow-up on screen.

    Raises:
        ValueError: when the choice is not on screen.
    """
    so_far = known(rules, state)
    question = _on_screen(rules, so_far)
    if (
        not question
        or not so_far.on_follow_up(question)
        or choice not in [o.id for o in open_options(question, so_far)]
    ):
        raise ValueError(f'"{choice}" is not among the choices on screen')
    return state.add(Event("choose", question.id, choice))


def back(rules: RuleSet, state: State) -> State:
    """Undo the last answer or choice; what was said in free text or corrected stays. Also after the end."""
    for index in range(len(state.events) - 1, -1, -1):
        if state.events[index].kind in ("answer", "choose"):
            return State(state.rules_version, state.events[:index] + state.events[index + 1 :])
    return state


def answer_again(rules: RuleSet, state: State, question: str, value: Answer) -> State:
    """Answer a question otherwise than before; what was answered since stays, but for a choice not yet made.

    Raises:
        KeyError: when there is no such question.
    """
    rules.question(question)
    anew = (question, known(rules, state).choosing)
    kept = tuple(
        event for event in state.events if event.kind not in ("answer", "choose") or event.question not in anew
    )
    return State(state.rules_version, (*kept, Event("answer", question, value.value)))


@lru_cache(maxsize=_LATEST)
def finished(rules: RuleSet, state: State) -> Assessment | None:
    """The outcome when the check is over, else None."""
    so_far = known(rules, state)
    over = ending(rules, so_far, standing(rules, so_far.facts))
    return evaluate(rules, so_far.facts) if over else None


@lru_cache(maxsize=_LATEST)
def facts_so_far(rules: RuleSet, state: State) -> Mapping[str, Answer]:
    """What is known by now."""
    return known(rules, state).facts


@lru_cache(maxsize=_LATEST)
def current(rules: RuleSet, state: State) -> Prompt | None:
    """What is on screen; None when the check is over."""
    so_far = known(rules, state)
    question = _on_screen(rules, so_far)
    if question is None:
        return None
    step = len(so_far.answered - {question.id}) + 1
    return _prompt(question, so_far, step, step - 1 + max(1, expected_length(rules, standing(rules, so_far.facts))))


def _on_screen(rules: RuleSet, so_far: Known) -> Question | None:
    now = standing(rules, so_far.facts)
    if ending(rules, so_far, now):
        return None
    return rules.question(so_far.choosing) if so_far.choosing else open_questions(rules, now)[0]


def _prompt(question: Question, so_far: Known, step: int, of: int) -> Prompt:
    other = so_far.facts.get(SOMEONE_ELSE) is Answer.YES
    follow_up = question.follow_up if so_far.on_follow_up(question) else None
    again = so_far.screen(question) in so_far.unsure_once
    options = open_options(question, so_far)
    besides = not follow_up and not again and any(so_far.facts.get(f) is Answer.YES for f in question.facts)
    asks = follow_up or question
    if again:
        text = asks.simpler_other if other else asks.simpler
    else:
        text = asks.text_other if other else asks.text
    items = () if follow_up else question.items or tuple(o.label for o in options if not o.closes)
    if besides:
        text = _besides(text, other=other, lists_rest=bool(items) and not question.items)
    elif not follow_up and not again and _partly_denied(question, options):
        # "No cancer", "my doctor has looked at it" are not met with the question that asks for just that.
        text = _of_these(other=other)
    return Prompt(
        question=question.id,
        kind="yes_no" if not follow_up else "anything_else" if so_far.chosen else "which",
        text=text,
        items=items,
        choices=tuple(Choice(o.id, o.label) for o in options) if follow_up else (),
        why=question.why,
        examples=question.examples,
        named_by_item=() if follow_up else question.named,
        told_by=() if question.items else tuple((o.label, o.named) for o in options if o.named and not o.closes),
        again=again,
        besides=besides,
        step=step,
        of=of,
    )


def _besides(text: str, *, other: bool, lists_rest: bool) -> str:
    """The question about what else there is. Where the rest is listed below, what was told is not asked once more."""
    if lists_rest and not text.startswith("Are any of these"):
        text = _of_these(other=other)
    return f"Besides what you told me, {text[0].lower()}{text[1:]}"


def _of_these(*, other: bool) -> str:
    return "Are any of these true for them?" if other else "Are any of these true?"


def _partly_denied(question: Question, options: Sequence[Option]) -> bool:
    """Whether something that a question lists, and maybe asks for by name, was denied before it came up."""
    everything = question.follow_up.options if question.follow_up and not question.items else ()
    return 0 < len(options) < len(everything)


def _must_exist(rules: RuleSet, facts: Mapping[str, Answer]) -> None:
    if unknown := sorted(set(facts) - set(rules.facts)):
        raise KeyError(f"unknown facts: {', '.join(unknown)}")


def _plain(facts: Mapping[str, Answer]) -> tuple[tuple[str, str], ...]:
    return tuple((fact, value.value) for fact, value in facts.items())
