"""What a message tells beside what it asks: what is so no longer, for whom it is, what was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import check_state
from bot.conversation.by_words.taken_back import no_longer_so
from bot.conversation.content import Content
from bot.conversation.danger_signs import danger_question
from bot.conversation.danger_signs.danger import Triage, precautions, precautions_of_another
from bot.conversation.in_context.told_of_an_answer import TOLD_BEFORE
from bot.conversation.state import State
from bot.conversation.suitability_check import of_whom, person, person_meant
from bot.conversation.suitability_check.ages import is_age_of_a_child, is_age_of_an_adult
from bot.conversation.suitability_check.at_leisure import DECLINED
from bot.conversation.suitability_check.own_case import asks_for_two_others
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish
from bot.safety.naming import only_named
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

_FOR_ANOTHER = "steer_check/for_another"
# "What's an aneurysm" tells of none, "I'd rather not talk of cancer" neither.
_TELLS_NOTHING = frozenset({Wish("control", "word"), Wish("control", "skip")})


def with_whom_it_is_about(state: State, understanding: Understanding, triaged: Triage) -> State:
    """The memory with what was told of whoever a message is about; in a check it stays with whom that is for."""
    if of_whom.is_of_one_beside(state, understanding.text):
        return state
    people = of_whom.spoken_of(understanding.text, triaged.told)
    if state.check is not None and of_whom.is_somebody_else(state, people):
        return state
    aged = person.told_of_the_person(understanding.text, triaged.told)
    return of_whom.turned_to(state, people, are_grown=aged.get("minor") is Answer.NO)


def with_the_person_spoken_of(content: Content, state: State, understanding: Understanding, triaged: Triage) -> State:
    """The memory, with the person a message speaks of and what it tells of them, for a check to come."""
    if state.check is not None:
        return state
    if _is_their_age(state, understanding.text):
        return state.but(person={**state.person, "minor": Answer.YES.value}, person_told=state.turn)
    of_another = precautions_of_another(content.rules, understanding)
    says_so = any(s.decision == "accept" and s.candidates[0].label == _FOR_ANOTHER for s in understanding.segments)
    return person_meant.remembered(state, understanding.text, triaged.told, of_another, says_so=says_so)


def _is_their_age(state: State, text: str) -> bool:
    """Whether "17" says how old the one is of whom was told just now."""
    of_another = state.person.get(SOMEONE_ELSE) == Answer.YES.value
    said_of_them = of_another and not of_whom.is_of_one_beside(state, text)
    return said_of_them and state.said in TOLD_BEFORE and is_age_of_a_child(text)


def with_all_that_is_told(
    content: Content, state: State, understanding: Understanding, found: tuple[Wish, ...], triaged: Triage
) -> tuple[tuple[Wish, ...], Triage, State]:
    """The wishes, what was told and the memory, with what is so no longer and with who needs care.

    Args:
        content: Knows the rules.
        state: What is remembered.
        understanding: The message.
        found: What it wishes for.
        triaged: What it tells (`triaged_here`).
    """
    state = with_whom_it_is_about(state, understanding, triaged)
    if triaged.listed == "here":
        # "No symptoms but dead toes" is no plain no: the list is put once more in simpler words.
        found = tuple(Wish("control", "not_sure") if wish == Wish("control", "deny") else wish for wish in found)
    found, triaged = _with_what_is_over(content, state, understanding, found, triaged)
    if not _TELLS_NOTHING.isdisjoint(found):
        triaged = Triage({})
    if _is_of_the_next(content, state, understanding.text, found):
        return (Wish("control", "one_person"),), Triage({}), state
    if begins_a_check(state, found) or check_state.asks_who(content.rules, state):
        return _with_the_person(content, state, understanding, found, triaged)
    if state.check is not None and is_age_of_an_adult(understanding.text):
        aged = person.told_of_the_person(understanding.text, triaged.told)
        triaged = replace(triaged, told={**{f: a for f, a in aged.items() if f != SOMEONE_ELSE}, **triaged.told})
    return found, triaged, state


def nothing_new(state: State, understanding: Understanding | None, triaged: Triage) -> frozenset[str]:
    """The facts that were asked about rather than told, and those that were known before."""
    named = only_named(understanding.text, understanding.findings) if understanding else frozenset()
    return named | {fact for fact, answer in triaged.told.items() if state.facts.get(fact) == answer.value}


def _with_what_is_over(
    content: Content, state: State, understanding: Understanding, found: tuple[Wish, ...], triaged: Triage
) -> tuple[tuple[Wish, ...], Triage]:
    """The wishes and what was told, where the message says that something told before is so no longer."""
    if danger_question.waits(state):
        return found, triaged
    known, asks_who = check_state.known(content.rules, state), check_state.asks_who(content.rules, state)
    over = no_longer_so(understanding, known, precautions(content.rules), just_read_back=asks_who)
    if not over:
        return found, triaged
    asked = (wish for wish in found if wish.kind in ("topic", "gap"))
    return (Wish("control", "correct_answer"), *asked), replace(triaged, told={**triaged.told, **over})


def _with_the_person(
    content: Content, state: State, understanding: Understanding, found: tuple[Wish, ...], triaged: Triage
) -> tuple[tuple[Wish, ...], Triage, State]:
    """The wishes, what was told and the memory, with what the message says of who needs care."""
    said = person.told_of_the_person(understanding.text, triaged.told)
    said = {**person_meant.still_meant(state, understanding.text, said), **person_meant.told_just_now(state), **said}
    if _is_of_another(content, state, understanding.text, found, said):
        if state.check is None:
            before_was_other = check_state.known(content.rules, state).get(SOMEONE_ELSE) is Answer.YES
            state = of_whom.turned_to(state, of_whom.SELF if before_was_other else of_whom.OTHERS)
        else:
            found = (Wish("control", "one_person"),)
    if Wish("check", "both") in found and asks_for_two_others(understanding.text):
        return found, Triage({SOMEONE_ELSE: Answer.YES}), state  # of which of the two it is told, nobody knows
    of_age = {"minor": Answer.NO} if said.get("minor") is Answer.NO else {}
    if "minor" not in {**state.facts, **triaged.told, **said} and of_whom.is_grown(state):
        of_age = {"minor": Answer.NO}
    return found, replace(triaged, told={**said, **triaged.told, **of_age}), state


def _is_of_the_next(content: Content, state: State, text: str, found: tuple[Wish, ...]) -> bool:
    """Whether a message in a check asks for somebody else than that is for: what it tells is told of them."""
    if state.check is None or check_state.asks_who(content.rules, state):
        return False
    may_they = any(wish.kind == "check" for wish in found) and person.asks_if_another_may(text)
    next_one = may_they or (person.names_the_next(text) and not person.has_to_do(text))
    return next_one and of_whom.is_somebody_else(state, of_whom.spoken_of(text, {}))


def _is_of_another(
    content: Content, state: State, text: str, found: tuple[Wish, ...], said: Mapping[str, Answer]
) -> bool:
    if not any(wish.kind == "check" for wish in found):
        return False
    return person_meant.is_another(text, said, check_state.known(content.rules, state))


def begins_a_check(state: State, found: tuple[Wish, ...]) -> bool:
    """Whether a check is wished for, outright or as a yes to the offer of one."""
    offered = state.asked is not None and state.asked["kind"] == "check"
    return any(wish.kind == "check" and wish != DECLINED for wish in found) or (
        offered and Wish("control", "affirm") in found
    )
