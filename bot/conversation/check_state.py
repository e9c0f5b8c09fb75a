"""The check under way, as the conversation remembers it: begun, noted in passing, finished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot.conversation.state import State
from bot.suitability import interview
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.interview_state import State as Interview
from bot.suitability.prompt import Prompt
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

SUITABILITY = "suitability_personal"
# The questions that ask who needs care.
WHO = frozenset({"who", "age"})
# In a turn: the checks read in it, by the value that each was read from, which nobody changes.
_read_already: list[tuple[RuleSet, Mapping[str, Any], Interview | None]] | None = None


@contextmanager
def read_once() -> Iterator[None]:
    """In the block a check under way is read from the memory once, as a turn asks for it some twenty times.

    At its end all is forgotten: what a conversation told must not stay in memory when it is erased.
    """
    # All that ask for the check would have to be handed it.
    global _read_already
    _read_already = []
    try:
        yield
    finally:
        _read_already = None


def finished(state: State) -> bool:
    """Whether a check has come to its end and its result is to be told."""
    return state.check is not None and bool(state.check["finished"])


def held_back(state: State) -> State:
    """The check under way, its result not to be told yet."""
    return state.but(check={**(state.check or {}), "finished": False})


def no_longer_held_back(rules: RuleSet, state: State) -> State:
    """The check under way, at its end where nothing is left to ask."""
    running = running_interview(rules, state)
    if running is None:
        return state
    return state.but(check={**(state.check or {}), "finished": interview.finished(rules, running) is not None})


def known(rules: RuleSet, state: State) -> dict[str, Answer]:
    """The health facts told so far, in the check or outside it."""
    facts = {fact: Answer(answer) for fact, answer in state.facts.items() if fact in rules.facts}
    if state.check is not None and (running := running_interview(rules, state)):
        facts |= interview.facts_so_far(rules, running)
    return facts


def is_for_another(state: State) -> bool:
    """Whether it was said that somebody else than the writer needs care."""
    return state.facts.get(SOMEONE_ELSE) == Answer.YES.value


def note(rules: RuleSet, state: State, told: Mapping[str, Answer], *, correcting: bool = False) -> State:
    """Remember health facts told in passing; concern is not lowered by a later denial, only by a correction."""
    if not told:
        return state
    rank = (Answer.NO, Answer.UNSURE, Answer.YES)
    facts = dict(state.facts)
    for fact, answer in told.items():
        if correcting or fact not in facts or rank.index(answer) > rank.index(Answer(facts[fact])):
            facts[fact] = answer.value
    return state.but(facts=facts)


def tell(rules: RuleSet, state: State, told: Mapping[str, Answer]) -> State:
    """Remember facts told in passing, in the check under way as well."""
    state = note(rules, state, told)
    running = running_interview(rules, state) if state.check is not None else None
    if running is None or not told:
        return state
    return with_interview(rules, state, interview.add_facts(rules, running, told))


def with_last_answer_undone(rules: RuleSet, state: State) -> State | None:
    """The check that has just ended in an alarm, back at its last question; None where there is none.

    "Yes" to a list of danger signs is pressed by mistake, too; who says so is asked again, and nothing is withdrawn.
    """
    asked = state.asked or {}
    if asked.get("kind") != "alarmed" or not isinstance(asked.get("by_check"), dict):
        return None
    ended = state.but(asked=None, alarm=None, check={"interview": asked["by_check"], "finished": True})
    running = running_interview(rules, ended)
    if running is None or (undone := interview.back(rules, running)) == running:
        return None
    return with_interview(rules, ended, undone)


def begin(rules: RuleSet, state: State, *, for_other: bool = False) -> State:
    """Start the check with what was said already; none of it is asked again."""
    facts = {fact: Answer(answer) for fact, answer in state.facts.items() if fact in rules.facts}
    started = with_interview(rules, state.but(check=None), interview.start(rules, facts, "other" if for_other else ""))
    return started.but(check={**(started.check or {}), "begun": state.turn})


def begins_now(state: State) -> bool:
    """Whether the check was begun with this message: its first question needs a word before it."""
    return state.check is not None and state.check.get("begun") == state.turn


def having_read_back(state: State) -> State:
    """The state that remembers that this reply reads back what was told."""
    return state.but(check={**(state.check or {}), "read_back": state.turn})


def was_read_back(state: State) -> bool:
    """Whether the last reply read back what was told: "that's right" is said of that, and answers no question."""
    return state.check is not None and state.check.get("read_back") == state.turn - 1


def put_in_other_words(state: State, question: str) -> State:
    """The state that remembers that a question was put in other words."""
    return state.but(check={**(state.check or {}), "reworded": question})


def was_put_in_other_words(state: State, question: str) -> bool:
    """Whether the question last put in other words was this one: coming back to it, nobody is told so again."""
    return state.check is not None and state.check.get("reworded") == question


def would_be_over(rules: RuleSet, state: State) -> bool:
    """Whether a check begun now would ask nothing more: its result can be told at once."""
    return finished(begin(rules, state))


def running_interview(rules: RuleSet, state: State) -> Interview | None:
    """The check under way; None when it was begun with other rules, or cannot be read."""
    kept = None if state.check is None else state.check.get("interview")
    if kept is None:
        return None
    already = _read_already
    for of_rules, value, running in already or ():
        if of_rules is rules and value is kept:
            return running
    running = _read(rules, kept)
    if already is not None:
        already.append((rules, kept, running))
    return running


def _read(rules: RuleSet, kept: Mapping[str, Any]) -> Interview | None:
    try:
        running = Interview.from_dict(kept)
        if running.rules_version != rules.version:
            return None
        interview.facts_so_far(rules, running)
    except (KeyError, TypeError, ValueError, StopIteration):
        return None
    return running


def on_screen(rules: RuleSet, state: State) -> Prompt | None:
    """The question that the check under way has asked; None where none is."""
    running = running_interview(rules, state)
    return interview.current(rules, running) if running else None


def asks_who(rules: RuleSet, state: State) -> bool:
    """Whether the check has asked for whom it is, or how old they are."""
    prompt = on_screen(rules, state)
    return prompt is not None and prompt.question in WHO


def asked_about(rules: RuleSet, state: State) -> frozenset[str]:
    """The facts that the check's question on screen can settle; none where no check is under way."""
    prompt = on_screen(rules, state)
    return frozenset(rules.question(prompt.question).facts) if prompt else frozenset()


def with_interview(rules: RuleSet, state: State, running: Interview) -> State:
    """The state with this interview in it, finished or not, and its facts remembered; what was taken back is not."""
    over = interview.finished(rules, running) is not None
    facts = {fact: answer.value for fact, answer in interview.facts_so_far(rules, running).items()}
    before = running_interview(rules, state)
    replaced = interview.facts_so_far(rules, before) if before else {}
    kept = {fact: answer for fact, answer in state.facts.items() if fact not in replaced}
    check = {**(state.check or {}), "interview": running.to_dict(), "finished": over}
    return replace(state, check=check, facts={**kept, **facts})
