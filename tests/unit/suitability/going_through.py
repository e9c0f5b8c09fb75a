"""Ways through the check, for tests of it."""

from __future__ import annotations

from bot.suitability import interview
from bot.suitability.interview_state import State
from bot.suitability.prompt import Prompt
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE


def until(rules: RuleSet, state: State, question: str) -> State:
    """Answer "no" until a question is on screen."""
    while (prompt := interview.current(rules, state)) and prompt.question != question:
        state = interview.answer(rules, state, NO)
    assert prompt, f"{question} was never asked"
    return state


def shown(rules: RuleSet, state: State) -> Prompt:
    """What is on screen."""
    prompt = interview.current(rules, state)
    assert prompt
    return prompt


def outcome_tier(rules: RuleSet, state: State) -> str:
    """The tier of the finished check, or "open"."""
    outcome = interview.finished(rules, state)
    return outcome.tier.id if outcome else "open"


def asked_after(rules: RuleSet, state: State) -> list[str]:
    """The questions that come when everything is answered "no"."""
    questions = []
    while prompt := interview.current(rules, state):
        questions.append(prompt.question)
        state = interview.answer(rules, state, NO)
    return questions
