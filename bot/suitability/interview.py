"""The conversation of the check as a pure state machine: what to ask next, and when it is over.

Every function takes the rules and a `State` and gives a value; nothing is kept here but the latest screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.suitability.evaluator import Assessment, evaluate
from bot.suitability.interview_course import ending, expected_length, open_questions, standing
from bot.suitability.interview_state import SOMEONE_ELSE, Event, Known, State, known, open_options
from bot.suitability.prompt import Prompt, shown
from bot.suitability.questions import Question
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

# One message asks up to five times what is on screen, and three times whether that was all; each time the rest of the
# check would be gone through.
_LATEST = 8


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
    return shown(question, so_far, step, step - 1 + max(1, expected_length(rules, standing(rules, so_far.facts))))


def _on_screen(rules: RuleSet, so_far: Known) -> Question | None:
    now = standing(rules, so_far.facts)
    if ending(rules, so_far, now):
        return None
    return rules.question(so_far.choosing) if so_far.choosing else open_questions(rules, now)[0]


def _must_exist(rules: RuleSet, facts: Mapping[str, Answer]) -> None:
    if unknown := sorted(set(facts) - set(rules.facts)):
        raise KeyError(f"unknown facts: {', '.join(unknown)}")


def _plain(facts: Mapping[str, Answer]) -> tuple[tuple[str, str], ...]:
    return tuple((fact, value.value) for fact, value in facts.items())
