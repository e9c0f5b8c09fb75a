"""What must hold of every way through the check."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.suitability import interview
from bot.suitability.evaluator import Assessment, evaluate
from bot.suitability.interview_state import State
from bot.suitability.prompt import Prompt
from bot.suitability.replay import replay
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Level, Tier

PROOF = settings(max_examples=60, deadline=None)


def say_what_is_so(rules: RuleSet, state: State, prompt: Prompt, truth: Mapping[str, Answer]) -> State:
    """Answer the screen as someone would of whom `truth` is so and who understands everything."""
    question = rules.question(prompt.question)
    known = interview.facts_so_far(rules, state)
    left = {f: truth.get(f, Answer.NO) for f in question.facts if f not in known}
    if prompt.kind == "yes_no":
        return interview.answer(rules, state, max(left.values(), key=Level.of, default=Answer.NO))
    for choice in prompt.choices:
        sets = question.option(choice.id).sets
        if any(truth.get(fact) is Answer.YES for fact, a in sets.items() if a is Answer.YES and fact in left):
            return interview.choose(rules, state, choice.id)
    return interview.answer(rules, state, Answer.UNSURE if Answer.UNSURE in left.values() else Answer.NO)


def go_through(rules: RuleSet, truth: Mapping[str, Answer]) -> tuple[Assessment, int]:
    """The outcome for someone of whom `truth` is so, and how many screens it took."""
    state, screens = interview.start(rules), 0
    while prompt := interview.current(rules, state):
        state = say_what_is_so(rules, state, prompt, truth)
        screens += 1
        assert screens < 80, "stuck"
    outcome = interview.finished(rules, state)
    assert outcome is not None
    return outcome, screens


def test_no_to_everything_is_generally_suitable(rules: RuleSet) -> None:
    """An adult asking for herself, whose pain was looked at, with no flags."""
    outcome, screens = go_through(rules, {})

    assert Tier.GENERALLY_SUITABLE_CONSULT_FIRST is outcome.tier
    assert screens <= len(rules.questions)


def test_every_single_fact_that_is_asked_is_found_out(rules: RuleSet) -> None:
    """Going through the check with one thing that is so gives at least the tier of saying just that."""
    base = dict.fromkeys(rules.asked_facts, Answer.NO)
    for fact in sorted(rules.asked_facts):
        for answer in (Answer.YES, Answer.UNSURE):
            direct = evaluate(rules, base | {fact: answer})

            outcome, _ = go_through(rules, {fact: answer})

            assert outcome.tier >= direct.tier, (fact, answer)


def truths(rules: RuleSet) -> st.SearchStrategy[dict[str, Answer]]:
    """Some facts that are so, or that the person is not sure about."""
    return st.dictionaries(
        st.sampled_from(sorted(rules.asked_facts)), st.sampled_from([Answer.UNSURE, Answer.YES]), max_size=5
    )


def test_someone_with_more_to_worry_about_never_gets_a_milder_outcome(rules: RuleSet) -> None:
    """Through the whole check, early endings included; a child is left out, of whom nothing more is asked."""

    @PROOF
    @given(
        truths(rules),
        st.sampled_from(sorted(rules.asked_facts - {"minor"})),
        st.sampled_from([Answer.UNSURE, Answer.YES]),
    )
    def holds(truth: dict[str, Answer], fact: str, to: Answer) -> None:
        truth.pop("minor", None)
        if Level.of(to) < Level.of(truth.get(fact, Answer.NO)):
            return
        assert go_through(rules, truth | {fact: to})[0].tier >= go_through(rules, truth)[0].tier

    holds()


def test_the_outcome_is_never_milder_than_all_answers_at_once(rules: RuleSet) -> None:
    """An early ending keeps the tier that all the answers together would give."""

    @PROOF
    @given(st.sets(st.sampled_from(sorted(rules.asked_facts - {"minor"})), max_size=5))
    def holds(affirmed: set[str]) -> None:
        truth = dict.fromkeys(affirmed, Answer.YES)
        everything = dict.fromkeys(rules.asked_facts, Answer.NO) | truth

        assert go_through(rules, truth)[0].tier >= evaluate(rules, everything).tier

    holds()


def test_no_way_through_gets_stuck(rules: RuleSet) -> None:
    """Random answers, corrections, volunteered facts and steps back: always a screen or an outcome, as JSON too."""
    steps = st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(list(Answer)), st.just("")),
        st.tuples(st.just("choose"), st.integers(0, 8), st.just("")),
        st.tuples(st.just("correct"), st.sampled_from(sorted(rules.facts)), st.sampled_from(list(Answer))),
        st.tuples(st.just("say"), st.sampled_from(sorted(rules.facts)), st.sampled_from(list(Answer))),
        st.tuples(st.just("back"), st.just(""), st.just("")),
    )

    @PROOF
    @given(st.lists(steps, max_size=40))
    def holds(walk: list[tuple[str, object, object]]) -> None:
        state = interview.start(rules)
        for kind, what, value in walk:
            state = _step(rules, state, kind, what, value)
            prompt, outcome = interview.current(rules, state), interview.finished(rules, state)

            assert (prompt is None) is (outcome is not None)
            assert State.from_dict(json.loads(json.dumps(state.to_dict()))) == state
            if prompt:
                assert 1 <= prompt.step <= prompt.of
                assert prompt.text
                assert prompt.kind == "yes_no" or prompt.choices
            if outcome:
                assert outcome == replay(rules, state) == replay(rules, json.loads(json.dumps(outcome.to_record())))
                assert outcome.tier is evaluate(rules, interview.facts_so_far(rules, state)).tier
        for _ in range(80):
            if interview.finished(rules, state):
                break
            state = interview.answer(rules, state, Answer.NO)
        assert interview.finished(rules, state)

    holds()


def _step(rules: RuleSet, state: State, kind: str, what: object, value: object) -> State:
    prompt = interview.current(rules, state)
    if kind == "answer" and isinstance(what, Answer):
        return interview.answer(rules, state, what)
    if kind == "choose" and isinstance(what, int) and prompt and prompt.choices:
        return interview.choose(rules, state, prompt.choices[what % len(prompt.choices)].id)
    if kind == "correct" and isinstance(value, Answer):
        return interview.correct(rules, state, str(what), value)
    if kind == "say" and isinstance(value, Answer):
        return interview.add_facts(rules, state, {str(what): value})
    return interview.back(rules, state) if kind == "back" else state
