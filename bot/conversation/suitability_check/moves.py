"""How a wish moves the interview of the check: an answer, a choice, who needs care, back, skipped, meant otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.wish import Wish
from bot.suitability import interview
from bot.suitability.interview_state import State as Interview
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

SAID_OF_THE_PERSON: Mapping[str, Mapping[str, Answer]] = {
    "self": {"for_someone_else": Answer.NO},
    "self_adult": {"for_someone_else": Answer.NO, "minor": Answer.NO},
    "other": {"for_someone_else": Answer.YES},
    "other_adult": {"for_someone_else": Answer.YES, "minor": Answer.NO},
    "adult": {"minor": Answer.NO},
    "under_18": {"minor": Answer.YES},
}
ANSWERS = {"affirm": Answer.YES, "deny": Answer.NO, "not_sure": Answer.UNSURE}


def moves(wish: Wish) -> bool:
    """Whether a wish answers the check, or goes back in it."""
    return wish.kind in ("pick", "listed", "who", "instead", "earlier") or (
        wish.kind == "control" and wish.value in (*ANSWERS, "go_back", "skip")
    )


def moved(rules: RuleSet, running: Interview, wish: Wish) -> Interview:
    """The interview after a wish that `moves` it."""
    if wish.kind == "who":
        return _who(rules, running, wish.value)
    if wish.kind == "pick":
        return interview.choose(rules, running, wish.value) if _on_screen(rules, running, wish.value) else running
    if wish.kind == "listed":
        return _one_of_the_list(rules, running, wish.value)
    if wish.kind == "earlier":
        question, answer = wish.value.split("/")
        return interview.answer_again(rules, running, question, ANSWERS[answer])
    if wish.value == "go_back":
        return interview.back(rules, running)
    if wish.kind == "instead":
        return interview.answer(rules, interview.back(rules, running), ANSWERS[wish.value])
    if wish.value == "skip":
        return _skipped(rules, running)
    return interview.answer(rules, running, ANSWERS[wish.value])


def _one_of_the_list(rules: RuleSet, running: Interview, item: str) -> Interview:
    """A yes to a list that points at one of it: that one is chosen, where it is asked which one it is."""
    affirmed = interview.answer(rules, running, Answer.YES)
    prompt = interview.current(rules, affirmed)
    choice = next((c.id for c in prompt.choices if c.label == item), "") if prompt else ""
    return interview.choose(rules, affirmed, choice) if choice else affirmed


def _skipped(rules: RuleSet, running: Interview) -> Interview:
    """The question left open, without the simpler words that follow a first "not sure"."""
    before = interview.current(rules, running)
    left = interview.answer(rules, running, Answer.UNSURE)
    after = interview.current(rules, left)
    if before is None or after is None or not after.again or before.question != after.question:
        return left
    return interview.answer(rules, left, Answer.UNSURE)


def _who(rules: RuleSet, running: Interview, person: str) -> Interview:
    """Take in for whom the check is, whenever it is said; the first question falls away then."""
    return interview.add_facts(rules, running, SAID_OF_THE_PERSON[person])


def is_for_another(person: str, said_before: Mapping[str, Answer]) -> bool:
    """Whether the check was for somebody else than is said now."""
    now, before = SAID_OF_THE_PERSON[person].get("for_someone_else"), said_before.get("for_someone_else")
    return {now, before} == {Answer.YES, Answer.NO}


def _on_screen(rules: RuleSet, running: Interview, choice: str) -> bool:
    prompt = interview.current(rules, running)
    return prompt is not None and choice in [c.id for c in prompt.choices]
